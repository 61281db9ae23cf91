//! A connection to a PostgreSQL server, whose answers are waited for so long and no longer.
//!
//! A server that vanished with its machine or its network never says so: who waits for it is told that the database does
//! not answer, and the connection is closed where it stands. Nothing here knows a statement.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres, raw_sql};
use std::io::{Error, ErrorKind};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

/// Asks a server something, and waits for the answer within its limit.
macro_rules! asked {
    ($served:expr, $conn:ident => $ask:expr) => {{
        let served: &mut $crate::server::Served = $served;
        let limit = served.limit();
        let answer = match served.conn() {
            Some($conn) => tokio::time::timeout(limit, $ask).await,
            None => Ok(Err(sqlx::Error::PoolClosed)),
        };
        served.heard(answer)
    }};
}

pub(crate) use asked;

/// How long a server is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// For a connection.
    pub(crate) connection: Duration,
    /// For the answer to a statement.
    pub(crate) answer: Duration,
    /// For the answer to one that goes through a stretch of a list.
    pub(crate) long: Duration,
    /// For a sign of life of a connection that is taken from the pool or given back to it.
    pub(crate) sign: Duration,
}

impl Limits {
    /// A machine on which tests run may stand still for longer than any that serves people.
    const SCALE: u64 = if cfg!(feature = "testing") { 20 } else { 1 };

    /// Those of a program at work. The server itself gives up a little earlier, and says so.
    pub(crate) const USUAL: Self = Self {
        connection: Duration::from_secs(30 * Self::SCALE),
        answer: Duration::from_secs(35 * Self::SCALE),
        long: Duration::from_secs(600 * Self::SCALE),
        sign: Duration::from_secs(5),
    };

    /// The server's own limits, as settings of a connection: what its client gave up holds no row for longer. A lock is
    /// waited for less long than an answer, so that who waits is told which of the two it was.
    pub(crate) fn settings(self) -> [(&'static str, String); 2] {
        [("statement_timeout", part(self.answer, 85)), ("lock_timeout", part(self.answer, 60))]
    }
}

/// A part of a limit, as a server's setting.
fn part(limit: Duration, hundredths: u32) -> String {
    format!("{}ms", (limit * hundredths / 100).as_millis())
}

/// The pool of connections to a server.
pub(crate) struct Server {
    pub(crate) pool: PgPool,
    pub(crate) limits: Limits,
}

/// A connection in use. On drop it goes back to the pool, with its transaction undone.
pub(crate) struct Served {
    /// None only while it is dropped.
    conn: Option<Lent>,
    limits: Limits,
    /// For the answer to the next statement.
    limit: Duration,
    in_transaction: bool,
    /// An answer is still to come, and nobody waits for it any more.
    lost: bool,
}

impl Server {
    pub(crate) async fn connection(&self) -> Result<Served, sqlx::Error> {
        let conn = Some(Lent(self.pool.acquire().await?));
        let limits = self.limits;
        Ok(Served { conn, limits, limit: limits.answer, in_transaction: false, lost: false })
    }

    pub(crate) async fn begin(&self) -> Result<Served, sqlx::Error> {
        let mut served = self.connection().await?;
        served.in_transaction = true;
        asked!(&mut served, conn => raw_sql("begin").execute(conn))?;
        Ok(served)
    }
}

impl Served {
    pub(crate) fn conn(&mut self) -> Option<&mut PgConnection> {
        self.conn.as_mut().map(|lent| &mut *lent.0)
    }

    pub(crate) const fn limit(&self) -> Duration {
        self.limit
    }

    /// What an answer that was waited for comes to.
    pub(crate) fn heard<T>(
        &mut self,
        answer: Result<Result<T, sqlx::Error>, Elapsed>,
    ) -> Result<T, sqlx::Error> {
        answer.unwrap_or_else(|_| {
            self.lost = true;
            Err(no_answer())
        })
    }

    /// Gives the statements of this transaction the time that a stretch of a list takes.
    pub(crate) async fn take_long(&mut self) -> Result<(), sqlx::Error> {
        self.limit = self.limits.long;
        let set = sqlx::query("select set_config('statement_timeout', $1, true)");
        let set = set.bind(part(self.limits.long, 85));
        asked!(self, conn => set.execute(conn))?;
        Ok(())
    }

    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        asked!(&mut self, conn => raw_sql("commit").execute(conn))?;
        self.in_transaction = false;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let Some(lent) = self.conn.take().filter(|_| !self.lost) else { return };
        let (sign, undo) = (self.limits.sign, self.in_transaction);
        if let Ok(runtime) = Handle::try_current() {
            // A statement that was given up half-way may answer yet: where it does not, the connection is closed.
            runtime.spawn(async move { timeout(sign, lent.give_back(undo)).await });
        }
    }
}

/// A connection that is closed where it stands, unless it is given back.
struct Lent(PoolConnection<Postgres>);

