//! A flow followed without reloading: what is new, and when the stream ends.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::body::Body;
use http_body_util::BodyExt as _;
use staffetta_domain::FlowId;
use staffetta_io::{Clock as _, ManualClock};
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::testing::for_each_ledger;
use std::sync::Arc;
use std::time::Duration;
use support::{NOW, Town, Visitor};

/// What a page receives of a flow; its time passes only while something is awaited.
struct Stream {
    clock: ManualClock,
    /// How much passes at a time.
    step_ms: i64,
    body: Body,
}

impl Stream {
    async fn open(person: &Visitor, clock: &ManualClock, flow: FlowId) -> Self {
        let response = person.open(&format!("/flussi/{flow}/avanzamento")).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { clock: clock.clone(), step_ms: 500, body: response.into_body() }
    }

    /// The next event, none if the stream has ended.
    async fn next(&mut self) -> Option<String> {
        for _ in 0..400 {
            match tokio::time::timeout(Duration::from_millis(50), self.body.frame()).await {
                Ok(frame) => {
                    let data = frame?.unwrap().into_data().unwrap();
                    return Some(String::from_utf8(data.to_vec()).unwrap());
                }
                Err(_) => self.clock.advance(self.step_ms),
            }
        }
        panic!("nothing came");
    }

    /// The first event that says this.
    async fn says(&mut self, words: &str) -> String {
        loop {
            let event = self.next().await.unwrap();
            if event.contains(words) {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn what_changes_is_told_until_nothing_more_is_to_come() {
    for_each_ledger(async |ledger| {
        let clock = ManualClock::new(NOW);
        let town = Town::with_clock(ledger, Arc::new(clock.clone())).await;
        let flow = town.sending().await;
        let mut bruno = Stream::open(&town.bruno, &clock, flow).await;
        let mut carla = Stream::open(&town.carla, &clock, flow).await;
        let first = bruno.next().await.unwrap();
        for words in ["In invio", "0 di 3 (0%)", "non è al lavoro", "Pausa", "<progress"] {
            assert!(first.contains(words), "{words}: {first}");
        }
        assert!(!carla.next().await.unwrap().contains("Pausa"), "she may not");
        town.store.pause_flow(&town.whole, flow, NOW).await.unwrap();
        assert!(bruno.says("In pausa").await.contains("Riprendi"));
        carla.says("In pausa").await;
        // Ended, with an outcome that IO has still to tell.
        ledger
            .raw(&format!(
                "update flow set state = 3, queued = 0, accepted = 1, delivered = 2 where id = {flow}"
            ))
            .await;
        bruno.says("Inviato").await;
        ledger.raw(&format!("update flow set accepted = 0, delivered = 3 where id = {flow}")).await;
        bruno.says("<strong>3</strong> Disponibile su IO").await;
        assert!(bruno.next().await.unwrap().contains("event: fine"));
        assert_eq!(bruno.next().await, None);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_planned_start_a_held_ente_and_doubts_appear_by_themselves() {
    for_each_ledger(async |ledger| {
        let clock = ManualClock::new(NOW);
        let town = Town::with_clock(ledger, Arc::new(clock.clone())).await;
        let flow = town.active().await;
        let at = NOW.plus_ms(3_600_000);
        town.store.plan_start(&town.whole, flow, at, ActiveSeen::at(NOW), NOW).await.unwrap();
        let mut bruno = Stream::open(&town.bruno, &clock, flow).await;
        assert!(bruno.says("partirà da solo").await.contains("Annulla la programmazione"));
        town.store.begin_planned(town.whole.organization, at).await.unwrap();
        assert!(bruno.says("In invio").await.contains("Pausa"));
        let ente = town.whole.organization;
        ledger.raw(&format!("update organization set held_at = 1, held_reason = 1 where id = {ente}")).await;
        bruno.says("Gli invii dell’ente sono fermi").await;
        ledger.raw(&format!("update flow set queued = 1, uncertain = 2 where id = {flow}")).await;
        assert!(bruno.says("Di 2 notifiche non si sa").await.contains("decidi/reinvia"));
        ledger.raw(&format!("update flow set state = 1, queued = 3, uncertain = 0 where id = {flow}")).await;
        bruno.says("event: fine").await;
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn it_ends_with_the_session_and_with_the_right_to_look() {
    for_each_ledger(async |ledger| {
        let clock = ManualClock::new(NOW);
        let town = Town::with_clock(ledger, Arc::new(clock.clone())).await;
        let flow = town.sending().await;
        let mut bruno = Stream::open(&town.bruno, &clock, flow).await;
        let mut carla = Stream::open(&town.carla, &clock, flow).await;
        bruno.says("In invio").await;
        carla.says("In invio").await;
        town.end_session("bruno").await;
        ledger.raw("delete from operator_service where rights = 0").await;
        let asked_at = clock.monotonic_ms();
        for stream in [&mut bruno, &mut carla] {
            stream.says("La tua sessione è finita").await;
            assert!(stream.next().await.unwrap().contains("event: fine"));
            assert_eq!(stream.next().await, None);
        }
        assert!(clock.monotonic_ms() - asked_at <= 35_000);
        let path = format!("/flussi/{flow}/avanzamento");
        town.bruno.get(&path).await.shows(401, &["La tua sessione è finita"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_outcome_that_does_not_come_is_not_awaited_for_ever() {
    for_each_ledger(async |ledger| {
        let clock = ManualClock::new(NOW);
        let town = Town::with_clock(ledger, Arc::new(clock.clone())).await;
        let flow = town.sending().await;
        ledger.raw(&format!("update flow set state = 3, queued = 0, accepted = 3 where id = {flow}")).await;
        let mut stream = Stream::open(&town.bruno, &clock, flow).await;
        stream.says("non si conosce ancora").await;
        stream.step_ms = 10_000;
        let since = clock.monotonic_ms();
        stream.says("event: fine").await;
        assert!((600_000..640_000).contains(&(clock.monotonic_ms() - since)));
        town.store.close().await;
    })
    .await;
}
