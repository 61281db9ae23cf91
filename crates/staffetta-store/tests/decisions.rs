//! What people decide: on uncertain outcomes, on an ente that was held, on pilots and planned starts; on both
//! databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::protocol::Decision;
use staffetta_domain::sending_hours::START_MISSED_MS;
use staffetta_domain::{FlowState, NotificationId, NotificationState as State, Reason, UnixMillis};
use staffetta_store::flows::{FlowSearch, Planned};
use staffetta_store::ledger::{ActiveSeen, Claim, Doubts, Group, PlannedStart, Switched, Waiting};
use staffetta_store::notifications::SingleAdded;
use staffetta_store::testing::for_each_ledger;
use support::sending::sending;
use support::{NOW, active, house, single};

#[tokio::test]
async fn an_uncertain_outcome_is_sent_again_as_a_new_attempt() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2, 3], Vec::new()).await;
        let answers = vec![sending.accepted(1, 1), sending.accepted(2, 1)];
        sending.commit(2, &[], answers).await;
        ledger.taken(sending.organization(), NOW).await;
        assert_eq!(sending.told().await.0, FlowState::Incomplete);
        let decide = |scope, doubts, decision| {
            ledger.decide_uncertain(scope, doubts, decision, "era spenta la rete", NOW.plus_ms(5))
        };
        let doubt = Doubts::One(sending.id(3), 1);
        for other in [sending.id(1), sending.id(9)] {
            let none = decide(&sending.scope, Doubts::One(other, 1), Decision::Resend).await.unwrap();
            assert_eq!(none, 0, "it is not in doubt");
        }
        assert_eq!(decide(&sending.scope, doubt, Decision::Resend).await.unwrap(), 1);
        assert_eq!(decide(&sending.scope, doubt, Decision::Resend).await.unwrap(), 0, "once");
        assert_eq!(
            sending.told().await,
            (FlowState::Sending, vec![(State::Queued, 1), (State::Accepted, 2)])
        );
        let late = sending.commit(3, &[], vec![sending.accepted(3, 1)]).await;
        assert_eq!(late.changed, 0, "somebody decided");
        let due = ledger.next_retries(sending.organization(), &[], NOW.plus_ms(5), 9).await.unwrap();
        assert_eq!(due.iter().map(|row| (row.id(), row.attempt)).collect::<Vec<_>>(), [(sending.id(3), 2)]);

        let events = ledger.events_of_notification(&sending.scope, sending.id(3), 9).await.unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!((events[0].actor.as_str(), events[0].kind.as_str()), ("anna", "uncertain-resent"));
        assert_eq!(events[0].detail.as_deref(), Some("era spenta la rete"));
    })
    .await;
}

#[tokio::test]
async fn all_doubts_of_a_flow_are_considered_sent_at_once() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2, 3], Vec::new()).await;
        ledger.taken(sending.organization(), NOW).await;
        let all = Doubts::OfFlow(sending.flow, NOW);
        for (name, decided) in [("carla", 0), ("bruno", 3)] {
            let operators = ledger.operators(sending.organization()).await.unwrap();
            let id = operators.iter().find(|operator| operator.name == name).unwrap().id;
            let scope = ledger.scope_of(sending.organization(), id).await.unwrap().unwrap();
            let decision = Decision::ConsiderSent;
            let done = ledger.decide_uncertain(&scope, all, decision, "visto in app", NOW).await.unwrap();
            assert_eq!(done, decided, "{name}");
        }
        assert_eq!(sending.told().await, (FlowState::Sent, vec![(State::Accepted, 3)]));
        let row = ledger.find_notification(&sending.scope, sending.id(2)).await.unwrap().unwrap();
        assert_eq!(row.row.reason, Some(Reason::DeclaredSent));
        assert!(
            ledger
                .next_checks(sending.organization(), &[], NOW.plus_ms(1_000_000), 9)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            ledger.verify_flow(&sending.scope, sending.flow, NOW).await.unwrap(),
            0,
            "IO's id is not known"
        );
        let events = ledger.events_of_flow(&sending.scope, sending.flow, 1).await.unwrap();
        assert_eq!(events[0].detail.as_deref(), Some("3 · visto in app"));
    })
    .await;
}

