//! The sending side of the ledger: claims, outcomes, tallies, recovery and what a person does meanwhile, on
//! both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use secrecy::SecretString;
use staffetta_domain::{FlowState, NotificationState as State, Reason, UnixMillis};
use staffetta_store::ledger::{ActiveSeen, Change, Guard, Switched};
use staffetta_store::resends::Unsuccessful;
use staffetta_store::services::ServiceChange;
use staffetta_store::testing::for_each_ledger;
use support::sending::sending;
use support::{NOW, active, house};

#[tokio::test]
async fn a_row_is_claimed_once_even_within_one_group() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let done = sending.commit(1, &[1, 1, 2], Vec::new()).await;
        assert_eq!(done.claimed, [sending.id(1), sending.id(2)]);
        assert!(sending.commit(2, &[1, 2], Vec::new()).await.claimed.is_empty());
        assert_eq!(sending.told().await.1, [(State::Queued, 1), (State::InFlight, 2)]);
    })
    .await;
}

#[tokio::test]
async fn two_groups_at_once_do_not_share_a_row() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let (one, two) = tokio::join!(
            sending.commit(1, &[1, 2, 3], Vec::new()),
            sending.commit(2, &[3, 2, 1], Vec::new())
        );
        assert_eq!(one.claimed.len() + two.claimed.len(), 3);
        assert_eq!(sending.told().await.1, [(State::InFlight, 3)]);
    })
    .await;
}

#[tokio::test]
async fn an_older_epoch_claims_nothing_but_its_answers_count() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2], Vec::new()).await;
        let doubts = ledger.taken(sending.organization(), NOW).await.uncertain;
        assert_eq!(doubts, 2);
        assert_eq!(sending.told().await.1, [(State::Queued, 1), (State::Uncertain, 2)]);
        let late = sending.commit(2, &[3], vec![sending.accepted(1, 1)]).await;
        assert!(late.epoch_lost && late.claimed.is_empty());
        assert_eq!(late.changed, 1);
        assert_eq!(sending.told().await.1, [(State::Queued, 1), (State::Accepted, 1), (State::Uncertain, 1)]);
        // The answer of another claim settles nothing.
        assert_eq!(sending.commit(3, &[], vec![sending.accepted(2, 9)]).await.changed, 0);
    })
    .await;
}

#[tokio::test]
async fn an_outcome_written_twice_counts_once() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        let twice = vec![sending.accepted(1, 1), sending.accepted(1, 1)];
        assert_eq!(sending.commit(2, &[], twice).await.changed, 1);
        assert_eq!(sending.commit(3, &[], vec![sending.accepted(1, 1)]).await.changed, 0);
        assert_eq!(sending.told().await.1, [(State::Queued, 2), (State::Accepted, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_flow_ends_with_its_last_outcome_and_follows_what_comes_later() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2, 3], Vec::new()).await;
        sending.commit(2, &[], vec![sending.accepted(1, 1), sending.accepted(2, 1)]).await;
        assert_eq!(sending.told().await.0, FlowState::Sending);
        sending.commit(3, &[], vec![sending.accepted(3, 1)]).await;
        assert_eq!(sending.told().await.0, FlowState::Sent);
        let checked = |row, to| Change {
            checked: true,
            ..Change::new(sending.id(row), Some(sending.flow), Guard::Accepted { attempt: 1 }, to)
        };
        let due = ledger.next_checks(sending.organization(), &[], UnixMillis(NOW.0 + 1), 10).await.unwrap();
        assert_eq!(due.len(), 3);
        sending.commit(4, &[], vec![checked(1, State::Delivered), checked(2, State::Rejected)]).await;
        assert_eq!(
            sending.told().await,
            (FlowState::Incomplete, vec![(State::Accepted, 1), (State::Delivered, 1), (State::Rejected, 1)])
        );
        // A status of another attempt is not this one's.
        let stale = Change { guard: Guard::Accepted { attempt: 2 }, ..checked(3, State::Delivered) };
        assert_eq!(sending.commit(5, &[], vec![stale]).await.changed, 0);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_goes_back_is_found_again_when_it_is_due() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let organization = sending.organization();
        sending.commit(1, &[1], Vec::new()).await;
        let retry_at = Some(UnixMillis(NOW.0 + 5_000));
        let reason = Some(Reason::IoBusy);
        let retry_since = Some(NOW);
        let back = Change { retry_at, reason, retry_since, ..sending.answer(1, 1, State::Queued) };
        sending.commit(2, &[], vec![back]).await;
        let fresh = ledger.next_fresh(sending.list, sending.list.bounds().0, None, 10).await.unwrap();
        assert_eq!(fresh.iter().map(|row| row.id()).collect::<Vec<_>>(), [sending.id(2), sending.id(3)]);
        assert!(
            ledger.next_retries(organization, &[], UnixMillis(NOW.0 + 4_999), 10).await.unwrap().is_empty()
        );
        let due = ledger.next_retries(organization, &[], UnixMillis(NOW.0 + 5_000), 10).await.unwrap();
        assert_eq!(due.len(), 1);
        assert_eq!((due[0].retries, due[0].retry_since(), due[0].retry_at()), (1, Some(NOW), retry_at));
        assert_eq!(sending.commit(3, &[1], Vec::new()).await.claimed, [sending.id(1)]);
    })
    .await;
}

