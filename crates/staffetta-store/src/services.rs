//! Services of an ente on IO. Their keys go in sealed and come out only for the engine, elsewhere.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use secrecy::SecretString;
use staffetta_domain::{Amount, Reason, Rights, ServiceId, UnixMillis};

/// A service, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its number.
    pub id: ServiceId,
    /// Its name, the only one of that name in its ente.
    pub name: String,
    /// Where IO's API is for it.
    pub base_url: String,
    /// The largest amount that it takes.
    pub max_amount: Amount,
    /// Whether operators may write with it and the engine may call with it.
    pub enabled: bool,
    /// Why it paused itself, if it did.
    pub paused: Option<Pause>,
    /// When it was added.
    pub created_at: UnixMillis,
}

/// Why and since when a service is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The reason.
    pub reason: Reason,
    /// What IO said.
    pub detail: Option<String>,
    /// Since when.
    pub at: UnixMillis,
}

/// A service to add.
#[derive(Debug)]
pub struct NewService<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where IO's API is for it; the caller has judged the address.
    pub base_url: &'a str,
    /// Its key.
    pub key: &'a SecretString,
    /// The largest amount that it takes.
    pub max_amount: Amount,
}

/// What may be changed of a service; `None` leaves it as it is.
#[derive(Debug, Default)]
pub struct ServiceChange<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// Another address: refused without the key, so that a key never goes where it was not given for.
    pub base_url: Option<&'a str>,
    /// Another key, or the same again.
    pub key: Option<&'a SecretString>,
    /// Another largest amount.
    pub max_amount: Option<Amount>,
}

/// What became of a change of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceChanged {
    /// It is changed.
    Done,
    /// Another service of the ente has that name.
    NameTaken,
    /// A new address demands the key again.
    KeyNeeded,
    /// There is no such service, or it is not this person's to change.
    Missing,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    base_url: String,
    max_amount_cents: i64,
    enabled: i16,
    paused_reason: Option<i16>,
    paused_detail: Option<String>,
    paused_at: Option<i64>,
    created_at: i64,
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select s.id, s.name, s.base_url, s.max_amount_cents, s.enabled, s.paused_reason, s.paused_detail,
               s.paused_at, s.created_at
             from service s where s.organization_id = $1 and ",
            in_scope!("s.id", "$2", "$3"),
            $condition
        )
    };
}

/// The place for which a service's key is sealed.
pub(crate) fn place(id: ServiceId) -> String {
    format!("service {id}")
}

