//! Approval by a second person, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, FlowState, UnixMillis};
use staffetta_store::approvals::{Approval, Approved};
use staffetta_store::flows::FlowSearch;
use staffetta_store::ledger::{ActiveSeen, PlannedStart, Switched};
use staffetta_store::settings::SettingsChange;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, active, house};

async fn ask_above(ledger: &TestLedger, house: &House, above: Option<u32>) {
    let change = SettingsChange { approval_above: Some(above), ..SettingsChange::default() };
    ledger.change_settings(&house.whole, &change, NOW).await.unwrap();
}

async fn approval(ledger: &TestLedger, house: &House, flow: FlowId) -> Approval {
    let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
    let listed = ledger.search_flows(&house.whole, &FlowSearch::default(), None, 99).await.unwrap();
    let listed = listed.into_iter().find(|other| other.id == flow).unwrap();
    assert_eq!(listed.approval, found.summary.approval, "{}", ledger.kind());
    listed.approval
}

async fn state(ledger: &TestLedger, house: &House, flow: FlowId) -> FlowState {
    ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().summary.state
}

#[tokio::test]
async fn a_large_flow_is_sent_only_after_a_second_person_approved_it() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        ask_above(ledger, &house, Some(3)).await;
        // Activated by anna.
        let (small, _) = active(ledger, &house, house.tributi, 10, 3).await;
        let (large, list) = active(ledger, &house, house.tributi, 20, 4).await;
        assert_eq!(approval(ledger, &house, small).await, Approval::NotNeeded);
        assert_eq!(
            ledger.start_flow(&house.operator, small, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );

        assert_eq!(approval(ledger, &house, large).await, Approval::Awaited);
        for sends in [&house.whole, &house.operator] {
            assert_eq!(
                ledger.start_flow(sends, large, ActiveSeen::at(NOW), NOW).await.unwrap(),
                Switched::Unapproved
            );
            assert_eq!(
                ledger.start_pilot(sends, large, 2, ActiveSeen::at(NOW), NOW).await.unwrap(),
                Switched::Unapproved
            );
        }
        assert_eq!(
            ledger.start_flow(&house.looker, large, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::NotFound
        );
        let approve = |scope, at| ledger.approve_flow(scope, large, at, NOW);
        assert_eq!(approve(&house.whole, NOW).await.unwrap(), Approved::SamePerson);
        assert_eq!(approve(&house.looker, NOW).await.unwrap(), Approved::NotNow);
        assert_eq!(approve(&house.stranger, NOW).await.unwrap(), Approved::NotNow);
        let another = UnixMillis(NOW.0 + 1);
        assert_eq!(approve(&house.operator, another).await.unwrap(), Approved::NotNow, "activated anew");
        assert_eq!(state(ledger, &house, large).await, FlowState::Active);

        assert_eq!(approve(&house.operator, NOW).await.unwrap(), Approved::Done);
        assert_eq!(approve(&house.operator, NOW).await.unwrap(), Approved::NotNow, "it is approved");
        assert_eq!(approval(ledger, &house, large).await, Approval::Given);

        // What is prepared again is approved again.
        assert!(ledger.deactivate_flow(&house.whole, large, NOW).await.unwrap());
        assert!(ledger.activate_flow(&house.operator, large, list, NOW).await.unwrap());
        assert_eq!(
            ledger.start_flow(&house.operator, large, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Unapproved
        );
        assert_eq!(approve(&house.operator, NOW).await.unwrap(), Approved::SamePerson);
        assert_eq!(approve(&house.whole, NOW).await.unwrap(), Approved::Done);
        assert_eq!(
            ledger.start_flow(&house.operator, large, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        assert_eq!(approval(ledger, &house, large).await, Approval::NotNeeded, "it is under way");

        // Interrupted before any call it is a draft again.
        assert_eq!(ledger.interrupt_flow(&house.operator, large, NOW).await.unwrap(), Switched::Done);
        assert!(ledger.activate_flow(&house.operator, large, list, NOW).await.unwrap());
        assert_eq!(approval(ledger, &house, large).await, Approval::Awaited);
        ask_above(ledger, &house, None).await;
        assert_eq!(
            ledger.start_flow(&house.operator, large, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        let events = ledger.events_of_flow(&house.whole, large, 99).await.unwrap();
        let approvers: Vec<_> = events
            .iter()
            .filter(|event| event.kind == "flow-approved")
            .map(|event| event.actor.as_str())
            .collect();
        assert_eq!(approvers, ["anna", "bruno"], "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn who_does_not_approve_says_why_and_the_flow_is_prepared_again() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, _) = active(ledger, &house, house.tributi, 20, 4).await;
        let refuse = |scope| ledger.refuse_flow(scope, flow, NOW, "manca la scadenza", NOW);
        assert_eq!(refuse(&house.operator).await.unwrap(), Approved::NotNow, "it needs none");
        ask_above(ledger, &house, Some(1)).await;
        ledger.plan_start(&house.whole, flow, NOW.plus_ms(60_000), ActiveSeen::at(NOW), NOW).await.unwrap();
        assert_eq!(refuse(&house.whole).await.unwrap(), Approved::SamePerson);
        assert_eq!(refuse(&house.looker).await.unwrap(), Approved::NotNow);
        assert_eq!(refuse(&house.operator).await.unwrap(), Approved::Done);
        assert_eq!(state(ledger, &house, flow).await, FlowState::Inactive);
        let events = ledger.events_of_flow(&house.whole, flow, 9).await.unwrap();
        let told = events.iter().find(|event| event.kind == "flow-not-approved").unwrap();
        assert_eq!((told.actor.as_str(), told.detail.as_deref()), ("bruno", Some("manca la scadenza")));
        let begun = ledger.begin_planned(house.whole.organization, NOW.plus_ms(60_000)).await.unwrap();
        assert!(begun.is_empty(), "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn a_planned_start_waits_for_the_approval() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        ask_above(ledger, &house, Some(3)).await;
        let (flow, _) = active(ledger, &house, house.tributi, 20, 4).await;
        let at = NOW.plus_ms(60_000);
        assert_eq!(
            ledger.plan_start(&house.whole, flow, at, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        let ente = house.whole.organization;
        assert!(ledger.begin_planned(ente, at).await.unwrap().is_empty());
        assert_eq!(ledger.approve_flow(&house.operator, flow, NOW, at).await.unwrap(), Approved::Done);
        let begun = ledger.begin_planned(ente, at.plus_ms(1)).await.unwrap();
        assert_eq!(begun, [PlannedStart::Begun(flow)], "{}", ledger.kind());
    })
    .await;
}
