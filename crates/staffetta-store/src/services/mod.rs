//! Services of an ente on IO. Their keys go in sealed and come out only to be called with: for the engine,
//! elsewhere, and for an administrator's trial of one.

mod addresses;
mod change;
mod rights;
mod trial;

use crate::db::{fetch_all, fetch_optional};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{Amount, Reason, Rights, ServiceId, UnixMillis};

pub use change::{NewService, ServiceChange, ServiceChanged};
pub use trial::ServiceToTry;

/// A service, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its number.
    pub id: ServiceId,
    /// Its name, the only one of that name in its ente.
    pub name: String,
    /// IO's own id of it, if somebody wrote it down.
    pub io_service_id: Option<String>,
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

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    io_service_id: Option<String>,
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
            "select s.id, s.name, s.io_service_id, s.base_url, s.max_amount_cents, s.enabled, s.paused_reason,
               s.paused_detail, s.paused_at, s.created_at
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
        io_service_id: row.io_service_id,
        base_url: row.base_url,
        max_amount,
        enabled: row.enabled != 0,
        paused,
        created_at: UnixMillis(row.created_at),
    })
}
