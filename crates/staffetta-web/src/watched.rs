//! Flows that pages follow: one look at the ledger each second for each flow, however many pages follow it.
//!
//! The engine may be another process: what it does is seen in the ledger and nowhere else.

use crate::app::App;
use crate::ente_now::EnteNow;
use staffetta_domain::{FlowId, FlowState, OrganizationId};
use staffetta_store::flows::FlowProgress;
use staffetta_store::{Scope, StoreError};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How often a flow is looked at.
const LOOK_MS: i64 = 1_000;
/// In how many looks it is asked once what bears on all flows of the ente.
const LOOKS_BETWEEN_ENTI: u32 = 5;
/// The time whose pace tells how long it still takes.
const PACE_MS: i64 = 60_000;
/// A pace of less time than this would be a guess.
const PACE_LEAST_MS: i64 = 10_000;

/// What is known of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing yet.
    None,
    /// It is no more.
    Gone,
    /// How far it is.
    Seen(Arc<Seen>),
}

/// How far a flow is, and what bears on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) progress: FlowProgress,
    /// No engine is at work.
    pub(crate) asleep: bool,
    pub(crate) ente: EnteNow,
    /// Whether the time of its planned start has come.
    pub(crate) is_due: bool,
    /// Minutes that it still takes at the pace of the last minute, 0 if less than one; unknown where it does not
    /// move.
    pub(crate) minutes_left: Option<i64>,
}

/// The flows that are followed now.
#[derive(Default)]
pub(crate) struct Watched(Mutex<HashMap<FlowId, watch::Sender<Look>>>);

impl Watched {
    fn flows(&self) -> MutexGuard<'_, HashMap<FlowId, watch::Sender<Look>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells those who follow what was seen, whether it is new or not; `false` if nobody follows: then the flow is no
    /// more looked at, and who comes next begins anew.
    fn tell(&self, flow: FlowId, look: Option<Look>) -> bool {
        let mut flows = self.flows();
        let Some(sender) = flows.get(&flow).filter(|sender| sender.receiver_count() > 0) else {
            flows.remove(&flow);
            return false;
        };
        if let Some(look) = look {
            sender.send_replace(look);
        }
        true
    }
}

/// Follows a flow: the caller has made sure that the person may see it, and does so again.
pub(crate) fn follow(app: &App, organization: OrganizationId, flow: FlowId) -> watch::Receiver<Look> {
    let mut flows = app.watched().flows();
    if let Some(sender) = flows.get(&flow) {
        // What the others know may be older than the page of who has just come: the next look is the first.
        return sender.subscribe();
    }
    let (sender, receiver) = watch::channel(Look::None);
    flows.insert(flow, sender);
    tokio::spawn(look(app.clone(), organization, flow));
    receiver
}

async fn look(app: App, organization: OrganizationId, flow: FlowId) {
    let scope = Scope::whole(organization, "");
    let (mut pace, mut asleep, mut looks) = (Pace::default(), false, 0_u32);
    let mut ente = EnteNow::default();
    loop {
        let seen: Result<Look, StoreError> = async {
            let now = app.now();
            if looks.is_multiple_of(LOOKS_BETWEEN_ENTI) {
                asleep = !app.store().engine_is_at_work(now).await?;
                let Some(known) = app.store().organization(organization).await? else {
                    return Ok(Look::Gone);
                };
                ente = EnteNow::of(&known, now);
            }
            let Some(progress) = app.store().flow_progress(&scope, flow).await? else {
                return Ok(Look::Gone);
            };
            let minutes_left = pace.minutes_left(app.clock().monotonic_ms(), &progress);
            let is_due = progress.summary.planned.is_some_and(|planned| planned.at <= now);
            Ok(Look::Seen(Arc::new(Seen { progress, asleep, ente, is_due, minutes_left })))
        }
        .await;
        // After a failure what was known stays on the pages: the next look may succeed.
        let seen = seen.inspect_err(|error| tracing::warn!(%error, %flow, "a flow could not be looked at"));
        if !app.watched().tell(flow, seen.ok()) {
            return;
        }
        looks = looks.wrapping_add(1);
        app.clock().sleep(LOOK_MS).await;
    }
}

/// How many were done when, in the last minute.
#[derive(Default)]
struct Pace(VecDeque<(i64, i64)>);

impl Pace {
    fn minutes_left(&mut self, now_ms: i64, progress: &FlowProgress) -> Option<i64> {
        let flow = &progress.summary;
        if flow.state != FlowState::Sending || flow.paused {
            self.0.clear();
            return None;
        }
        let open = flow.tally.open();
        let done = flow.tally.total() - open;
        self.0.push_back((now_ms, done));
        while self.0.front().is_some_and(|(at, _)| now_ms - at > PACE_MS) {
            self.0.pop_front();
        }
        let (first_at, first_done) = *self.0.front()?;
        let (took_ms, handled) = (now_ms - first_at, done - first_done);
        if took_ms < PACE_LEAST_MS || handled <= 0 {
            return None;
        }
        let left_ms = open.saturating_mul(took_ms) / handled;
        Some(if left_ms < 60_000 { 0 } else { (left_ms + 30_000) / 60_000 })
    }
}
