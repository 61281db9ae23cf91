//! What must not go wrong when a person and the engine, or two engines, act at the same time, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::protocol::Hold;
use staffetta_domain::{FlowState, NotificationState as State, OperatorId, Reason, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::StoreError;
use staffetta_store::ledger::{ActiveSeen, Change, Claim, Group, Guard, Switched, Waiting};
use staffetta_store::testing::for_each_ledger;
use support::sending::sending;
use support::{NOW, fill_as, house, single};

const LATER: UnixMillis = UnixMillis(NOW.0 + 60_000);

#[tokio::test]
async fn a_flow_taken_back_and_sent_again_gives_no_claims_to_who_read_it_before() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        assert_eq!(ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap(), Switched::Done);
        assert!(ledger.activate_flow(&sending.scope, sending.flow, sending.list, LATER).await.unwrap());
        assert_eq!(
            ledger.start_flow(&sending.scope, sending.flow, ActiveSeen::at(LATER), LATER).await.unwrap(),
            Switched::Done
        );
        assert!(
            sending.commit(1, &[1], Vec::new()).await.claimed.is_empty(),
            "read before it was taken back"
        );
        let claims =
            vec![Claim { id: sending.id(1), flow: Some(sending.flow), attempt: 1, started_at: Some(LATER) }];
        let (organization, epoch) = (sending.organization(), sending.epoch);
        let group = Group { organization, epoch, claim: 2, claims, changes: Vec::new(), now: LATER };
        assert_eq!(ledger.commit_group(&group).await.unwrap().claimed, [sending.id(1)]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_about_a_citizen_that_comes_after_its_flow_was_taken_back_is_not_written() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let unreachable = |started_at| Change {
            reason: Some(Reason::NotOnIo),
            ..Change::new(
                sending.id(1),
                Some(sending.flow),
                Guard::Queued { attempt: 1, started_at },
                State::Unreachable,
            )
        };
        ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        assert_eq!(sending.commit(1, &[], vec![unreachable(Some(NOW))]).await.changed, 0);
        assert_eq!(sending.told().await, (FlowState::Inactive, vec![(State::Queued, 3)]));
        assert!(ledger.activate_flow(&sending.scope, sending.flow, sending.list, LATER).await.unwrap());
        assert_eq!(sending.commit(2, &[], vec![unreachable(None)]).await.changed, 0);
        ledger.start_flow(&sending.scope, sending.flow, ActiveSeen::at(LATER), LATER).await.unwrap();
        assert_eq!(sending.commit(3, &[], vec![unreachable(Some(NOW))]).await.changed, 0);
        assert_eq!(sending.commit(4, &[], vec![unreachable(Some(LATER))]).await.changed, 1);
    })
    .await;
}

#[tokio::test]
async fn rows_of_a_list_that_was_replaced_are_neither_found_nor_claimed() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let (flow, scope) = (sending.flow, &sending.scope);
        let service = ledger.sending_flows(sending.organization()).await.unwrap()[0].service();
        ledger.interrupt_flow(scope, flow, NOW).await.unwrap();
        let list = fill_as(ledger, scope, flow, 20, 2).await;
        assert!(ledger.activate_flow(scope, flow, list, NOW).await.unwrap());
        assert_eq!(ledger.start_flow(scope, flow, ActiveSeen::at(NOW), NOW).await.unwrap(), Switched::Done);
        // The old rows are removed a piece at a time: one is still there, and its time has come.
        let old = sending.id(1);
        ledger
            .raw(&format!("insert into recipient (id, fiscal_code) values ({old}, 'RSSMRA80A01H501A')"))
            .await;
        ledger
            .raw(&format!(
                "insert into notification (id, organization_id, service_id, flow_id, retry_at)
                 values ({old}, {}, {service}, {flow}, 1)",
                sending.organization()
            ))
            .await;
        assert!(ledger.next_retries(sending.organization(), &[], LATER, 10).await.unwrap().is_empty());
        assert!(sending.commit(1, &[1], Vec::new()).await.claimed.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_row_of_another_service_than_its_flow_is_not_claimed() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let other = sending.id(2);
        ledger
            .raw(&format!(
                "update notification set service_id = (select max(id) from service where name = 'Anagrafe')
                 where id = {other}"
            ))
            .await;
        assert_eq!(sending.commit(1, &[1, 2, 3], Vec::new()).await.claimed, [sending.id(1), sending.id(3)]);
    })
    .await;
}

