//! An administrator changes the ente's settings; each change is written down with who made it.

use crate::db::{Tx, execute};
use crate::events::{About, record};
use crate::{Scope, Store, StoreError, values};
use staffetta_domain::limits::{MARKDOWN_MIN_DEFAULT, MARKDOWN_MIN_OF_IO};
use staffetta_domain::{Quota, SendingHours, UnixMillis};
use std::ops::RangeInclusive;

/// What of an ente is changed; what is `None` stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// Other calls that IO grants.
    pub quota: Option<Quota>,
    /// Per cent of the quota that is used at most, from 1 to 100.
    pub quota_share: Option<u8>,
    /// Least UTF-16 code units of a *contenuto*.
    pub content_min: Option<usize>,
    /// When its flows are sent.
    pub hours: Option<SendingHours>,
    /// Above how many recipients a second person has to approve a flow; never, where there is no number.
    pub approval_above: Option<Option<u32>>,
    /// In how many of the last days it is looked whether a person already got the same message, from 1 to 365.
    pub repeat_days: Option<i16>,
    /// What a letter costs, in euro cents, from 1 to [`LETTER_MAX_CENTS`]; not known, where there is no number.
    pub letter_cents: Option<Option<i64>>,
}

/// The most that a letter may cost, in euro cents: beyond it somebody typed cents for euro.
pub const LETTER_MAX_CENTS: i64 = 100_000;
/// Days in which it may be looked for the same message.
pub const REPEAT_DAYS: RangeInclusive<i16> = 1..=365;

/// What became of a change of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsChanged {
    /// It is changed.
    Done,
    /// Another ente has that name.
    NameTaken,
    /// A share, a length, a number of days or a cost is outside its limits.
    OutOfLimits,
    /// It is not this person's to change.
    Forbidden,
}

impl SettingsChange<'_> {
    fn is_within_limits(&self) -> bool {
        self.quota_share.is_none_or(|share| (1..=100).contains(&share))
            && self.content_min.is_none_or(|min| (MARKDOWN_MIN_OF_IO..=MARKDOWN_MIN_DEFAULT).contains(&min))
            && self.repeat_days.is_none_or(|days| REPEAT_DAYS.contains(&days))
            && self.letter_cents.flatten().is_none_or(|cents| (1..=LETTER_MAX_CENTS).contains(&cents))
    }

    /// Kind and detail of the event of each change; a value is written as the command line takes it.
    fn events(&self) -> impl Iterator<Item = (&'static str, String)> {
        [
            self.name.map(|name| ("organization-renamed", name.to_owned())),
            self.quota.map(|quota| ("organization-quota-set", quota.to_string())),
            self.quota_share.map(|share| ("organization-quota-share-set", share.to_string())),
            self.content_min.map(|min| ("organization-content-min-set", min.to_string())),
            self.hours.map(|hours| ("organization-hours-set", hours.to_string())),
            self.approval_above.map(|above| ("organization-approval-set", word(above))),
            self.repeat_days.map(|days| ("organization-repeat-days-set", days.to_string())),
            self.letter_cents.map(|cents| ("organization-letter-cost-set", word(cents))),
        ]
        .into_iter()
        .flatten()
    }
}

impl Store {
    /// Changes an ente's settings, all of what is asked or nothing.
    ///
    /// # Errors
    /// The database.
    pub async fn change_settings(
        &self,
        scope: &Scope,
        change: &SettingsChange<'_>,
        now: UnixMillis,
    ) -> Result<SettingsChanged, StoreError> {
        if scope.operator.is_some() {
            return Ok(SettingsChanged::Forbidden);
        }
        if !change.is_within_limits() {
            return Ok(SettingsChanged::OutOfLimits);
        }
        let mut tx = self.db.begin().await?;
        if update(&mut tx, scope, change).await? != 1 {
            return Ok(SettingsChanged::NameTaken);
        }
        for (kind, detail) in change.events() {
            let about = About::default();
            record(&mut tx, scope.organization, about, &scope.actor, kind, Some(&detail), now).await?;
        }
        tx.commit().await?;
        Ok(SettingsChanged::Done)
    }
}

/// A number, or that there is none.
fn word<N: ToString>(number: Option<N>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

async fn update(tx: &mut Tx, scope: &Scope, change: &SettingsChange<'_>) -> Result<u64, StoreError> {
    let hours = change.hours.map(|hours| hours.parts());
    let changed = execute!(
        tx,
        "update organization set name = coalesce($2, name),
           quota_calls = case when $3 = 1 then $4 else quota_calls end,
           quota_window_ms = coalesce($5, quota_window_ms), quota_share = coalesce($6, quota_share),
           content_min = coalesce($7, content_min), hours_from = coalesce($8, hours_from),
           hours_until = coalesce($9, hours_until), days = coalesce($10, days),
           approval_above = case when $11 = 1 then $12 else approval_above end,
           repeat_days = coalesce($13, repeat_days),
           letter_cents = case when $14 = 1 then $15 else letter_cents end
         where id = $1 and not exists (select 1 from organization where name = $2 and id <> $1)",
        scope.organization.0,
        change.name,
        i16::from(change.quota.is_some()),
        change.quota.and_then(|quota| quota.calls).map(i64::from),
        change.quota.map(|quota| quota.window_ms),
        change.quota_share.map(i16::from),
        change.content_min.map(values::limit),
        hours.map(|(from, _, _)| values::limit(from.into())),
        hours.map(|(_, until, _)| values::limit(until.into())),
        hours.map(|(_, _, days)| i16::from(days)),
        i16::from(change.approval_above.is_some()),
        change.approval_above.flatten().map(i64::from),
        change.repeat_days,
        i16::from(change.letter_cents.is_some()),
        change.letter_cents.flatten()
    )?;
    Ok(changed)
}
