//! A flow followed without reloading: what is new is sent to the page as it happens.
//!
//! The stream asks again whether its session stands and the flow is still the person's, and ends with either. It
//! ends too when nothing more is to come, with an event after which the page does not come back.

use super::Found;
use super::progress::{Progress, awaits_outcomes, is_under_way};
use super::rows::Filter;
use crate::address::number;
use crate::app::App;
use crate::fault::{Fault, SessionOver};
use crate::frame::Watcher;
use crate::watched::{self, Look, Seen};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use staffetta_domain::{FlowId, FlowState, Rights};
use std::collections::VecDeque;
use std::convert::Infallible;
use tokio::sync::watch;

/// How often it is asked whether the session stands.
const SESSION_MS: i64 = 30_000;
/// Outcomes that come later than this after the end of the sending are seen by reloading.
const LATE_OUTCOMES_MS: i64 = 600_000;
/// The event after which the page does not come back.
const OVER: &str = "fine";

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Which notifications the page shows.
    stato: Option<String>,
}

pub(super) async fn follow(
    State(app): State<App>,
    watcher: Watcher,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    let found = Found::of(&app, &watcher.person, number(&id)?).await?;
    let flow = found.detail.summary.id;
    let looks = watched::follow(&app, watcher.person.scope().organization, flow);
    let now_ms = app.clock().monotonic_ms();
    let following = Following {
        app,
        watcher,
        flow,
        filter: Filter::from_code(asked.stato.as_deref()),
        rights: found.rights,
        looks,
        session_at_ms: now_ms + SESSION_MS,
        over_at_ms: None,
        told: Look::None,
        was_sending: false,
        ready: VecDeque::new(),
        is_over: false,
    };
    let events = stream::unfold(following, |mut following| async move {
        following.next().await.map(|event| (Ok(event), following))
    });
    // What keeps the connection alive also tells that the browser has left.
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

struct Following {
    app: App,
    watcher: Watcher,
    flow: FlowId,
    filter: Filter,
    rights: Rights,
    looks: watch::Receiver<Look>,
    /// When the session is asked for next.
    session_at_ms: i64,
    /// When it is over whatever is still to come: set once the sending has ended.
    over_at_ms: Option<i64>,
    /// What was told last: of a look that is like it nothing is.
    told: Look,
    /// It was seen being sent: its end changes what stands below, too.
    was_sending: bool,
    ready: VecDeque<Event>,
    is_over: bool,
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        while self.ready.is_empty() {
            if self.is_over {
                return None;
            }
            let clock = self.app.clock().clone();
            let wake_at_ms = self.over_at_ms.map_or(self.session_at_ms, |at| at.min(self.session_at_ms));
            tokio::select! {
                changed = self.looks.changed() => match changed {
                    Ok(()) => self.take_look(),
                    Err(_) => self.end(),
                },
                () = clock.sleep_until(wake_at_ms) => self.take_time().await,
            }
        }
        self.ready.pop_front()
    }

    fn take_look(&mut self) {
        let look = self.looks.borrow_and_update().clone();
        if look == self.told {
            return;
        }
        self.told = look.clone();
        match look {
            Look::None => {}
            Look::Gone => self.end(),
            Look::Seen(seen) => {
                self.show(&seen);
                let flow = &seen.progress.summary;
                if !is_under_way(flow) {
                    self.end();
                } else if awaits_outcomes(flow) {
                    let at_ms = self.app.clock().monotonic_ms() + LATE_OUTCOMES_MS;
                    self.over_at_ms.get_or_insert(at_ms);
                } else {
                    self.over_at_ms = None;
                }
            }
        }
    }

    async fn take_time(&mut self) {
        let now_ms = self.app.clock().monotonic_ms();
        if self.over_at_ms.is_some_and(|at| at <= now_ms) {
            return self.end();
        }
        self.session_at_ms = now_ms + SESSION_MS;
        match self.rights_now().await {
            Ok(Some(rights)) => self.rights = rights,
            Ok(None) => {
                self.send(&SessionOver::new());
                self.end();
            }
            // A ledger that does not answer is asked again; what is shown was theirs to see.
            Err(_) => self.session_at_ms = now_ms + 1_000,
        }
    }

    /// What the person may do with the flow's service now; none if their session is over, or the flow no more theirs.
    async fn rights_now(&self) -> Result<Option<Rights>, Fault> {
        let Some(person) = self.watcher.again(&self.app).await? else { return Ok(None) };
        match Found::of(&self.app, &person, self.flow).await {
            Ok(found) => Ok(Some(found.rights)),
            Err(Fault::NotFound) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn show(&mut self, seen: &Seen) {
        let is_sending = seen.progress.summary.state == FlowState::Sending;
        self.was_sending |= is_sending;
        let ended = self.was_sending && !is_sending;
        self.send(&Progress::of(seen, self.filter, self.rights).telling_the_end(ended, self.filter));
    }

    fn send(&mut self, part: &impl Template) {
        match part.render() {
            Ok(html) => self.ready.push_back(Event::default().data(html)),
            Err(error) => tracing::error!(%error, "a part of a page could not be made"),
        }
    }

    fn end(&mut self) {
        self.is_over = true;
        self.ready.push_back(Event::default().event(OVER).data(""));
    }
}