#[tokio::test]
async fn a_late_answer_that_nothing_was_taken_opens_its_flow_again() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2, 3], Vec::new()).await;
        sending.commit(2, &[], vec![sending.accepted(1, 1), sending.accepted(2, 1)]).await;
        let doubts = ledger.taken(sending.organization(), NOW).await.uncertain;
        assert_eq!((doubts, sending.told().await.0), (1, FlowState::Incomplete));
        let back = Change { retry_at: Some(NOW), ..sending.answer(3, 1, State::Queued) };
        assert_eq!(sending.commit(3, &[], vec![back]).await.changed, 1);
        assert_eq!(
            sending.told().await,
            (FlowState::Sending, vec![(State::Queued, 1), (State::Accepted, 2)])
        );
        let due = ledger.next_retries(sending.organization(), &[], LATER, 10).await.unwrap();
        assert_eq!(
            due.iter().map(staffetta_store::ledger::Candidate::id).collect::<Vec<_>>(),
            [sending.id(3)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_late_answer_to_an_interrupted_flow_is_not_tried_again() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        ledger.taken(sending.organization(), NOW).await;
        let back = Change { retry_at: Some(NOW), ..sending.answer(1, 1, State::Queued) };
        sending.commit(2, &[], vec![back]).await;
        assert_eq!(sending.told().await, (FlowState::Incomplete, vec![(State::Cancelled, 3)]));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_service_at_rest_stands_before_nobody() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let organization = house.whole.organization;
        for (service, who) in [(house.tributi, 1), (house.anagrafe, 2)] {
            ledger.add_single(&house.whole, &single(service, who, None), NOW).await.unwrap();
        }
        let chosen = async |resting: &[_]| {
            let rows = ledger.next_singles(organization, resting, LATER, 10).await.unwrap();
            rows.iter().map(staffetta_store::ledger::Candidate::service).collect::<Vec<_>>()
        };
        assert_eq!(chosen(&[]).await, [house.tributi, house.anagrafe]);
        assert_eq!(chosen(&[house.tributi]).await, [house.anagrafe]);
        assert!(chosen(&[house.tributi, house.anagrafe]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_nul_from_outside_keeps_no_outcome_from_being_written() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2], Vec::new()).await;
        let strange = Change { detail: Some("Titolo\0".to_owned()), ..sending.answer(2, 1, State::Failed) };
        assert_eq!(sending.commit(2, &[], vec![sending.accepted(1, 1), strange]).await.changed, 2);
    })
    .await;
}

