//! Enti and their natures.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::{Store, StoreError};
use staffetta_domain::limits::MARKDOWN_MIN_DEFAULT;
use staffetta_domain::protocol::Hold;
use staffetta_domain::{Nature, NatureId, OrganizationId, Quota, SendingHours, UnixMillis};

/// An ente.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its number.
    pub id: OrganizationId,
    /// Its name, the only one of that name.
    pub name: String,
    /// The calls that IO grants it.
    pub quota: Quota,
    /// Least UTF-16 code units of a *contenuto*.
    pub content_min: usize,
    /// In how many of the last days it is looked whether a person already got the same message; 0 is never.
    pub repeat_days: i16,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Why and since when nothing leaves until a person says so.
    pub held: Option<Held>,
    /// When the ledger was last found older than the calls that were made.
    pub went_back_at: Option<UnixMillis>,
    /// Per cent of the quota that is used at most.
    pub quota_share: u8,
    /// Calls in a window that the engine found available, and when; less than the quota where other software of the
    /// ente calls, too.
    pub available: Option<Available>,
    /// When its flows are sent.
    pub hours: SendingHours,
    /// A flow to more recipients than this needs a second person's approval; none does where there is no number.
    pub approval_above: Option<u32>,
    /// What a letter costs it, in euro cents, where it was said.
    pub letter_cents: Option<i64>,
}

impl Organization {
    /// Whether the ledger may have forgotten what became of what was made at this moment: it went back in time since.
    #[must_use]
    pub fn may_have_forgotten(&self, made_at: UnixMillis) -> bool {
        self.went_back_at.is_some_and(|went_back_at| made_at <= went_back_at)
    }
}

/// Why and since when nothing of an ente leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Why.
    pub hold: Hold,
    /// Since when.
    pub since: UnixMillis,
}

/// What the engine found that an ente may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Available {
    /// Calls in a window of its quota.
    pub calls: u32,
    /// When.
    pub at: UnixMillis,
}

/// A nature in an ente's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationNature {
    /// Its number.
    pub id: NatureId,
    /// What it is.
    pub nature: Nature,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    quota_calls: Option<i64>,
    quota_window_ms: i64,
    content_min: i64,
    repeat_days: i16,
    created_at: i64,
    held_at: Option<i64>,
    held_reason: Option<i16>,
    went_back_at: Option<i64>,
    quota_share: i16,
    available_calls: Option<i64>,
    available_at: Option<i64>,
    hours_from: i16,
    hours_until: i16,
    days: i16,
    approval_above: Option<i64>,
    letter_cents: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, quota_calls, quota_window_ms, content_min, repeat_days, created_at, held_at,
               held_reason, went_back_at, quota_share, available_calls, available_at, hours_from, hours_until, days,
               approval_above, letter_cents from organization ",
            $rest
        )
    };
}

impl Store {
    /// Makes an ente with the quota and the natures that every ente starts with; `None` if the name is taken.
    ///
    /// # Errors
    /// The database.
    pub async fn make_organization(
        &self,
        name: &str,
        now: UnixMillis,
    ) -> Result<Option<OrganizationId>, StoreError> {
        let quota = Quota::IO_DEFAULT;
        let mut tx = self.db.begin().await?;
        let made = fetch_optional!(
            tx,
            (i64,),
            "insert into organization (name, quota_calls, quota_window_ms, content_min, created_at)
             values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning id",
            name,
            quota.calls.map(i64::from),
            quota.window_ms,
            crate::values::limit(MARKDOWN_MIN_DEFAULT),
            now.0,
        )?;
        let Some((id,)) = made else { return Ok(None) };
        add_natures(&mut tx, id).await?;
        tx.commit().await?;
        Ok(Some(OrganizationId(id)))
    }

    /// All enti, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn organizations(&self) -> Result<Vec<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(reader, Row, select!("order by id"))?;
        rows.into_iter().map(organization).collect()
    }

    /// The ente with this number.
    ///
    /// # Errors
    /// The database.
    pub async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(reader, Row, select!("where id = $1"), id.0)?;
        row.map(organization).transpose()
    }

    /// The ente with this name.
    ///
    /// # Errors
    /// The database.
    pub async fn organization_by_name(&self, name: &str) -> Result<Option<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(reader, Row, select!("where name = $1"), name)?;
        row.map(organization).transpose()
    }

    /// The natures of an ente, in the order in which they are offered.
    ///
    /// # Errors
    /// The database.
    pub async fn natures(&self, organization: OrganizationId) -> Result<Vec<OrganizationNature>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (i64, String, String, i16),
            "select id, code, name, payment from nature where organization_id = $1 order by position",
            organization.0
        )?;
        Ok(rows.into_iter().map(nature).collect())
    }

    /// The nature of an ente with this code.
    ///
    /// # Errors
    /// The database.
    pub async fn nature_by_code(
        &self,
        organization: OrganizationId,
        code: &str,
    ) -> Result<Option<OrganizationNature>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (i64, String, String, i16),
            "select id, code, name, payment from nature where organization_id = $1 and code = $2",
            organization.0,
            code
        )?;
        Ok(row.map(nature))
    }
}

async fn add_natures(tx: &mut Tx, organization: i64) -> Result<(), StoreError> {
    for (position, nature) in (0_i16..).zip(Nature::initial()) {
        execute!(
            tx,
            "insert into nature (organization_id, position, code, name, payment)
             values ($1, $2, $3, $4, $5)",
            organization,
            position,
            nature.code,
            nature.name,
            i16::from(nature.payment),
        )?;
    }
    Ok(())
}

fn organization(row: Row) -> Result<Organization, StoreError> {
    let calls = |calls: i64| u32::try_from(calls).map_err(|_| StoreError::Corrupt("a quota"));
    let held = row.held_at.map(|at| Held {
        // What an older program held, it held for this.
        hold: row.held_reason.and_then(Hold::from_number).unwrap_or(Hold::Older),
        since: UnixMillis(at),
    });
    let available = match (row.available_calls, row.available_at) {
        (Some(found), Some(at)) => Some(Available { calls: calls(found)?, at: UnixMillis(at) }),
        _ => None,
    };
    Ok(Organization {
        id: OrganizationId(row.id),
        name: row.name,
        quota: Quota { calls: row.quota_calls.map(calls).transpose()?, window_ms: row.quota_window_ms },
        repeat_days: row.repeat_days,
        content_min: usize::try_from(row.content_min).map_err(|_| StoreError::Corrupt("a least length"))?,
        created_at: UnixMillis(row.created_at),
        held,
        went_back_at: row.went_back_at.map(UnixMillis),
        quota_share: u8::try_from(row.quota_share).map_err(|_| StoreError::Corrupt("a share"))?,
        available,
        hours: hours(row.hours_from, row.hours_until, row.days)?,
        approval_above: row.approval_above.map(calls).transpose()?,
        letter_cents: row.letter_cents,
    })
}

/// Sending hours as the ledger keeps them.
pub(crate) fn hours(from: i16, until: i16, days: i16) -> Result<SendingHours, StoreError> {
    let minute = |minute: i16| u16::try_from(minute).ok();
    minute(from)
        .zip(minute(until))
        .zip(u8::try_from(days).ok())
        .and_then(|((from, until), days)| SendingHours::new(from, until, days))
        .ok_or(StoreError::Corrupt("sending hours"))
}

fn nature((id, code, name, payment): (i64, String, String, i16)) -> OrganizationNature {
    OrganizationNature { id: NatureId(id), nature: Nature { code, name, payment: payment != 0 } }
}