#[tokio::test]
async fn a_row_of_an_interrupted_flow_may_be_sent_again() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        let epoch = ledger.taken(sending.organization(), NOW).await.epoch;
        assert_eq!(
            sending.told().await,
            (FlowState::Incomplete, vec![(State::Uncertain, 1), (State::Cancelled, 2)])
        );
        let doubt = Doubts::One(sending.id(1), 1);
        let decided =
            ledger.decide_uncertain(&sending.scope, doubt, Decision::Resend, "", NOW).await.unwrap();
        assert_eq!((decided, sending.told().await.0), (1, FlowState::Sending));
        let mut sending = sending;
        sending.epoch = epoch;
        let due = ledger.next_retries(sending.organization(), &[], NOW, 9).await.unwrap();
        assert_eq!(due.len(), 1, "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn a_single_notification_in_doubt_is_decided_by_who_writes_such() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let new = single(house.tributi, 40, None);
        let SingleAdded::New(id) = ledger.add_single(&house.whole, &new, NOW).await.unwrap() else {
            panic!()
        };
        ledger
            .raw(&format!("update notification set state = 7, claim = 5, settled_at = 1 where id = {id}"))
            .await;
        let decide = |scope| ledger.decide_uncertain(scope, Doubts::One(id, 1), Decision::Resend, "", NOW);
        assert_eq!(decide(&house.looker).await.unwrap(), 0);
        assert_eq!(decide(&house.stranger).await.unwrap(), 0);
        assert_eq!(decide(&house.operator).await.unwrap(), 1);
        let again = ledger.next_singles(house.whole.organization, &[], NOW, 9).await.unwrap();
        assert_eq!(again.iter().map(|row| row.attempt).collect::<Vec<_>>(), [2]);
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_taken_on_the_doubt_that_the_person_saw() {
    for_each_ledger(async |ledger| {
        let mut sending = sending(ledger).await;
        sending.commit(1, &[1, 2], Vec::new()).await;
        sending.epoch = ledger.taken(sending.organization(), NOW).await.epoch;
        let decide = async |doubts| {
            ledger.decide_uncertain(&sending.scope, doubts, Decision::Resend, "", NOW).await.unwrap()
        };
        let one = Doubts::One(sending.id(1), 1);
        assert_eq!(decide(one).await, 1);
        let seen = ledger.last_doubt(&sending.scope, sending.flow).await.unwrap().unwrap();
        assert_eq!(seen, NOW);
        // The second attempt becomes a doubt, too.
        let claims =
            vec![Claim { id: sending.id(1), flow: Some(sending.flow), attempt: 2, started_at: Some(NOW) }];
        let later = NOW.plus_ms(1);
        let (organization, epoch) = (sending.organization(), sending.epoch);
        let group = Group { organization, epoch, claim: 1 << 50, claims, changes: Vec::new(), now: later };
        assert_eq!(ledger.commit_group(&group).await.unwrap().claimed.len(), 1);
        ledger.taken(organization, later).await;
        assert_eq!(decide(one).await, 0, "{}: the same form, posted again", ledger.kind());
        assert_eq!(decide(Doubts::OfFlow(sending.flow, seen)).await, 1, "only that of the second row");
        let last = ledger.last_doubt(&sending.scope, sending.flow).await.unwrap();
        assert_eq!(last, Some(later));
        assert_eq!(decide(Doubts::One(sending.id(1), 2)).await, 1);
        assert_eq!(ledger.last_doubt(&sending.scope, sending.flow).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_waited_in_a_held_ente_may_become_uncertain() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, _) = active(ledger, &house, house.tributi, 10, 3).await;
        let (untouched, _) = active(ledger, &house, house.tributi, 20, 2).await;
        ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap();
        ledger.pause_flow(&house.whole, flow, NOW).await.unwrap();
        ledger.plan_start(&house.whole, untouched, NOW.plus_ms(1), ActiveSeen::at(NOW), NOW).await.unwrap();
        ledger.add_single(&house.whole, &single(house.tributi, 40, None), NOW).await.unwrap();
        let held = UnixMillis(1);
        let release = |waiting| ledger.release_organization(&house.whole, waiting, held, NOW.plus_ms(1));
        assert_eq!(release(Waiting::MayHaveLeft).await.unwrap(), None, "it is not held");
        let told = async |id| {
            let found = ledger.find_flow(&house.whole, id).await.unwrap().unwrap().summary;
            (found.state, found.tally.count(State::Queued), found.tally.count(State::Uncertain))
        };
        assert_eq!(told(flow).await, (FlowState::Sending, 3, 0));
        ledger.raw("update organization set held_at = 1, held_reason = 2").await;
        assert_eq!(release(Waiting::MayHaveLeft).await.unwrap(), Some(4));
        assert_eq!(told(flow).await, (FlowState::Incomplete, 0, 3));
        assert_eq!(told(untouched).await, (FlowState::Active, 2, 0));
        let began = ledger.begin_planned(house.whole.organization, NOW.plus_ms(2)).await.unwrap();
        assert!(began.is_empty(), "{}: it asks", ledger.kind());
        assert_eq!(ledger.organization(house.whole.organization).await.unwrap().unwrap().held, None);
    })
    .await;
}

#[tokio::test]
async fn a_pilot_sends_its_first_rows_and_waits() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 10, 3).await;
        assert_eq!(
            ledger.start_pilot(&house.whole, flow, 2, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        let ente = house.whole.organization;
        let pilot = async || ledger.sending_flows(ente).await.unwrap().first().and_then(|flow| flow.pilot());
        assert_eq!(pilot().await, Some(NotificationId::new(list, 2)));
        assert!(!ledger.end_pilot(flow, NOW).await.unwrap(), "its rows wait");
        let told = async || ledger.find_flow(&house.looker, flow).await.unwrap().unwrap().summary.pilot;
        assert_eq!(told().await, Some(2));
        ledger.pause_flow(&house.whole, flow, NOW).await.unwrap();
        ledger.resume_flow(&house.whole, flow, NOW).await.unwrap();
        assert_eq!(told().await, Some(2), "{}: it goes on as a pilot", ledger.kind());
        let (first, _) = list.bounds();
        ledger.raw(&format!("update notification set state = 5 where id <= {}", first.0 + 2)).await;
        assert!(ledger.end_pilot(flow, NOW).await.unwrap());
        assert!(ledger.sending_flows(ente).await.unwrap().is_empty(), "it waits for a person");
        assert!(!ledger.end_pilot(flow, NOW).await.unwrap());
        assert_eq!(ledger.resume_flow(&house.whole, flow, NOW).await.unwrap(), Switched::Done);
        assert_eq!(pilot().await, None, "{}: all the others are sent", ledger.kind());
        assert_eq!(told().await, None);

        let (short, _) = active(ledger, &house, house.tributi, 20, 2).await;
        ledger.start_pilot(&house.whole, short, 20, ActiveSeen::at(NOW), NOW).await.unwrap();
        let flows = ledger.sending_flows(ente).await.unwrap();
        assert_eq!(flows.iter().find(|flow| flow.id() == short).and_then(|flow| flow.pilot()), None);
    })
    .await;
}

