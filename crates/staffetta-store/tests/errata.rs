//! *Errata corrige*: who may make one, once, and nobody sees a half of it.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{ErrataKind, FlowId, FlowState, NotificationId, NotificationState as State};
use staffetta_domain::{Receipts, Taking};
use staffetta_store::Scope;
use staffetta_store::draft_files::FileShape;
use staffetta_store::errata::{ErrataBegun, NewErrata};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, active, house, new_flow, outcome};

const LATER_MS: i64 = 25 * 3_600_000;
const ALL: Receipts = Receipts { reached: 2, uncertain: 1, declared: 1, not_reached: 5 };

/// A flow that is over, whose nine recipients stand in the nine states; one of those that IO took was declared sent.
async fn over(ledger: &TestLedger, house: &House) -> FlowId {
    let (flow, list) = active(ledger, house, house.tributi, 1, 10).await;
    for (row, state) in (1..).zip(State::ALL) {
        outcome(ledger, NotificationId::new(list, row), state as i16, NOW.0).await;
    }
    let declared = NotificationId::new(list, 10);
    outcome(ledger, declared, State::Accepted as i16, NOW.0).await;
    ledger.raw(&format!("update notification set io_message_id = null where id = {declared}")).await;
    ledger
        .raw(&format!(
            "update flow set state = 4, queued = 0, in_flight = 0, accepted = 2, delivered = 1, uncertain = 1,
               first_call_at = 1, started_at = 1 where id = {flow}"
        ))
        .await;
    flow
}

const fn wanted(source: FlowId, seen: i64) -> NewErrata {
    let taking = Taking { uncertain: true, declared: false };
    NewErrata { source, kind: ErrataKind::Correction, taking, seen }
}

async fn begin(ledger: &TestLedger, house: &House, scope: &Scope, source: FlowId, seen: i64) -> ErrataBegun {
    let new = new_flow(house, house.tributi, "Errata corrige");
    ledger.begin_errata(scope, wanted(source, seen), &new, NOW).await.unwrap()
}

async fn begun(ledger: &TestLedger, house: &House, source: FlowId, seen: i64) -> FlowId {
    match begin(ledger, house, &house.operator, source, seen).await {
        ErrataBegun::Begun(flow) => flow,
        other => panic!("{other:?}"),
    }
}

async fn give_file(ledger: &TestLedger, scope: &Scope, flow: FlowId) {
    let columns = ["cf".to_owned()];
    let file = ledger.begin_file(scope, flow, "presi.csv", &columns, NOW).await.unwrap().unwrap();
    ledger.describe_file(file, &FileShape { columns: columns.into(), ..FileShape::default() }).await.unwrap();
    assert!(ledger.add_file_part(scope, file, b"cf\nA\n").await.unwrap());
    assert!(ledger.finish_file(scope, file).await.unwrap());
}

async fn count(ledger: &TestLedger, table: &str) -> String {
    ledger.raw(&format!("select cast(count(*) as text) from {table}")).await.concat()
}

