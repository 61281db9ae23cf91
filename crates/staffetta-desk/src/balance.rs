//! *Quadratura*: what activating a flow would do, in numbers.

use crate::planned_for::PlannedFor;
use crate::readiness::{NotReady, past_due, readiness};
use crate::sending_time::{SendingTime, sending_time};
use staffetta_domain::{DueDate, FlowId, ListId, Phrase, UnixMillis};
use staffetta_store::lists::ListFacts;
use staffetta_store::{Scope, Store};

/// What a person sees before activating a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The list that it is about: activation names it.
    pub list: ListId,
    /// How many get a message.
    pub recipients: i64,
    /// Rows left out, put right or repeated, and the amounts.
    pub facts: ListFacts,
    /// The first due date, if it has passed.
    pub past_due: Option<DueDate>,
    /// Days of sending that the list has; none where its file says none.
    pub starts: usize,
    /// The day of sending, where it has one.
    pub start: Option<PlannedFor>,
    /// Rows whose person already got the same content, and in how many of the last days.
    pub already: Option<(i64, i16)>,
    /// How long the sending takes, from the list's day of sending where that is still to come; `None` where IO sets no
    /// limit.
    pub time: Option<SendingTime>,
    /// An earlier flow with the same list and the same message, and when it was made.
    pub earlier: Option<(FlowId, UnixMillis)>,
}

/// Reckons the balance of a flow that can be activated.
///
/// # Errors
/// See [`NotReady`].
pub async fn balance(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    now: UnixMillis,
) -> Result<Balance, NotReady> {
    let found = store.find_flow(scope, flow).await?.ok_or(NotReady::NoFlow)?;
    let list = readiness(&found)?;
    let earlier = match &found.sameness {
        Some(sameness) => store.earlier_same_flow(scope, sameness, flow).await?,
        None => None,
    };
    let start = PlannedFor::of(store, scope.organization, list, now).await?;
    let from = start.filter(|start| !start.passed).map_or(now, |start| start.at);
    let time = sending_time(store, scope.organization, &found.summary, from).await?;
    Ok(Balance {
        list: list.id,
        recipients: list.valid_rows,
        facts: list.facts,
        past_due: past_due(list, now),
        starts: list.starts.iter().filter(|(_, rows)| *rows > 0).count(),
        start,
        already: list.already,
        time,
        earlier,
    })
}

/// The warning that a flow with the same list and the same message is there already.
#[must_use]
pub fn earlier_phrase(flow: FlowId, made_at: UnixMillis) -> Phrase {
    let date = staffetta_domain::time::italian_date(made_at);
    Phrase::new("balance-earlier").with("flow", flow).with("date", date)
}
