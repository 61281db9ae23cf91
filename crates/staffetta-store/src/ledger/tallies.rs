//! The tallies of flows, moved in the transaction of what they count, and the flow's end.

use crate::db::{Tx, execute, fetch_all, rows};
use crate::error::StoreError;
use sqlx::AssertSqlSafe;
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
        let groups: Vec<_> = self
            .0
            .iter()
            .map(|(flow, tally)| {
                let mut row = vec![flow.0];
                row.extend(tally.iter().map(|(_, n)| n));
                row
            })
            .collect();
        let json = serde_json::to_string(&groups).map_err(|_| StoreError::Corrupt("a tally"))?;
        let sql = format!(
            "update flow set
                queued = flow.queued + v.d0, in_flight = flow.in_flight + v.d1, accepted = flow.accepted + v.d2,
                delivered = flow.delivered + v.d3, rejected = flow.rejected + v.d4,
                unreachable = flow.unreachable + v.d5, failed = flow.failed + v.d6,
                uncertain = flow.uncertain + v.d7, cancelled = flow.cancelled + v.d8,
                first_call_at = case when v.d1 > 0 then coalesce(flow.first_call_at, $2) else flow.first_call_at end
             from (select cast(value->>0 as bigint) as row_id,
                cast(value->>1 as bigint) as d0, cast(value->>2 as bigint) as d1, cast(value->>3 as bigint) as d2,
                cast(value->>4 as bigint) as d3, cast(value->>5 as bigint) as d4, cast(value->>6 as bigint) as d5,
                cast(value->>7 as bigint) as d6, cast(value->>8 as bigint) as d7, cast(value->>9 as bigint) as d8
                from {}) as v
             where flow.id = v.row_id
             returning id, state, queued, in_flight, accepted, delivered, rejected, unreachable, failed, uncertain,
                cancelled",
            rows(tx.is_postgres())
        );
        for flow in fetch_all!(tx, TalliedFlow, AssertSqlSafe(sql), &json, now.0)? {
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
        "update flow set state = $3, paused = 0, ended_at = case when $3 = 2 then null else coalesce(ended_at, $4) end
         where id = $1 and state = $2",
        flow.id,
        flow.state,
        next as i16,
        now.0
    )?;
    Ok(())
}
