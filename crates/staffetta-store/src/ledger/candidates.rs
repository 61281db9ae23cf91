//! What waits to be sent or asked for, with all that a call needs.

use crate::Store;
use crate::db::fetch_all;
use crate::error::StoreError;
use crate::values;
use staffetta_domain::{
    FlowId, ListId, NotificationId, OrganizationId, PaymentTerms, Reach, ServiceId, UnixMillis,
};

/// A notification that waits in the queue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    id: i64,
    flow_id: Option<i64>,
    service_id: i64,
    /// Attempt, raised by each resend.
    pub attempt: i16,
    /// How many times IO said "later" in this attempt.
    pub retries: i16,
    retry_at: Option<i64>,
    retry_since: Option<i64>,
    /// The citizen.
    pub fiscal_code: String,
    /// The cells of the office's file, a JSON list; `None` for a single notification.
    pub cells: Option<String>,
    due_at: Option<i64>,
    /// Payment: euro cents.
    pub amount_cents: Option<i64>,
    /// Payment: the notice's number.
    pub notice_number: Option<String>,
    invalid_after_due: Option<i16>,
    payee: Option<String>,
    /// Text of a single notification.
    pub subject: Option<String>,
    /// Text of a single notification.
    pub markdown: Option<String>,
    reach: Option<i16>,
    reach_at: Option<i64>,
}

impl Candidate {
    /// Which notification.
    #[must_use]
    pub const fn id(&self) -> NotificationId {
        NotificationId(self.id)
    }

    /// Its flow; `None` for a single notification.
    #[must_use]
    pub fn flow(&self) -> Option<FlowId> {
        self.flow_id.map(FlowId)
    }

    /// Its service.
    #[must_use]
    pub const fn service(&self) -> ServiceId {
        ServiceId(self.service_id)
    }

    /// IO's due date.
    #[must_use]
    pub fn due_at(&self) -> Option<UnixMillis> {
        self.due_at.map(UnixMillis)
    }

    /// Payment: what else it says; `None` where that is not what the ledger writes.
    #[must_use]
    pub fn terms(&self) -> Option<PaymentTerms> {
        values::terms(self.invalid_after_due, self.payee.as_deref()).ok()
    }

    /// What the flow's own forecast said of the citizen, where that stands for the profile check: of its first
    /// attempt, and for a day.
    #[must_use]
    pub fn foretold(&self, now: UnixMillis) -> Option<Reach> {
        let (reach, at) = (Reach::from_number(self.reach?)?, UnixMillis(self.reach_at?));
        (self.attempt == 1 && reach.holds(at, now)).then_some(reach)
    }

    /// Since when it could have been tried again; `None` in a row never tried.
    #[must_use]
    pub fn retry_at(&self) -> Option<UnixMillis> {
        self.retry_at.map(UnixMillis)
    }

    /// When IO said "later" for the first time in this attempt, or as much later as the row rested since.
    #[must_use]
    pub fn retry_since(&self) -> Option<UnixMillis> {
        self.retry_since.map(UnixMillis)
    }
}

/// A notification whose status is to be asked for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckCandidate {
    id: i64,
    flow_id: Option<i64>,
    service_id: i64,
    /// Attempt that the status belongs to.
    pub attempt: i16,
    /// How many times IO was asked.
    pub checks: i16,
    accepted_at: i64,
    /// The citizen.
    pub fiscal_code: String,
    /// IO's id of the message.
    pub io_message_id: String,
}

impl CheckCandidate {
    /// Which notification.
    #[must_use]
    pub const fn id(&self) -> NotificationId {
        NotificationId(self.id)
    }

    /// Its flow; `None` for a single notification.
    #[must_use]
    pub fn flow(&self) -> Option<FlowId> {
        self.flow_id.map(FlowId)
    }

    /// Its service.
    #[must_use]
    pub const fn service(&self) -> ServiceId {
        ServiceId(self.service_id)
    }

    /// When IO took it.
    #[must_use]
    pub const fn accepted_at(&self) -> UnixMillis {
        UnixMillis(self.accepted_at)
    }
}

