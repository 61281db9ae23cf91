//! The tallies of flows, moved in the transaction of what they count, and the flow's end.

use crate::batch::{Batch, Cell, Kind};
use crate::db::{Tx, execute};
use crate::error::StoreError;
use staffetta_domain::{FlowEvent, FlowId, FlowState, NotificationState, Tally, UnixMillis};
use std::collections::BTreeMap;

/// Differences of tallies, by flow. Ordered, so that two transactions lock the flows in the same order.
#[derive(Debug, Default)]
pub(crate) struct TallyChanges(BTreeMap<FlowId, Tally>);

/// State and tally of a flow, as the statements below return it.
#[derive(sqlx::FromRow)]
struct TalliedFlow {
    id: i64,
    state: i16,
    queued: i64,
    in_flight: i64,
    accepted: i64,
    delivered: i64,
    rejected: i64,
    unreachable: i64,
    failed: i64,
    uncertain: i64,
    cancelled: i64,
}

impl TalliedFlow {
    const fn tally(&self) -> Tally {
        Tally::from_counts([
            self.queued,
            self.in_flight,
            self.accepted,
            self.delivered,
            self.rejected,
            self.unreachable,
            self.failed,
            self.uncertain,
            self.cancelled,
        ])
    }
}

impl TallyChanges {
    /// One notification of `flow` went from a state to another. Single notifications have no tally.
    pub(crate) fn moved(&mut self, flow: Option<FlowId>, from: NotificationState, to: NotificationState) {
        if let Some(flow) = flow
            && from != to
        {
            let tally = self.0.entry(flow).or_default();
            tally.add(from, -1);
            tally.add(to, 1);
        }
    }

    /// Writes the differences, and ends or re-judges the flows that they bring to an end.
    pub(crate) async fn write(self, tx: &mut Tx, now: UnixMillis) -> Result<(), StoreError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let rows = self.0.iter().map(|(flow, tally)| {
            let mut row: [Cell<'_>; 10] = std::array::from_fn(|_| flow.0.into());
            for (cell, (_, difference)) in row[1..].iter_mut().zip(tally.iter()) {
                *cell = difference.into();
            }
            row
        });
        let columns = ["row_id", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"];
        let differences = Batch::new(columns.map(|name| (name, Kind::Int)), rows);
        let update = "{update} flow set
                queued = flow.queued + v.d0, in_flight = flow.in_flight + v.d1, accepted = flow.accepted + v.d2,
                delivered = flow.delivered + v.d3, rejected = flow.rejected + v.d4,
                unreachable = flow.unreachable + v.d5, failed = flow.failed + v.d6,
                uncertain = flow.uncertain + v.d7, cancelled = flow.cancelled + v.d8,
                first_call_at = case when v.d1 > 0 then coalesce(flow.first_call_at, o.now) else flow.first_call_at end
             from {v}
             where flow.id = v.row_id
             returning flow.id, state, queued, in_flight, accepted, delivered, rejected, unreachable, failed, uncertain,
                cancelled";
        for flow in differences.fetch_all::<TalliedFlow>(tx, update, &[("now", now.0.into())]).await? {
            judge(tx, &flow, now).await?;
        }
        Ok(())
    }
}

/// Ends a sending with nothing left to do; an outcome that comes later may turn Sent into Incomplete and back.
async fn judge(tx: &mut Tx, flow: &TalliedFlow, now: UnixMillis) -> Result<(), StoreError> {
    let tally = flow.tally();
    let state = FlowState::from_number(flow.state).ok_or(StoreError::Corrupt("state of a flow"))?;
    let negative = tally.negative() > 0;
    let event = match state {
        FlowState::Sending if tally.open() == 0 => FlowEvent::Ended { negative },
        // A late answer said that an uncertain message was certainly not taken: it waits for its next attempt.
        FlowState::Sent | FlowState::Incomplete if tally.open() > 0 => FlowEvent::Resend,
        FlowState::Sent | FlowState::Incomplete => FlowEvent::Settled { negative },
        _ => return Ok(()),
    };
    let Some(next) = state.after(event).filter(|next| *next != state) else { return Ok(()) };
    execute!(
        tx,
        "update flow set state = $3, paused = 0,
           ended_at = case when $3 = 2 then null else coalesce(ended_at, $4) end
         where id = $1 and state = $2",
        flow.id,
        flow.state,
        next as i16,
        now.0
    )?;
    Ok(())
}
