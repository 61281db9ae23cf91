//! Entes, services and flows as the engine sees them.

use crate::Store;
use crate::db::{execute, fetch_all, fetch_optional};
use crate::draft_files::meanings;
use crate::error::StoreError;
use crate::organizations::hours;
use crate::services::place;
use crate::values;
use secrecy::SecretString;
use staffetta_domain::{
    Columns, FlowId, ListId, NotificationId, OrganizationId, Quota, Reason, SendingHours, ServiceId,
    UnixMillis,
};

/// How an ente may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendingRules {
    /// The calls that IO grants it.
    pub quota: Quota,
    /// Per cent of the quota that is used at most.
    pub share: u8,
    /// When its flows are sent.
    pub hours: SendingHours,
}

/// A service with its key.
#[derive(Clone, Debug)]
pub struct SendingService {
    /// Which.
    pub id: ServiceId,
    /// Where IO is.
    pub base_url: String,
    /// Its key, never to be shown or logged.
    pub key: SecretString,
    /// Which key it is, to be compared with the one that it has later.
    pub sealed: SealedKey,
    /// Whether it may be used now: enabled, and not paused by a fault.
    pub open: bool,
}

/// A key as the ledger keeps it: another one, or the same given anew, is another.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedKey(Vec<u8>);

impl std::fmt::Debug for SealedKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SealedKey")
    }
}

/// A flow under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SendingFlow {
    id: i64,
    service_id: i64,
    list_id: i64,
    started_at: i64,
    last_id: Option<i64>,
}

impl SendingFlow {
    /// Which.
    #[must_use]
    pub const fn id(&self) -> FlowId {
        FlowId(self.id)
    }

    /// When a person started it: of a flow taken back and sent again, another moment.
    #[must_use]
    pub const fn started_at(&self) -> UnixMillis {
        UnixMillis(self.started_at)
    }

    /// Its service.
    #[must_use]
    pub const fn service(&self) -> ServiceId {
        ServiceId(self.service_id)
    }

    /// Its list.
    #[must_use]
    pub const fn list(&self) -> ListId {
        ListId(self.list_id)
    }

    /// The last notification of its pilot, if it is one.
    #[must_use]
    pub fn pilot(&self) -> Option<NotificationId> {
        self.last_id.map(NotificationId)
    }
}

/// The frozen message of a flow under way.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SendingText {
    /// The frozen *oggetto*, with its places.
    pub subject: String,
    /// The frozen *contenuto*, with its places.
    pub markdown: String,
    columns: String,
    meanings: Option<String>,
    payment: i16,
}

impl SendingText {
    /// The list's columns, with what they meant when it was checked: a format writes by it.
    ///
    /// # Errors
    /// They are not what the ledger writes.
    pub fn columns(&self) -> Result<Columns, StoreError> {
        let meanings = meanings::from_json(self.meanings.as_deref())?;
        Ok(Columns::from_ledger(values::texts(&self.columns)?).meaning(meanings.as_deref()))
    }

    /// Whether its messages carry payment data.
    #[must_use]
    pub const fn payment(&self) -> bool {
        self.payment != 0
    }
}

fn quota(calls: Option<i64>, window_ms: i64) -> Quota {
    Quota { calls: calls.and_then(|calls| u32::try_from(calls).ok()), window_ms }
}