#[tokio::test]
async fn nothing_beyond_a_pilot_is_claimed_also_when_it_comes_again_or_was_paused() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 10, 3).await;
        let ente = house.whole.organization;
        // All of them came back to the queue before, and the flow was taken back.
        ledger.raw("update notification set retry_at = 1, retries = 2, retry_since = 1, reason = 8").await;
        assert_eq!(
            ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        let due = async || ledger.next_retries(ente, &[], NOW, 9).await.unwrap().len();
        assert_eq!(due().await, 3);
        assert_eq!(ledger.interrupt_flow(&house.whole, flow, NOW).await.unwrap(), Switched::Done);
        let found =
            ledger.raw("select cast(count(*) as text) from notification where retry_at is null").await;
        assert_eq!(found, ["3"], "as if nobody had ever tried");
        ledger.raw("update notification set retry_at = 1").await;
        ledger.raw(&format!("update flow set state = 1, activated_at = {} where id = {flow}", NOW.0)).await;
        assert_eq!(
            ledger.start_pilot(&house.whole, flow, 1, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        assert_eq!(due().await, 1, "of the pilot only");

        let epoch = ledger.taken(ente, NOW).await.epoch;
        let claims = (1..=3)
            .map(|row| Claim {
                id: NotificationId::new(list, row),
                flow: Some(flow),
                attempt: 1,
                started_at: Some(NOW),
            })
            .collect();
        let group = Group { organization: ente, epoch, claim: 1, claims, changes: Vec::new(), now: NOW };
        let pause = async || {
            assert_eq!(ledger.pause_flow(&house.whole, flow, NOW).await.unwrap(), Switched::Done);
            assert_eq!(ledger.resume_flow(&house.whole, flow, NOW).await.unwrap(), Switched::Done);
        };
        pause().await;
        assert_eq!(ledger.commit_group(&group).await.unwrap().claimed, [NotificationId::new(list, 1)]);
        pause().await;
        let again = Group { claim: 2, ..group };
        assert!(ledger.commit_group(&again).await.unwrap().claimed.is_empty(), "it is a pilot in its middle");
        ledger.raw("update notification set state = 5 where state = 1").await;
        pause().await;
        let rest = Group { claim: 3, ..again };
        assert_eq!(ledger.commit_group(&rest).await.unwrap().claimed.len(), 2, "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_interrupted_flow_is_resent_while_it_has_calls_on_the_wire() {
    for_each_ledger(async |ledger| {
        let mut sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        sending.epoch = ledger.taken(sending.organization(), NOW).await.epoch;
        sending.commit(2, &[2], Vec::new()).await;
        ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        let resend = async || {
            let all = Doubts::OfFlow(sending.flow, NOW);
            ledger.decide_uncertain(&sending.scope, all, Decision::Resend, "", NOW).await.unwrap()
        };
        assert_eq!(resend().await, 0);
        sending.commit(3, &[], vec![sending.accepted(2, 2)]).await;
        assert_eq!(resend().await, 1, "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn a_planned_start_begins_in_time_and_asks_when_it_was_missed() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, _) = active(ledger, &house, house.tributi, 10, 3).await;
        let ente = house.whole.organization;
        let at = NOW.plus_ms(60_000);
        let plan = |scope, at| ledger.plan_start(scope, flow, at, ActiveSeen::at(NOW), NOW);
        assert_eq!(plan(&house.looker, at).await.unwrap(), Switched::NotNow);
        assert_eq!(plan(&house.stranger, at).await.unwrap(), Switched::NotNow);
        assert_eq!(plan(&house.operator, NOW.plus_ms(30_000)).await.unwrap(), Switched::Done);
        assert_eq!(plan(&house.operator, at).await.unwrap(), Switched::Done, "planned anew");
        let planned = async |scope| ledger.find_flow(scope, flow).await.unwrap().unwrap().summary.planned;
        assert_eq!(planned(&house.looker).await, Some(Planned { at, missed: false }));
        let begin = |now| ledger.begin_planned(ente, now);
        assert!(begin(at.plus_ms(-1)).await.unwrap().is_empty());
        let late = at.plus_ms(START_MISSED_MS + 1);
        assert_eq!(begin(late).await.unwrap(), [PlannedStart::Missed(flow)]);
        assert!(begin(late).await.unwrap().is_empty(), "it asks once");
        let listed = ledger.search_flows(&house.whole, &FlowSearch::default(), None, 9).await.unwrap();
        assert_eq!(listed[0].planned, Some(Planned { at, missed: true }), "{}", ledger.kind());
        assert_eq!(plan(&house.operator, NOW).await.unwrap(), Switched::NotNow, "it passed");
        plan(&house.operator, late).await.unwrap();
        assert_eq!(begin(late).await.unwrap(), [PlannedStart::Begun(flow)]);
        let state = async || ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().summary.state;
        assert_eq!(state().await, FlowState::Sending);
        assert_eq!(planned(&house.whole).await, None);
        assert_eq!(plan(&house.operator, late).await.unwrap(), Switched::NotNow, "it is under way");

        let (taken_back, _) = active(ledger, &house, house.tributi, 20, 2).await;
        ledger.plan_start(&house.whole, taken_back, at, ActiveSeen::at(NOW), NOW).await.unwrap();
        assert!(ledger.deactivate_flow(&house.whole, taken_back, NOW).await.unwrap());
        assert!(begin(at).await.unwrap().is_empty());
        let (unplanned, _) = active(ledger, &house, house.tributi, 30, 2).await;
        ledger.plan_start(&house.whole, unplanned, at, ActiveSeen::at(NOW), NOW).await.unwrap();
        assert_eq!(ledger.unplan_start(&house.looker, unplanned, NOW).await.unwrap(), Switched::NotNow);
        assert_eq!(ledger.unplan_start(&house.whole, unplanned, NOW).await.unwrap(), Switched::Done);
        assert!(begin(at).await.unwrap().is_empty(), "{}", ledger.kind());
    })
    .await;
}

#[tokio::test]
async fn a_status_is_asked_for_now_by_who_may_send() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2], Vec::new()).await;
        sending.commit(2, &[], vec![sending.accepted(1, 1), sending.accepted(2, 1)]).await;
        ledger.raw("update notification set next_check_at = null where state = 2").await;
        let ente = sending.organization();
        let due = async || ledger.next_checks(ente, &[], NOW, 9).await.unwrap().len();
        let looker = ledger.operators(ente).await.unwrap();
        let looker = looker.iter().find(|operator| operator.name == "carla").unwrap().id;
        let looker = ledger.scope_of(ente, looker).await.unwrap().unwrap();
        assert_eq!(ledger.verify_flow(&looker, sending.flow, NOW).await.unwrap(), 0);
        assert!(!ledger.verify_notification(&looker, sending.id(1), NOW).await.unwrap());
        assert!(ledger.verify_notification(&sending.scope, sending.id(1), NOW).await.unwrap());
        assert_eq!(due().await, 1);
        assert_eq!(ledger.verify_flow(&sending.scope, sending.flow, NOW).await.unwrap(), 1, "the other one");
        assert!(!ledger.verify_notification(&sending.scope, sending.id(3), NOW).await.unwrap(), "it waits");
        assert_eq!(due().await, 2, "{}", ledger.kind());
    })
    .await;
}