#[tokio::test]
async fn a_flow_that_called_once_is_never_deleted() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        assert!(!ledger.delete_flow(&sending.scope, sending.flow, NOW).await.unwrap());
        sending.commit(2, &[], vec![sending.accepted(1, 1)]).await;
        ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        assert!(!ledger.delete_flow(&sending.scope, sending.flow, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_database_that_went_back_in_time_sends_nothing_until_a_person_says_so() {
    for_each_ledger(async |ledger| {
        let mut sending = sending(ledger).await;
        let organization = sending.organization();
        let service = ledger.sending_flows(organization).await.unwrap()[0].service();
        ledger.add_single(&sending.scope, &single(service, 40, None), NOW).await.unwrap();
        sending.commit(1, &[1], Vec::new()).await;
        sending.commit(2, &[2], vec![sending.accepted(1, 1)]).await;
        // The second claim is lost with all that came after: a server that failed over, or a copy put back.
        ledger
            .raw(&format!("update notification set state = 0, claim = null where id = {}", sending.id(2)))
            .await;
        ledger
            .raw("update flow set queued = queued + 1, in_flight = in_flight - 1 where in_flight > 0")
            .await;
        ledger.raw("update organization set last_claim = 1 where last_claim = 2").await;
        let done = sending.commit(3, &[2, 3], Vec::new()).await;
        assert!(done.epoch_lost && done.claimed.is_empty(), "noticed by the engine at work");

        let taken = ledger.taken(organization, NOW).await;
        assert_eq!((taken.held, taken.unmarked), (Some(Hold::Older), false));
        sending.epoch = taken.epoch;
        let done = sending.commit(4, &[2, 3], Vec::new()).await;
        assert!(!done.epoch_lost && done.claimed.is_empty());
        assert!(ledger.sending_flows(organization).await.unwrap().is_empty());
        assert!(ledger.next_singles(organization, &[], LATER, 10).await.unwrap().is_empty());
        let again = ledger.taken(organization, NOW).await;
        assert!(again.held.is_some(), "a new start is no answer");

        let operator = Scope { operator: Some(OperatorId(1)), ..sending.scope.clone() };
        let release = |scope| ledger.release_organization(scope, Waiting::GoesOn, NOW, NOW);
        assert_eq!(release(&operator).await.unwrap(), None);
        assert_eq!(release(&sending.scope).await.unwrap(), Some(0));
        assert_eq!(release(&sending.scope).await.unwrap(), None);
        let taken = ledger.taken(organization, NOW).await;
        assert_eq!(taken.held, None);
        sending.epoch = taken.epoch;
        assert_eq!(ledger.next_singles(organization, &[], LATER, 10).await.unwrap().len(), 1);
        assert_eq!(sending.commit(5, &[2, 3], Vec::new()).await.claimed.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_database_without_a_mark_is_believed() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1], Vec::new()).await;
        let beginning = ledger.marks_prefix().file_name().unwrap().to_str().unwrap().to_owned();
        let marks = std::fs::read_dir(ledger.folder()).unwrap().map(|entry| entry.unwrap());
        for mark in marks.filter(|entry| entry.file_name().to_str().unwrap().starts_with(&beginning)) {
            std::fs::remove_file(mark.path()).unwrap();
        }
        let taken = ledger.taken(sending.organization(), NOW).await;
        assert_eq!((taken.held, taken.unmarked), (None, true));
        assert!(!ledger.taken(sending.organization(), NOW).await.unmarked);
    })
    .await;
}

#[tokio::test]
async fn after_a_full_disk_the_next_writing_begins_anew() {
    for_each_ledger(async |ledger| {
        if ledger.kind() != "sqlite" {
            return;
        }
        let house = house(ledger).await;
        // The least that is allowed: as large as it is. The limit goes with its connection.
        ledger.raw("pragma max_page_count = 1").await;
        let mut written = Ok(());
        for who in 0..2_000 {
            written =
                ledger.add_single(&house.whole, &single(house.tributi, who, None), NOW).await.map(|_| ());
            if written.is_err() {
                break;
            }
        }
        assert!(matches!(written, Err(StoreError::DiskFull)), "{written:?}");
        ledger.add_single(&house.whole, &single(house.tributi, 3_000, None), NOW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_key_that_does_not_open_pauses_its_own_service_only() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let organization = house.whole.organization;
        let open = async || {
            let services = ledger.sending_services(organization, NOW).await.unwrap();
            services.iter().map(|service| (service.id, service.open)).collect::<Vec<_>>()
        };
        assert_eq!(open().await, [(house.tributi, true), (house.anagrafe, true)]);
        // Sealed for another place.
        ledger
            .raw(&format!(
                "update service set key_sealed = (select key_sealed from service where id = {}) where id = {}",
                house.anagrafe, house.tributi
            ))
            .await;
        assert_eq!(open().await, [(house.anagrafe, true)]);
        let paused = ledger.service(&house.whole, house.tributi).await.unwrap().unwrap().paused;
        assert_eq!(paused.map(|pause| pause.reason), Some(Reason::KeyUnreadable));
        assert_eq!(open().await, [(house.anagrafe, true)]);
    })
    .await;
}