impl Store {
    /// Adds a service; `None` if the name is taken or the person is not an administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn add_service(
        &self,
        scope: &Scope,
        new: &NewService<'_>,
        now: UnixMillis,
    ) -> Result<Option<ServiceId>, StoreError> {
        if scope.operator.is_some() {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        // The key is sealed for its row, whose number is known only now.
        let added = fetch_optional!(
            tx,
            (i64,),
            "insert into service (organization_id, name, base_url, key_sealed, max_amount_cents, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (organization_id, name) do nothing returning id",
            scope.organization.0,
            new.name,
            new.base_url,
            Vec::<u8>::new(),
            new.max_amount.cents(),
            now.0,
        )?;
        let Some((id,)) = added else { return Ok(None) };
        let id = ServiceId(id);
        let sealed = self.keyring.seal(new.key, &place(id))?;
        execute!(tx, "update service set key_sealed = $2 where id = $1", id.0, sealed)?;
        record(&mut tx, scope.organization, About::service(id), &scope.actor, "service-added", None, now).await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    /// The services for which this person has `rights`, by name.
    ///
    /// # Errors
    /// The database.
    pub async fn services(&self, scope: &Scope, rights: Rights) -> Result<Vec<Service>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let rows = fetch_all!(reader, Row, select!(""), scope.organization.0, operator, needed(rights))?;
        let mut services = rows.into_iter().map(service).collect::<Result<Vec<_>, _>>()?;
        // The two databases do not sort letters alike.
        services.sort_by_cached_key(|service| (service.name.to_lowercase(), service.id));
        Ok(services)
    }

    /// The service with this number.
    ///
    /// # Errors
    /// The database.
    pub async fn service(&self, scope: &Scope, id: ServiceId) -> Result<Option<Service>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            Row,
            select!(" and s.id = $4"),
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            id.0
        )?;
        row.map(service).transpose()
    }

    /// The service with this name.
    ///
    /// # Errors
    /// The database.
    pub async fn service_by_name(&self, scope: &Scope, name: &str) -> Result<Option<Service>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            Row,
            select!(" and s.name = $4"),
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            name
        )?;
        row.map(service).transpose()
    }

    /// Changes a service.
    ///
    /// # Errors
    /// The database.
    pub async fn change_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        change: &ServiceChange<'_>,
        now: UnixMillis,
    ) -> Result<ServiceChanged, StoreError> {
        if scope.operator.is_some() {
            return Ok(ServiceChanged::Missing);
        }
        let sealed = change.key.map(|key| self.keyring.seal(key, &place(id))).transpose()?;
        let mut tx = self.db.begin().await?;
        let changed = change_row(&mut tx, scope, id, change, sealed).await?;
        if changed != ServiceChanged::Done {
            return Ok(changed);
        }
        // What was changed, never to what: an address may tell a network, a key is a key.
        let parts = [
            change.name.map(|_| "name"),
            change.base_url.map(|_| "base_url"),
            change.key.map(|_| "key"),
            change.max_amount.map(|_| "max_amount"),
        ];
        let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(",");
        let about = About::service(id);
        record(&mut tx, scope.organization, about, &scope.actor, "service-changed", Some(&detail), now).await?;
        tx.commit().await?;
        Ok(ServiceChanged::Done)
    }

    /// Enables or disables a service; `false` if it is so already, or is not this person's to change.
    ///
    /// # Errors
    /// The database.
    pub async fn enable_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        enabled: bool,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        if scope.operator.is_some() {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            "update service set enabled = $3 where id = $1 and organization_id = $2 and enabled <> $3",
            id.0,
            scope.organization.0,
            i16::from(enabled),
        )?;
        if won == 1 {
            let kind = if enabled { "service-enabled" } else { "service-disabled" };
            record(&mut tx, scope.organization, About::service(id), &scope.actor, kind, None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }

    /// Ends a service's pause; `false` if it is not paused, or not this person's (the right to send is needed).
    ///
    /// # Errors
    /// The database.
    pub async fn resume_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        const RESUME: &str = concat!(
            "update service set paused_reason = null, paused_detail = null, paused_at = null
             where id = $4 and organization_id = $1 and paused_reason is not null and ",
            in_scope!("id", "$2", "$3")
        );
        let mut tx = self.db.begin().await?;
        let operator = scope.operator();
        let won = execute!(tx, RESUME, scope.organization.0, operator, needed(Rights::SEND), id.0)?;
        if won == 1 {
            let about = About::service(id);
            record(&mut tx, scope.organization, about, &scope.actor, "service-resumed", None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }
}

async fn change_row(
    tx: &mut Tx,
    scope: &Scope,
    id: ServiceId,
    change: &ServiceChange<'_>,
    sealed: Option<Vec<u8>>,
) -> Result<ServiceChanged, StoreError> {
    let known: Option<(String, String)> = fetch_optional!(
        tx,
        (String, String),
        "select name, base_url from service where id = $1 and organization_id = $2",
        id.0,
        scope.organization.0
    )?;
    let Some((name, base_url)) = known else { return Ok(ServiceChanged::Missing) };
    if sealed.is_none() && change.base_url.is_some_and(|new| new != base_url) {
        return Ok(ServiceChanged::KeyNeeded);
    }
    let won = execute!(
        tx,
        "update service set name = $3, base_url = $4, key_sealed = coalesce($5, key_sealed),
           max_amount_cents = coalesce($6, max_amount_cents)
         where id = $1 and organization_id = $2 and base_url = $7
           and not exists (select 1 from service where organization_id = $2 and name = $3 and id <> $1)",
        id.0,
        scope.organization.0,
        change.name.unwrap_or(&name),
        change.base_url.unwrap_or(&base_url),
        sealed,
        change.max_amount.map(Amount::cents),
        &base_url,
    )?;
    Ok(if won == 1 { ServiceChanged::Done } else { ServiceChanged::NameTaken })
}

fn service(row: Row) -> Result<Service, StoreError> {
    let max_amount =
        Amount::from_cents(row.max_amount_cents).ok_or(StoreError::Corrupt("a service's largest amount"))?;
    let paused = values::reason(row.paused_reason)?.map(|reason| Pause {
        reason,
        detail: row.paused_detail,
        at: UnixMillis(row.paused_at.unwrap_or_default()),
    });
    Ok(Service {
        id: ServiceId(row.id),
        name: row.name,
        base_url: row.base_url,
        max_amount,
        enabled: row.enabled != 0,
        paused,
        created_at: UnixMillis(row.created_at),
    })
}
