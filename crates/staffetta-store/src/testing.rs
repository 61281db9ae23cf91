//! Fresh ledgers for tests, of this crate and of others: behind the feature `testing`.
#![allow(clippy::panic, reason = "a test that cannot begin fails")]

pub mod archive;
pub mod faults;

use crate::flows::NewFlow;
use crate::ledger::{Owner, TakenOver};
use crate::services::NewService;
use crate::{Scope, Store, StoreError, StoreOptions};
use secrecy::SecretString;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use staffetta_domain::{Amount, FiscalCode, FlowId, OrganizationId, UnixMillis};
use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A ledger of its own for one test, on either database.
pub struct TestLedger {
    store: Option<Store>,
    options: StoreOptions,
    folder: tempfile::TempDir,
    server: Option<EmptyDatabase>,
}

/// A database on the PostgreSQL server for tests with nothing in it, for programs that make their tables
/// themselves.
pub struct EmptyDatabase {
    /// The server's address.
    server: String,
    name: String,
}

impl EmptyDatabase {
    /// A database of its own on the server that the environment variable `STAFFETTA_TEST_POSTGRES` names
    /// (`postgres://user@host:port`); none if it is not set.
    ///
    /// # Panics
    /// If it cannot be made, or if no server is named where `CI` is set.
    pub async fn create() -> Option<Self> {
        let Some(server) = environment("STAFFETTA_TEST_POSTGRES") else {
            assert!(environment("CI").is_none(), "STAFFETTA_TEST_POSTGRES must name a server under CI");
            return None;
        };
        // The database that it may name is the server's own; each test makes another.
        let host = server.find("://").map_or(0, |at| at + 3);
        let server = server[host..].find('/').map_or(server.as_str(), |at| &server[..host + at]).to_owned();
        let name = format!("staffetta_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        on_server(&server, format!("drop database if exists {name} with (force)")).await;
        on_server(&server, format!("create database {name}")).await;
        Some(Self { server, name })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    /// Removes it, with whatever is in it and whoever is connected to it.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn remove(&self) {
        on_server(&self.server, format!("drop database {} with (force)", self.name)).await;
    }
}

impl Deref for TestLedger {
    type Target = Store;

    fn deref(&self) -> &Store {
        match &self.store {
            Some(store) => store,
            None => panic!("the ledger is closed"),
        }
    }
}

impl TestLedger {
    /// A ledger on SQLite in a folder of its own.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = folder();
        let url = format!("sqlite:{}", folder.path().join("ledger.db").display());
        Self::open(url, folder, None).await
    }

    /// A ledger on PostgreSQL in a database of its own; none where no server is named, see
    /// [`EmptyDatabase::create`].
    ///
    /// # Panics
    /// If it cannot be made, or if no server is named where `CI` is set.
    pub async fn postgres() -> Option<Self> {
        let database = EmptyDatabase::create().await?;
        Some(Self::open(database.url(), folder(), Some(database)).await)
    }

    async fn open(url: String, folder: tempfile::TempDir, server: Option<EmptyDatabase>) -> Self {
        let options = StoreOptions { url, key_file: folder.path().join("key") };
        let store = match Store::open(&options).await {
            Ok(store) => store,
            Err(error) => panic!("the ledger does not open: {error}"),
        };
        Self { store: Some(store), options, folder, server }
    }

    /// How this ledger is opened, for a second program on it.
    #[must_use]
    pub const fn options(&self) -> &StoreOptions {
        &self.options
    }

    /// A folder that lives as long as the ledger.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// `sqlite` or `postgres`, for the messages of a test.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.server.is_some() { "postgres" } else { "sqlite" }
    }

    /// Takes an ente over as an engine that is alone does.
    ///
    /// # Panics
    /// If it cannot.
    pub async fn taken(&self, organization: OrganizationId, now: UnixMillis) -> TakenOver {
        let owner = Owner { node: "prova".to_owned(), alone: true, asks_after_silence: false };
        match self.take_over(organization, &owner, now).await {
            Ok(Some(taken)) => taken,
            other => panic!("the ente is not taken over: {other:?}"),
        }
    }

    /// Runs statements as they are, to bring about what the ledger itself never does; gives the text of the
    /// first column of each row.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn raw(&self, text: &str) -> Vec<String> {
        use sqlx::Row;
        let text = text.to_owned();
        let rows: Result<Vec<String>, sqlx::Error> = match &self.db {
            crate::db::Db::Sqlite { writer, .. } => {
                sqlx::query(AssertSqlSafe(text)).fetch_all(writer).await.map(|rows| {
                    // The plan of a statement is told in the fourth column.
                    rows.iter()
                        .map(|row| row.try_get::<String, _>(row.len() - 1).unwrap_or_default())
                        .collect()
                })
            }
            crate::db::Db::Postgres(server) => sqlx::query(AssertSqlSafe(text))
                .fetch_all(&server.pool)
                .await
                .map(|rows| rows.iter().map(|row| row.try_get::<String, _>(0).unwrap_or_default()).collect()),
        };
        match rows {
            Ok(rows) => rows,
            Err(error) => panic!("{}: {error}", self.kind()),
        }
    }

    /// Closes the ledger and removes it.
    pub async fn remove(mut self) {
        if let Some(store) = self.store.take() {
            store.close().await;
        }
        if let Some(database) = &self.server {
            database.remove().await;
        }
    }
}