impl Store {
    /// How an ente may send, as it is now; `None` if the ente is not there.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sending_rules(
        &self,
        organization: OrganizationId,
    ) -> Result<Option<SendingRules>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(
            reader,
            (Option<i64>, i64, i16, i16, i16, i16),
            "select quota_calls, quota_window_ms, quota_share, hours_from, hours_until, days
             from organization where id = $1",
            organization.0
        )?;
        found
            .map(|(calls, window_ms, share, from, until, days)| {
                Ok(SendingRules {
                    quota: quota(calls, window_ms),
                    share: u8::try_from(share).map_err(|_| StoreError::Corrupt("a share"))?,
                    hours: hours(from, until, days)?,
                })
            })
            .transpose()
    }

    /// Writes how many calls in a window the engine finds available to an ente: what times are reckoned with.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn tell_available(
        &self,
        organization: OrganizationId,
        epoch: i64,
        calls: Option<u32>,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(
            tx,
            "update organization set available_calls = $3, available_at = $4 where id = $1 and epoch = $2",
            organization.0,
            epoch,
            calls.map(i64::from),
            now.0
        )?;
        tx.commit().await?;
        Ok(())
    }

    /// The services of an ente, keys opened. One whose key does not open is left out, and pauses itself: the
    /// others go on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sending_services(
        &self,
        organization: OrganizationId,
        now: UnixMillis,
    ) -> Result<Vec<SendingService>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_all!(
            reader,
            (i64, String, Vec<u8>, i16, Option<i16>),
            "select id, base_url, key_sealed, enabled, paused_reason from service
             where organization_id = $1 order by id",
            organization.0
        )?;
        drop(reader);
        let mut services = Vec::with_capacity(found.len());
        for (id, base_url, sealed, enabled, paused) in found {
            let (id, open) = (ServiceId(id), enabled != 0 && paused.is_none());
            let opened = self.keyring.open_sealed(&sealed, &place(id));
            let sealed = SealedKey(sealed);
            match opened {
                Ok(key) => services.push(SendingService { id, base_url, key, sealed, open }),
                Err(_) if open => {
                    self.pause_service(id, Some(&sealed), Reason::KeyUnreadable, None, now).await?;
                }
                Err(_) => {}
            }
        }
        Ok(services)
    }

    /// The flows of an ente that are under way and not paused, oldest first; none while the ente is held.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sending_flows(&self, organization: OrganizationId) -> Result<Vec<SendingFlow>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(
            reader,
            SendingFlow,
            "select f.id, f.service_id, f.list_id, f.started_at, p.last_id
             from flow f left join pilot p on p.flow_id = f.id
             join service s on s.id = f.service_id and s.enabled = 1 and s.paused_reason is null
             join organization o on o.id = f.organization_id and o.held_at is null
             where f.organization_id = $1 and f.state = 2 and f.paused = 0 and f.interrupted = 0
               and f.started_at is not null
             order by f.id",
            organization.0
        )?)
    }

    /// The frozen message of a flow under way; `None` if the flow has another list by now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sending_text(&self, flow: &SendingFlow) -> Result<Option<SendingText>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_optional!(
            reader,
            SendingText,
            "select f.subject, f.markdown, l.columns, l.meanings, n.payment
             from flow f join list l on l.id = f.list_id join nature n on n.id = f.nature_id
             where f.id = $1 and f.started_at = $2 and f.state = 2 and f.list_id = $3",
            flow.id,
            flow.started_at,
            flow.list_id
        )?)
    }

    /// A service pauses itself: what waits for it stays in the queue. Gives `false` where it was paused already, or has
    /// another key by now than the one `under` which the fault was met: a late answer says nothing of the new one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pause_service(
        &self,
        service: ServiceId,
        under: Option<&SealedKey>,
        reason: Reason,
        detail: Option<&str>,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let paused = execute!(
            tx,
            "update service set paused_reason = $2, paused_detail = $3, paused_at = $4
             where id = $1 and paused_reason is null and key_sealed = coalesce($5, key_sealed)",
            service.0,
            reason as i16,
            detail,
            now.0,
            under.map(|key| key.0.as_slice())
        )?;
        if paused == 1 {
            execute!(
                tx,
                "insert into event (organization_id, service_id, at, actor, kind, detail)
                 select organization_id, id, $2, '', 'service-paused', $3 from service where id = $1",
                service.0,
                now.0,
                reason.code()
            )?;
        }
        tx.commit().await?;
        Ok(paused == 1)
    }
}
