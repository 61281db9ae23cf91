//! *Attiva*: what was seen is frozen.

use crate::planned_for::PlannedFor;
use crate::readiness::{NotReady, past_due, readiness};
use staffetta_domain::{FlowId, ListId, UnixMillis};
use staffetta_store::{Scope, Store};

/// What a person agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activation {
    /// The list whose balance was shown.
    pub list: ListId,
    /// Whether the same person may get several messages, where the list has several for one.
    pub accept_different: bool,
    /// Whether messages may go out whose due date has passed, where the list has such.
    pub accept_past_due: bool,
    /// Whether it may be activated although its day of sending has passed, where the list has such a one.
    pub accept_past_start: bool,
    /// Whether it is to begin by itself on its day of sending, where the list has one to come.
    pub plan_start: bool,
}

impl Activation {
    /// Of a list of which nothing was agreed to.
    #[must_use]
    pub const fn of(list: ListId) -> Self {
        Self {
            list,
            accept_different: false,
            accept_past_due: false,
            accept_past_start: false,
            plan_start: false,
        }
    }
}

/// Activates a flow with the list that the person saw.
///
/// # Errors
/// See [`NotReady`]; then nothing was changed.
pub async fn activate(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    activation: Activation,
    now: UnixMillis,
) -> Result<(), NotReady> {
    let found = store.find_flow(scope, flow).await?.ok_or(NotReady::NoFlow)?;
    let list = readiness(&found)?;
    if list.id != activation.list {
        return Err(NotReady::OtherList);
    }
    let different = list.facts.different_rows;
    if different > 0 && !activation.accept_different {
        return Err(NotReady::DifferentRows(different));
    }
    if let Some(first) = past_due(list, now)
        && !activation.accept_past_due
    {
        return Err(NotReady::PastDue(first));
    }
    let start = PlannedFor::of(store, scope.organization, list, now).await?;
    if let Some(start) = start.filter(|start| start.passed)
        && !activation.accept_past_start
    {
        return Err(NotReady::PastStart(start.day));
    }
    let planned = start.filter(|start| activation.plan_start && !start.passed);
    let service = store.service(scope, found.summary.service).await?.ok_or(NotReady::NoFlow)?;
    if !service.enabled {
        return Err(NotReady::ServiceDisabled(service.name));
    }
    if store.activate_and_plan(scope, flow, activation.list, planned.map(|start| start.at), now).await? {
        return Ok(());
    }
    // What changed since it was looked at says why.
    let found = store.find_flow(scope, flow).await?.ok_or(NotReady::NoFlow)?;
    let list = readiness(&found)?;
    Err(if list.id == activation.list { NotReady::NotNow } else { NotReady::OtherList })
}