/// Runs a test on SQLite, and on PostgreSQL where a server is named (under CI it must be).
pub async fn for_each_ledger(body: impl AsyncFn(&TestLedger)) {
    let sqlite = TestLedger::sqlite().await;
    body(&sqlite).await;
    sqlite.remove().await;
    if let Some(postgres) = TestLedger::postgres().await {
        body(&postgres).await;
        postgres.remove().await;
    }
}

fn folder() -> tempfile::TempDir {
    match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => panic!("no folder for a test: {error}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told of their server by the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

async fn on_server(server: &str, text: String) {
    let done = async {
        let mut conn = PgConnection::connect(&format!("{server}/postgres")).await?;
        sqlx::query(AssertSqlSafe(text)).execute(&mut conn).await?;
        conn.close().await
    };
    if let Err(error) = done.await {
        panic!("the test server: {error}");
    }
}

/// The fiscal code of a person who does not exist, one for each number; scattered, as real ones are in a list.
///
/// # Panics
/// Never: the codes have the layout that the ledger asks for.
#[must_use]
pub fn person(number: i64) -> FiscalCode {
    const LETTERS: [char; 20] =
        ['B', 'C', 'D', 'F', 'G', 'L', 'M', 'N', 'P', 'R', 'S', 'T', 'V', 'Z', 'A', 'E', 'I', 'O', 'U', 'H'];
    // Odd, so that no two numbers share a code.
    let mut mixed =
        number.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24 | number.unsigned_abs() << 40;
    let mut text = String::with_capacity(16);
    for _ in 0..6 {
        let index = usize::try_from(mixed % 20).unwrap_or(0);
        text.push(LETTERS[index]);
        mixed /= 20;
    }
    text.push_str(&format!("{:02}A{:02}", mixed % 100, 1 + mixed / 100 % 28));
    text.push_str(&format!("H{:03}X", number % 1_000));
    match FiscalCode::from_ledger(&text) {
        Some(code) => code,
        None => panic!("{text}"),
    }
}

/// A draft in an ente of this name, made where it is missing, with one service *Tributi*.
///
/// # Panics
/// If the database refuses.
pub async fn draft(ledger: &TestLedger, organization: &str) -> (Scope, FlowId) {
    match try_draft(ledger, organization).await {
        Ok(Some(made)) => made,
        Ok(None) => panic!("no draft"),
        Err(error) => panic!("{error}"),
    }
}

async fn try_draft(ledger: &TestLedger, name: &str) -> Result<Option<(Scope, FlowId)>, StoreError> {
    let now = UnixMillis(1_760_000_000_000);
    let organization = match ledger.make_organization(name, now).await? {
        Some(id) => Some(id),
        None => ledger.organization_by_name(name).await?.map(|known| known.id),
    };
    let Some(organization) = organization else { return Ok(None) };
    let scope = Scope::whole(organization, "prova");
    let key = SecretString::from("una chiave");
    let max_amount = Amount::from_cents(1_000_000).ok_or(StoreError::Corrupt("an amount"))?;
    let service = NewService {
        name: "Tributi",
        io_service_id: None,
        base_url: "http://127.0.0.1:1",
        key: &key,
        max_amount,
    };
    let service = match ledger.add_service(&scope, &service, now).await? {
        Some(id) => Some(id),
        None => ledger.service_by_name(&scope, "Tributi").await?.map(|known| known.id),
    };
    let nature = ledger.nature_by_code(organization, "informativo").await?;
    let (Some(service), Some(nature)) = (service, nature) else { return Ok(None) };
    let new = NewFlow {
        service,
        nature: nature.id,
        description: "Avvisi della prova".to_owned(),
        reference: None,
        subject: "Avviso per {{nome}}".to_owned(),
        markdown: "Gentile {{nome}}, ".repeat(10),
    };
    Ok(ledger.create_draft(&scope, &new, now).await?.map(|flow| (scope, flow)))
}