/// Services in a text in which each can be looked for: `,3,7,`. They rest, and what waits for them must not stand
/// before what waits for others.
pub(crate) fn listed(services: &[ServiceId]) -> String {
    services.iter().fold(String::from(","), |text, service| format!("{text}{service},"))
}

macro_rules! candidates {
    ($rest:literal) => {
        concat!(
            "select n.id, n.flow_id, n.service_id, n.attempt, n.retries, n.retry_at, n.retry_since, r.fiscal_code, r.cells, r.due_at,
                r.amount_cents, r.notice_number, r.invalid_after_due, r.payee, r.subject, r.markdown, h.answer as reach, h.at as reach_at
             from notification n join recipient r on r.id = n.id
             left join reach h on h.notification_id = n.id ",
            $rest
        )
    };
}

impl Store {
    /// Rows of a list that were never tried, in the order of the office's file, after `after` and not beyond `last`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_fresh(
        &self,
        list: ListId,
        after: NotificationId,
        last: Option<NotificationId>,
        limit: i64,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (first, end) = list.bounds();
        Ok(fetch_all!(
            reader,
            Candidate,
            candidates!(
                "where n.id > $1 and n.id <= $2 and n.state = 0 and n.retry_at is null order by n.id limit $3"
            ),
            after.0.max(first.0),
            last.map_or(end.0, |last| last.0.min(end.0)),
            limit
        )?)
    }

    /// Rows of flows under way whose next attempt is due.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_retries(
        &self,
        organization: OrganizationId,
        resting: &[ServiceId],
        now: UnixMillis,
        limit: i64,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(
            reader,
            Candidate,
            candidates!(
                "join flow f on f.id = n.flow_id and f.state = 2 and f.paused = 0 and f.interrupted = 0
                   and f.list_id = n.id >> 24
                 join service s on s.id = n.service_id and s.enabled = 1 and s.paused_reason is null
                 join organization o on o.id = n.organization_id and o.held_at is null
                 where n.organization_id = $1 and n.state = 0 and n.retry_at is not null and n.retry_at <= $2
                   and not exists (select 1 from pilot p where p.flow_id = n.flow_id and n.id > p.last_id)
                   and $4 not like '%,' || s.id || ',%'
                 order by n.retry_at, n.id limit $3"
            ),
            organization.0,
            now.0,
            limit,
            listed(resting)
        )?)
    }

    /// Single notifications whose turn it is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_singles(
        &self,
        organization: OrganizationId,
        resting: &[ServiceId],
        now: UnixMillis,
        limit: i64,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(
            reader,
            Candidate,
            candidates!(
                "join service s on s.id = n.service_id and s.enabled = 1 and s.paused_reason is null
                 join organization o on o.id = n.organization_id and o.held_at is null
                 where n.organization_id = $1 and n.state = 0 and n.flow_id is null
                   and (n.retry_at is null or n.retry_at <= $2) and $4 not like '%,' || s.id || ',%'
                 order by n.id limit $3"
            ),
            organization.0,
            now.0,
            limit,
            listed(resting)
        )?)
    }

    /// Notifications whose status check is due, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_checks(
        &self,
        organization: OrganizationId,
        resting: &[ServiceId],
        now: UnixMillis,
        limit: i64,
    ) -> Result<Vec<CheckCandidate>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(
            reader,
            CheckCandidate,
            "select n.id, n.flow_id, n.service_id, n.attempt, n.checks, n.accepted_at, n.io_message_id, r.fiscal_code
             from notification n join recipient r on r.id = n.id
             join service s on s.id = n.service_id and s.enabled = 1 and s.paused_reason is null
             where n.organization_id = $1 and n.next_check_at is not null and n.next_check_at <= $2
               and n.state = 2 and n.io_message_id is not null and $4 not like '%,' || s.id || ',%'
             order by n.next_check_at limit $3",
            organization.0,
            now.0,
            limit,
            listed(resting)
        )?)
    }
}