impl Lent {
    async fn give_back(mut self, undo: bool) -> Result<(), sqlx::Error> {
        if undo {
            raw_sql("rollback").execute(&mut *self.0).await?;
        }
        self.0.return_to_pool().await;
        Ok(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // The pool's own way back waits for the server without end. Not begun, it is a connection taken out of the
        // pool, whose place is free at once.
        drop(self.0.return_to_pool());
    }
}

/// Whether a connection at rest still answers.
pub(crate) async fn gives_a_sign(conn: &mut PgConnection, within: Duration) -> Result<(), sqlx::Error> {
    timeout(within, sqlx::Connection::ping(conn)).await.unwrap_or_else(|_| Err(no_answer()))
}

pub(crate) fn no_answer() -> sqlx::Error {
    Error::from(ErrorKind::TimedOut).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, Reader, Tx, execute, fetch_one};
    use crate::testing::TestLedger;
    use crate::{Store, StoreError, StoreOptions};
    use tokio::io::copy_bidirectional;
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::watch;

    const BRIEF: Duration = Duration::from_millis(50);

    /// Carries what goes to the server and back; once told so, what is connected then is swallowed for ever, as by a
    /// machine that lost its power. Connections made later are carried again.
    async fn relay(server: String) -> (u16, watch::Sender<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (vanish, vanishes) = watch::channel(());
        tokio::spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let mut upstream = TcpStream::connect(&server).await.unwrap();
                let mut vanishes = vanishes.clone();
                vanishes.mark_unchanged();
                tokio::spawn(async move {
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut upstream) => {}
                        Ok(()) = vanishes.changed() => std::future::pending().await,
                    }
                });
            }
        });
        (port, vanish)
    }

    async fn behind_a_relay(ledger: &TestLedger) -> (Store, watch::Sender<()>) {
        let url = &ledger.options().url;
        let (user, host) = url.split_once('@').unwrap();
        let (host, database) = host.split_once('/').unwrap();
        let (port, vanish) = relay(host.to_owned()).await;
        let url = format!("{user}@127.0.0.1:{port}/{database}");
        let options = StoreOptions { url, ..ledger.options().clone() };
        (Store::open(&options).await.unwrap(), vanish)
    }

    fn pool(store: &Store) -> &PgPool {
        let Db::Postgres(server) = &store.db else { panic!("a server") };
        &server.pool
    }

    #[tokio::test]
    async fn a_server_that_vanished_does_not_answer_and_is_asked_anew_when_it_is_back() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let (store, vanish) = behind_a_relay(&ledger).await;
        // All of the pool, so that none of those that vanish is trusted afterwards.
        let mut asking = Vec::new();
        for _ in 0..pool(&store).options().get_max_connections() {
            asking.push(store.db.begin().await.unwrap());
        }
        vanish.send(()).unwrap();
        for mut tx in asking {
            if let Tx::Postgres(served) = &mut tx {
                served.limit = BRIEF;
            }
            let told = execute!(tx, "update organization set name = name");
            assert!(matches!(told.map_err(StoreError::from), Err(StoreError::NoAnswer)));
        }
        store.organizations().await.unwrap();
        ledger.remove().await;
    }

    #[tokio::test]
    async fn what_was_given_up_while_the_server_was_away_frees_its_place_in_the_pool() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let (store, vanish) = behind_a_relay(&ledger).await;
        let mut readers = Vec::new();
        for _ in 0..pool(&store).options().get_max_connections() {
            readers.push(store.db.reader().await.unwrap());
        }
        vanish.send(()).unwrap();
        for mut reader in readers {
            if let Reader::Postgres(served) = &mut reader {
                served.limits.sign = BRIEF;
            }
            // A person closes the page: who worked for it is dropped.
            let page = async { fetch_one!(reader, (i64,), "select count(*) from organization") };
            assert!(timeout(BRIEF, page).await.is_err());
        }
        store.organizations().await.unwrap();
        ledger.remove().await;
    }

    #[tokio::test]
    async fn the_server_gives_up_before_its_client_does() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let limits = Limits::USUAL;
        let limit = async |name| {
            let ms = format!("select setting from pg_settings where name = '{name}'");
            Duration::from_millis(ledger.raw(&ms).await[0].parse().unwrap())
        };
        let settings = ["idle_in_transaction_session_timeout", "tcp_keepalives_idle", "tcp_keepalives_count"];
        for (name, value) in settings.into_iter().zip(["30s", "10", "4"]) {
            assert_eq!(ledger.raw(&format!("show {name}")).await, [value]);
        }
        let (statement, lock) = (limit("statement_timeout").await, limit("lock_timeout").await);
        assert!(Duration::ZERO < lock && lock < statement && statement < limits.answer);
        let mut tx = ledger.db.begin().await.unwrap();
        tx.take_long().await.unwrap();
        let long = "select setting from pg_settings where name = 'statement_timeout'";
        let (long,) = fetch_one!(tx, (String,), long).unwrap();
        let long = Duration::from_millis(long.parse().unwrap());
        assert!(limits.answer < long && long < limits.long);
        drop(tx);
        ledger.remove().await;
    }

    #[tokio::test]
    async fn a_transaction_that_is_dropped_is_undone() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let mut tx = ledger.db.begin().await.unwrap();
        execute!(tx, "insert into meta (name, value) values ('demo', '1')").unwrap();
        assert_eq!(execute!(tx, "update meta set value = '2' where name = 'demo'").unwrap(), 1);
        drop(tx);
        assert!(!ledger.is_demo().await.unwrap());
        ledger.remove().await;
    }
}
