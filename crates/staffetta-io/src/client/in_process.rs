//! The client's calls to a simulator in the same process: no sockets, the simulator's clock, the same
//! outcomes. A call that is dropped half-way has arrived or not, as on a network.

use crate::client::exchange::{Answered, Body, Exchange, NotSent};
use crate::client::{Connection, Outgoing};
use crate::simulator::{Ending, Method, Request, Simulator};
use crate::wire::{REMAINING_HEADER, RETRY_AFTER_HEADER};
use secrecy::ExposeSecret;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct InProcess {
    pub(crate) simulator: Arc<Simulator>,
    pub(crate) timeout_ms: i64,
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("InProcess")
    }
}

impl InProcess {
    pub(crate) async fn call(&self, connection: &Connection, outgoing: Outgoing) -> Exchange {
        let key = connection.key.expose_secret();
        if !key.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic()) {
            return Exchange::NotSent(NotSent::KeyUnusable);
        }
        let clock = self.simulator.clock();
        let deadline_ms = clock.monotonic_ms().saturating_add(self.timeout_ms);
        // Half of the way there, half back: whoever gives up in between does not know.
        let way_there_ms = self.simulator.options().latency_ms / 2;
        clock.sleep(way_there_ms).await;
        let method = if outgoing.method == reqwest::Method::GET { Method::Get } else { Method::Post };
        let outcome = self.simulator.handle(&Request {
            method,
            path: outgoing.url.path(),
            query: outgoing.url.query().unwrap_or_default(),
            key: Some(key),
            body: outgoing.body.as_deref().unwrap_or_default(),
        });
        let answer_at_ms =
            clock.monotonic_ms().saturating_add(outcome.delay_ms.saturating_sub(way_there_ms).max(0));
        if answer_at_ms > deadline_ms || outcome.ending == Ending::Hang {
            clock.sleep_until(deadline_ms).await;
            return Exchange::TimedOut;
        }
        clock.sleep_until(answer_at_ms).await;
        match outcome.ending {
            Ending::Answer(answer) => {
                let header = |name: &str| {
                    let found = answer.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                    found.map(|(_, value)| value.clone())
                };
                Exchange::Answered(Answered {
                    status: answer.status,
                    problem_json: answer.content_type == "application/problem+json",
                    remaining: header(REMAINING_HEADER).and_then(|text| text.parse().ok()),
                    retry_after: header(RETRY_AFTER_HEADER).or_else(|| header("retry-after")),
                    body: Body::Whole(answer.body),
                })
            }
            Ending::Drop | Ending::Hang => Exchange::Broken,
        }
    }
}
