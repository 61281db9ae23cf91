//! Who did what: decisions, retries and changes by people, and the machine's rare decisions.

use crate::db::{Tx, execute, fetch_all};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{FlowId, NotificationId, OrganizationId, Rights, ServiceId, UnixMillis};

/// The actor of what the program decides by itself.
pub const MACHINE: &str = "staffetta";

/// What an event is about; several may be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// A flow.
    pub flow: Option<FlowId>,
    /// A notification.
    pub notification: Option<NotificationId>,
    /// A service.
    pub service: Option<ServiceId>,
}

impl About {
    /// Of a flow.
    #[must_use]
    pub const fn flow(flow: FlowId) -> Self {
        Self { flow: Some(flow), notification: None, service: None }
    }

    /// Of a notification.
    #[must_use]
    pub const fn notification(notification: NotificationId) -> Self {
        Self { flow: None, notification: Some(notification), service: None }
    }

    /// Of a service.
    #[must_use]
    pub const fn service(service: ServiceId) -> Self {
        Self { flow: None, notification: None, service: Some(service) }
    }
}

/// An event, as shown in a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Grows with time.
    pub id: i64,
    /// When.
    pub at: UnixMillis,
    /// Who: a person's name, or [`MACHINE`].
    pub actor: String,
    /// What, as a word of the program.
    pub kind: String,
    /// What else is to be said of it.
    pub detail: Option<String>,
    /// What it is about.
    pub about: About,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    at: i64,
    actor: String,
    kind: String,
    detail: Option<String>,
    flow_id: Option<i64>,
    notification_id: Option<i64>,
    service_id: Option<i64>,
}

pub(crate) const BY_FLOW: &str = concat!(
    "select e.id, e.at, e.actor, e.kind, e.detail, e.flow_id, e.notification_id, e.service_id
     from event e join flow f on f.id = e.flow_id
     where e.flow_id = $4 and e.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by e.id desc limit $5"
);

pub(crate) const BY_NOTIFICATION: &str = concat!(
    "select e.id, e.at, e.actor, e.kind, e.detail, e.flow_id, e.notification_id, e.service_id
     from event e join notification n on n.id = e.notification_id
     where e.notification_id = $4 and e.organization_id = $1 and ",
    in_scope!("n.service_id", "$2", "$3"),
    " order by e.id desc limit $5"
);

pub(crate) const BY_SERVICE: &str = concat!(
    "select e.id, e.at, e.actor, e.kind, e.detail, e.flow_id, e.notification_id, e.service_id
     from event e
     where e.service_id = $4 and e.organization_id = $1 and ",
    in_scope!("e.service_id", "$2", "$3"),
    " order by e.id desc limit $5"
);

pub(crate) const BY_ORGANIZATION: &str =
    "select e.id, e.at, e.actor, e.kind, e.detail, e.flow_id, e.notification_id, e.service_id
     from event e
     where e.organization_id = $1 and e.flow_id is null and e.notification_id is null and e.service_id is null
     order by e.id desc limit $2";

/// Writes an event in the transaction of what it tells.
pub(crate) async fn record(
    tx: &mut Tx,
    organization: OrganizationId,
    about: About,
    actor: &str,
    kind: &str,
    detail: Option<&str>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into event (organization_id, flow_id, notification_id, service_id, at, actor, kind, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        organization.0,
        about.flow.map(|id| id.0),
        about.notification.map(|id| id.0),
        about.service.map(|id| id.0),
        now.0,
        actor,
        kind,
        detail,
    )?;
    Ok(())
}

impl Store {
    /// Writes an event that stands alone; what changes the ledger writes its own.
    ///
    /// # Errors
    /// The database.
    pub async fn record_event(
        &self,
        organization: OrganizationId,
        about: About,
        actor: &str,
        kind: &str,
        detail: Option<&str>,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        record(&mut tx, organization, about, actor, kind, detail, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The newest events of a flow, newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn events_of_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.events(BY_FLOW, scope, flow.0, limit).await
    }

    /// The newest events of a notification, newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn events_of_notification(
        &self,
        scope: &Scope,
        notification: NotificationId,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.events(BY_NOTIFICATION, scope, notification.0, limit).await
    }

    /// The newest events of a service, newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn events_of_service(
        &self,
        scope: &Scope,
        service: ServiceId,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.events(BY_SERVICE, scope, service.0, limit).await
    }

    /// The newest events of the ente itself, newest first; none for who is not its administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn events_of_organization(
        &self,
        scope: &Scope,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        if scope.operator.is_some() {
            return Ok(Vec::new());
        }
        let mut reader = self.db.reader().await?;
        let limit = values::limit(limit);
        let rows = fetch_all!(reader, Row, BY_ORGANIZATION, scope.organization.0, limit)?;
        Ok(rows.into_iter().map(event).collect())
    }

    async fn events(
        &self,
        statement: &'static str,
        scope: &Scope,
        id: i64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            Row,
            statement,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            id,
            values::limit(limit),
        )?;
        Ok(rows.into_iter().map(event).collect())
    }
}

fn event(row: Row) -> Event {
    Event {
        id: row.id,
        at: UnixMillis(row.at),
        actor: row.actor,
        kind: row.kind,
        detail: row.detail,
        about: About {
            flow: row.flow_id.map(FlowId),
            notification: row.notification_id.map(NotificationId),
            service: row.service_id.map(ServiceId),
        },
    }
}