#[tokio::test]
async fn an_errata_is_seen_when_its_file_is_whole_and_told_by_both_flows() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let source = over(ledger, &house).await;
        let receipts = Receipts { not_reached: 6, ..ALL };
        assert_eq!(ledger.receipts(&house.looker, source).await.unwrap(), receipts, "six: two still wait");
        let errata = begun(ledger, &house, source, 0).await;
        assert_eq!(ledger.find_flow(&house.whole, errata).await.unwrap(), None);
        assert_eq!(ledger.errata_of(&house.whole, source).await.unwrap(), []);
        assert!(!ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap(), "it has no file");
        give_file(ledger, &house.operator, errata).await;
        assert!(!ledger.end_errata(&house.looker, errata, &ALL, NOW).await.unwrap());
        assert!(!ledger.end_errata(&house.stranger, errata, &ALL, NOW).await.unwrap());
        assert!(ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());

        let told = ledger.errata_of(&house.looker, source).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].flow, told[0].source, told[0].receipts), (errata, source, ALL));
        assert_eq!((told[0].state, told[0].created_by.as_str()), (FlowState::Inactive, "bruno"));
        assert_eq!(told[0].taking, wanted(source, 0).taking);
        assert_eq!(ledger.errata(&house.looker, errata).await.unwrap().as_ref(), Some(&told[0]));
        assert_eq!(ledger.errata(&house.looker, source).await.unwrap(), None);
        assert_eq!(ledger.errata_of(&house.stranger, source).await.unwrap(), []);
        for (of, kind, other) in [(source, "flow-errata-made", errata), (errata, "flow-errata-of", source)] {
            let event = &ledger.events_of_flow(&house.looker, of, 1).await.unwrap()[0];
            assert_eq!((event.kind.as_str(), &event.detail), (kind, &Some(other.to_string())));
        }
        // One that is thrown away leaves the source as it was, but for its history.
        assert!(ledger.delete_flow(&house.operator, errata, NOW).await.unwrap());
        assert_eq!(ledger.errata_of(&house.whole, source).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_make_one_at_once_one_does() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let source = over(ledger, &house).await;
        let (one, other) = tokio::join!(
            begin(ledger, &house, &house.operator, source, 0),
            begin(ledger, &house, &house.whole, source, 0)
        );
        let made = [one, other].iter().filter(|begun| matches!(begun, ErrataBegun::Begun(_))).count();
        assert_eq!(made, 1, "{one:?} {other:?}");
        assert!([one, other].contains(&ErrataBegun::Another));
        assert_eq!(count(ledger, "flow").await, "2", "of the other nothing is left");
        assert_eq!(ledger.last_errata(&house.looker, source).await.unwrap(), 1);
        assert_eq!(ledger.last_errata(&house.stranger, source).await.unwrap(), 0);
        // Who knows of it may want another.
        begun(ledger, &house, source, 1).await;
        assert_eq!(begin(ledger, &house, &house.operator, source, 1).await, ErrataBegun::Another);
    })
    .await;
}

#[tokio::test]
async fn only_of_a_flow_that_is_over_by_who_composes_for_its_service() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let source = over(ledger, &house).await;
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(begin(ledger, &house, scope, source, 0).await, ErrataBegun::NotNow);
        }
        for not_over in
            ["state = 2", "state = 1", "state = 4, in_flight = 1", "state = 4, in_flight = 0, queued = 1"]
        {
            ledger.raw(&format!("update flow set {not_over} where id = {source}")).await;
            assert_eq!(
                begin(ledger, &house, &house.operator, source, 0).await,
                ErrataBegun::NotNow,
                "{not_over}"
            );
        }
        ledger.raw(&format!("update flow set state = 3, queued = 0 where id = {source}")).await;
        ledger.raw("update organization set held_at = 1, held_reason = 0").await;
        assert_eq!(begin(ledger, &house, &house.operator, source, 0).await, ErrataBegun::NotNow, "held");
        ledger.raw("update organization set held_at = null, held_reason = null").await;
        let errata = begun(ledger, &house, source, 0).await;
        give_file(ledger, &house.operator, errata).await;
        // Somebody is sent to again while it is made.
        ledger.raw(&format!("update flow set state = 2, queued = 1 where id = {source}")).await;
        assert!(!ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());
        // Or was, or the ledger was found gone back.
        ledger.raw(&format!("update flow set state = 3, queued = 0, accepted = 3 where id = {source}")).await;
        assert!(!ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());
        ledger.raw(&format!("update flow set accepted = 2 where id = {source}")).await;
        ledger.raw("update organization set held_at = 1, held_reason = 1").await;
        assert!(!ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());
        ledger.raw("update organization set held_at = null, held_reason = null").await;
        assert!(ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn of_one_that_was_cut_off_nothing_is_left() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let source = over(ledger, &house).await;
        let errata = begun(ledger, &house, source, 0).await;
        give_file(ledger, &house.operator, errata).await;
        assert_eq!(ledger.sweep_imports(NOW).await.unwrap(), 0, "who makes it may still be at it");
        assert_eq!(ledger.sweep_imports(NOW.plus_ms(LATER_MS)).await.unwrap(), 1);
        for table in ["errata", "draft_file", "draft_file_part", "flow_import"] {
            assert_eq!(count(ledger, table).await, "0", "{table}");
        }
        assert!(!ledger.end_errata(&house.operator, errata, &ALL, NOW).await.unwrap());
        begun(ledger, &house, source, 0).await;
    })
    .await;
}