#[tokio::test]
async fn a_paused_flow_gives_no_claims() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        assert_eq!(ledger.pause_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::Done);
        assert_eq!(ledger.pause_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::NotNow);
        assert!(sending.commit(1, &[1], Vec::new()).await.claimed.is_empty());
        assert!(ledger.sending_flows(sending.organization()).await.unwrap().is_empty());
        assert_eq!(ledger.resume_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::Done);
        assert_eq!(sending.commit(2, &[1], Vec::new()).await.claimed.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_paused_service_gives_no_claims() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let service = ledger.sending_flows(sending.organization()).await.unwrap()[0].service();
        assert!(ledger.pause_service(service, None, Reason::KeyRefused, None, NOW).await.unwrap());
        assert!(!ledger.pause_service(service, None, Reason::NotPermitted, None, NOW).await.unwrap());
        assert!(sending.commit(1, &[1], Vec::new()).await.claimed.is_empty());
        assert!(ledger.sending_flows(sending.organization()).await.unwrap().is_empty());
        assert_eq!(sending.told().await.1, [(State::Queued, 3)]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_under_the_old_key_does_not_pause_a_service_that_has_a_new_one() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let services = async || ledger.sending_services(sending.organization(), NOW).await.unwrap();
        let old = services().await.remove(0);
        let key = SecretString::from("un'altra chiave");
        let change = ServiceChange { key: Some(&key), ..ServiceChange::default() };
        ledger.change_service(&sending.scope, old.id, &change, NOW).await.unwrap();
        let new = services().await.remove(0);
        let pause =
            async |key| ledger.pause_service(old.id, Some(key), Reason::KeyRefused, None, NOW).await.unwrap();
        assert!(!pause(&old.sealed).await, "{}", ledger.kind());
        assert!(services().await[0].open);
        assert!(pause(&new.sealed).await);
    })
    .await;
}

#[tokio::test]
async fn interrupted_before_any_call_a_flow_returns_to_preparation() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        assert_eq!(ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::Done);
        assert_eq!(sending.told().await, (FlowState::Inactive, vec![(State::Queued, 3)]));
        assert!(sending.commit(1, &[1], Vec::new()).await.claimed.is_empty());
    })
    .await;
}

#[tokio::test]
async fn interrupted_under_way_nothing_is_tried_again() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2], Vec::new()).await;
        assert_eq!(ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::Done);
        assert_eq!(
            sending.told().await,
            (FlowState::Sending, vec![(State::InFlight, 2), (State::Cancelled, 1)])
        );
        // One was taken; the other certainly not, and there is no later any more.
        let back = Change { retry_at: Some(NOW), ..sending.answer(2, 1, State::Queued) };
        sending.commit(2, &[], vec![sending.accepted(1, 1), back]).await;
        assert_eq!(
            sending.told().await,
            (FlowState::Incomplete, vec![(State::Accepted, 1), (State::Cancelled, 2)])
        );
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_interrupted_at_once_and_cancelled_in_pieces() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let (scope, flow, ente) = (&sending.scope, sending.flow, sending.organization());
        sending.lengthen(10_002).await;
        sending.commit(1, &[1], Vec::new()).await;
        assert_eq!(ledger.interrupt_flow(scope, flow, NOW).await.unwrap(), Switched::Done);
        // The program stops here.
        let waiting = "select cast(count(*) as text) from notification where state = 0";
        assert_eq!(ledger.raw(waiting).await, ["5004"]);
        let at_once = (FlowState::Sending, vec![(State::InFlight, 1), (State::Cancelled, 10_004)]);
        assert_eq!(sending.told().await, at_once);
        assert!(sending.commit(2, &[3], Vec::new()).await.claimed.is_empty());
        assert!(ledger.sending_flows(ente).await.unwrap().is_empty());
        assert_eq!(ledger.interrupt_flow(scope, flow, NOW).await.unwrap(), Switched::NotNow);
        assert_eq!(ledger.pause_flow(scope, flow, NOW).await.unwrap(), Switched::NotNow);

        // All that was on the wire came back: what waits still keeps its mark.
        sending.commit(3, &[], vec![sending.accepted(1, 1)]).await;
        let reason = Some(Reason::Interrupted);
        let cancelled = Unsuccessful { state: State::Cancelled, reason, all_the_same: false };
        assert_eq!(ledger.resend_unsuccessful(scope, flow, cancelled, NOW).await.unwrap(), 0);
        assert_eq!(sending.told().await.0, FlowState::Sending);

        let mut reached = None;
        let mut pieces = 0;
        loop {
            reached = ledger.cancel_interrupted(ente, reached, NOW).await.unwrap();
            pieces += usize::from(reached.is_some());
            if reached.is_none() {
                break;
            }
        }
        assert_eq!((pieces, ledger.raw(waiting).await), (2, vec!["0".to_owned()]));
        let over = (FlowState::Incomplete, vec![(State::Accepted, 1), (State::Cancelled, 10_004)]);
        assert_eq!(sending.told().await, over);
        assert_eq!(ledger.resend_unsuccessful(scope, flow, cancelled, NOW).await.unwrap(), 10_004);
    })
    .await;
}

#[tokio::test]
async fn only_who_may_send_starts_and_of_two_at_once_one_wins() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, _) = active(ledger, &house, house.tributi, 10, 3).await;
        assert_eq!(
            ledger.start_flow(&house.looker, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::NotFound
        );
        assert_eq!(
            ledger.start_flow(&house.stranger, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::NotFound
        );
        let (one, two) = tokio::join!(
            ledger.start_flow(&house.operator, flow, ActiveSeen::at(NOW), NOW),
            ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW)
        );
        let mut outcomes = [one.unwrap(), two.unwrap()];
        outcomes.sort_by_key(|outcome| *outcome != Switched::Done);
        assert_eq!(outcomes, [Switched::Done, Switched::NotNow]);
    })
    .await;
}
