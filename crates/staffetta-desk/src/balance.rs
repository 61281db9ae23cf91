//! *Quadratura*: what activating a flow would do, in numbers.

use crate::readiness::{NotReady, readiness};
use staffetta_domain::{FlowId, ListId, OrganizationId, Phrase, Quota, UnixMillis};
use staffetta_store::lists::ListFacts;
use staffetta_store::{Scope, Store, StoreError};

/// Calls that a recipient takes: the profile, then the message.
const CALLS_EACH: u64 = 2;

/// What a person sees before activating a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The list that it is about: activation names it.
    pub list: ListId,
    /// How many get a message.
    pub recipients: i64,
    /// Rows left out, put right or repeated, and the amounts.
    pub facts: ListFacts,
    /// See [`sending_seconds`].
    pub seconds: Option<u64>,
    /// An earlier flow with the same list and the same message, and when it was made.
    pub earlier: Option<(FlowId, UnixMillis)>,
}

/// Reckons the balance of a flow that can be activated.
///
/// # Errors
/// See [`NotReady`].
pub async fn balance(store: &Store, scope: &Scope, flow: FlowId) -> Result<Balance, NotReady> {
    let found = store.find_flow(scope, flow).await?.ok_or(NotReady::NoFlow)?;
    let list = readiness(&found)?;
    let earlier = match &found.sameness {
        Some(sameness) => store.earlier_same_flow(scope, sameness, flow).await?,
        None => None,
    };
    let seconds = sending_seconds(store, scope.organization, flow, list.valid_rows).await?;
    Ok(Balance { list: list.id, recipients: list.valid_rows, facts: list.facts, seconds, earlier })
}

/// Seconds in which a flow is sent to so many, rounded up, after what the ente's other flows have still to send;
/// `None` where IO sets no limit.
///
/// # Errors
/// The ledger.
pub async fn sending_seconds(
    store: &Store,
    organization: OrganizationId,
    flow: FlowId,
    recipients: i64,
) -> Result<Option<u64>, StoreError> {
    let waiting = store.waiting_elsewhere(organization, flow).await?;
    let people = u64::try_from(recipients.saturating_add(waiting)).unwrap_or(0);
    let quota = store.organization(organization).await?.map_or(Quota::NONE, |found| found.quota);
    Ok(seconds(people, quota))
}

/// The warning that a flow with the same list and the same message is there already.
#[must_use]
pub fn earlier_phrase(flow: FlowId, made_at: UnixMillis) -> Phrase {
    let date = staffetta_domain::time::italian_date(made_at);
    Phrase::new("balance-earlier").with("flow", flow).with("date", date)
}

/// Seconds in which IO takes the messages of so many people, rounded up.
fn seconds(people: u64, quota: Quota) -> Option<u64> {
    let calls = u64::from(quota.calls?).max(1);
    let window_ms = u64::try_from(quota.window_ms).unwrap_or(0);
    let needed = people.saturating_mul(CALLS_EACH).saturating_mul(window_ms);
    Some(needed.div_ceil(calls.saturating_mul(1_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_reckoned_from_the_quota_and_rounded_up() {
        let quota = Quota::IO_DEFAULT;
        for (people, expected) in
            [(0, 0), (1, 1), (15, 1), (16, 2), (75, 5), (14_990, 1_000), (1_000_000, 66_667)]
        {
            assert_eq!(seconds(people, quota), Some(expected), "{people}");
        }
        assert_eq!(seconds(9, Quota::NONE), None);
    }
}
