//! A forecast of a flow's reach: who may ask for it, of which list it speaks, what is counted.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, NotificationId, Reach, Reason, UnixMillis};
use staffetta_store::forecasts::{ForecastTurn, Foretold};
use staffetta_store::ledger::{ActiveSeen, Switched};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, active, house};

const LATER: UnixMillis = NOW.plus_ms(60_000);

async fn turn(ledger: &TestLedger, house: &House, limit: i64) -> ForecastTurn {
    ledger.next_to_foretell(house.whole.organization, &[], limit).await.unwrap().unwrap()
}

fn foretold(turn: &ForecastTurn, reaches: &[Reach]) -> Vec<Foretold> {
    turn.rows.iter().zip(reaches).map(|(row, reach)| Foretold { id: row.id(), reach: *reach }).collect()
}

async fn asked(ledger: &TestLedger, house: &House, flow: FlowId) {
    assert_eq!(ledger.ask_forecast(&house.operator, flow, NOW).await.unwrap(), Switched::Done);
}

#[tokio::test]
async fn only_who_composes_asks_and_only_for_what_was_not_sent() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, _) = active(ledger, &house, house.tributi, 1, 3).await;
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(ledger.ask_forecast(scope, flow, NOW).await.unwrap(), Switched::NotNow);
        }
        assert!(ledger.forecast(&house.whole, flow).await.unwrap().is_none());
        asked(ledger, &house, flow).await;
        assert_eq!(
            ledger.ask_forecast(&house.whole, flow, NOW).await.unwrap(),
            Switched::NotNow,
            "it goes on"
        );
        assert!(ledger.forecast(&house.stranger, flow).await.unwrap().is_none());
        let seen = ledger.forecast(&house.looker, flow).await.unwrap().unwrap();
        assert_eq!((seen.recipients, seen.asked(), seen.asked_by.as_str()), (3, 0, "bruno"));
        assert_eq!(ledger.stop_forecast(&house.looker, flow, NOW).await.unwrap(), Switched::NotNow);
        assert_eq!(ledger.stop_forecast(&house.operator, flow, NOW).await.unwrap(), Switched::Done);
        assert!(ledger.next_to_foretell(house.whole.organization, &[], 9).await.unwrap().is_none());
        asked(ledger, &house, flow).await;
        assert_eq!(
            ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        assert!(ledger.next_to_foretell(house.whole.organization, &[], 9).await.unwrap().is_none());
        let over = ledger.forecast(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!(over.ended_at, Some(NOW), "the sending asks for whom is missing");
        assert_eq!(ledger.ask_forecast(&house.whole, flow, NOW).await.unwrap(), Switched::NotNow);
    })
    .await;
}

#[tokio::test]
async fn each_answer_is_counted_once_and_what_was_not_answered_is_asked_for_again() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 1, 5).await;
        let epoch = ledger.taken(house.whole.organization, NOW).await.epoch;
        asked(ledger, &house, flow).await;
        assert!(
            ledger.next_to_foretell(house.whole.organization, &[house.tributi], 9).await.unwrap().is_none()
        );
        let first = turn(ledger, &house, 4).await;
        assert_eq!(first.rows.len(), 4);
        // The second was not answered.
        let answers =
            [Reach::Reachable, Reach::Reachable, Reach::Not(Reason::ServiceOff), Reach::Not(Reason::NotOnIo)];
        let mut told = foretold(&first, &answers);
        told.remove(1);
        let reached = first.rows[0].id();
        let record =
            async |epoch| ledger.record_foretold(&first, epoch, &told, reached, LATER).await.unwrap();
        assert!(!record(epoch - 1).await, "another owner has the ente");
        assert!(record(epoch).await);
        // Stopped and asked for again, it goes on from there.
        assert_eq!(ledger.stop_forecast(&house.operator, flow, LATER).await.unwrap(), Switched::Done);
        assert_eq!(ledger.ask_forecast(&house.looker, flow, LATER).await.unwrap(), Switched::NotNow);
        assert_eq!(ledger.ask_forecast(&house.operator, flow, LATER).await.unwrap(), Switched::Done);
        assert_eq!(ledger.forecast(&house.whole, flow).await.unwrap().unwrap().asked(), 3);
        let second = turn(ledger, &house, 9).await;
        let rows: Vec<NotificationId> = second.rows.iter().map(|row| row.id()).collect();
        assert_eq!(rows, [2, 5].map(|row| NotificationId::new(list, row)));
        let told = foretold(&second, &[Reach::Not(Reason::PayloadRefused), Reach::Reachable]);
        assert!(ledger.record_foretold(&second, epoch, &told, rows[1], LATER).await.unwrap());
        let last = turn(ledger, &house, 9).await;
        assert!(last.rows.is_empty());
        assert!(ledger.end_forecast(&last, LATER).await.unwrap());
        let whole = ledger.forecast(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!((whole.reachable, whole.service_off, whole.not_on_io, whole.refused), (2, 1, 1, 1));
        assert!(whole.is_whole() && whole.ended_at == Some(LATER));
        // The rows wait as before, and tell what IO said of them.
        let waiting = ledger.next_fresh(list, list.bounds().0, None, 9).await.unwrap();
        let told: Vec<_> = waiting.iter().map(|row| row.foretold(LATER)).collect();
        assert_eq!(told[0], Some(Reach::Reachable));
        assert_eq!(told[1], None, "IO would not tell: it is asked again");
        assert_eq!(told[2], Some(Reach::Not(Reason::ServiceOff)));
        assert!(waiting[0].foretold(LATER.plus_ms(24 * 3_600_000)).is_none());
        // Asked for anew, it begins from nothing, and what comes late of the one before is not counted.
        assert_eq!(ledger.ask_forecast(&house.whole, flow, LATER.plus_ms(1)).await.unwrap(), Switched::Done);
        assert!(!ledger.record_foretold(&second, epoch, &[], rows[1], LATER).await.unwrap());
        assert_eq!(ledger.forecast(&house.whole, flow).await.unwrap().unwrap().asked(), 0);
        assert_eq!(turn(ledger, &house, 9).await.rows.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn where_io_never_says_anything_of_those_who_are_left_a_forecast_stops() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 1, 3).await;
        let epoch = ledger.taken(house.whole.organization, NOW).await.epoch;
        asked(ledger, &house, flow).await;
        let before = list.bounds().0;
        let fruitless = async |times: usize| {
            for _ in 0..times {
                let stretch = turn(ledger, &house, 9).await;
                assert!(ledger.record_foretold(&stretch, epoch, &[], before, LATER).await.unwrap());
            }
            ledger.forecast(&house.whole, flow).await.unwrap().unwrap().ended_at
        };
        assert_eq!(fruitless(29).await, None);
        let stretch = turn(ledger, &house, 9).await;
        let one = foretold(&stretch, &[Reach::Reachable]);
        assert!(ledger.record_foretold(&stretch, epoch, &one, before, LATER).await.unwrap());
        assert_eq!(fruitless(29).await, None, "{}: it had come on", ledger.kind());
        assert_eq!(fruitless(1).await, Some(LATER));
        let told = ledger.forecast(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!((told.asked(), told.is_whole()), (1, false));
        // A person may let it go on.
        assert_eq!(ledger.ask_forecast(&house.whole, flow, LATER).await.unwrap(), Switched::Done);
        assert_eq!(fruitless(29).await, None);
    })
    .await;
}
