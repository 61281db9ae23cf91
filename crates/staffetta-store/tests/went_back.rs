//! An ente that is held, and what it does not know afterwards: nothing that may have left is called certain, and what
//! may have been sent is sent again only all the same; on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::protocol::{Hold, claim_name};
use staffetta_domain::{FlowState, NotificationState as State, UnixMillis};
use staffetta_store::approvals::Approved;
use staffetta_store::ledger::{ActiveSeen, Claim, Group, Owner, Switched, Waiting};
use staffetta_store::resends::Unsuccessful;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use staffetta_store::{Store, StoreOptions};
use support::sending::sending;
use support::{NOW, active, fill, flow, house};

const LATER: UnixMillis = UnixMillis(NOW.0 + 60_000);

/// As a copy that was put back is found.
async fn hold(ledger: &TestLedger) {
    let now = NOW.0;
    let hold = format!("update organization set held_at = {now}, went_back_at = {now}, held_reason = 1");
    ledger.raw(&hold).await;
}

#[tokio::test]
async fn what_may_have_left_is_not_interrupted() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        // Before any call of which the ledger knows, and after.
        for before in [true, false] {
            hold(ledger).await;
            let told = sending.told().await;
            let done = ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
            assert_eq!((done, sending.told().await), (Switched::Held, told), "{}", ledger.kind());
            if before {
                ledger.release_organization(&sending.scope, Waiting::GoesOn, NOW, NOW).await.unwrap();
                sending.commit(5, &[1], Vec::new()).await;
                sending.commit(6, &[], vec![sending.accepted(1, 5)]).await;
            }
        }
        let doubts =
            ledger.release_organization(&sending.scope, Waiting::MayHaveLeft, NOW, NOW).await.unwrap();
        assert_eq!(doubts, Some(2));
        assert_eq!(
            sending.told().await,
            (FlowState::Incomplete, vec![(State::Accepted, 1), (State::Uncertain, 2)])
        );
        let over = ledger.interrupt_flow(&sending.scope, sending.flow, NOW).await.unwrap();
        assert_eq!(over, Switched::NotNow);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_held_ente_is_prepared_anew_or_deleted() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (ready, _) = active(ledger, &house, house.tributi, 10, 3).await;
        let draft = flow(ledger, &house, house.tributi, "Bozza").await;
        fill(ledger, &house, draft, 20, 2).await;
        ledger.raw("update organization set approval_above = 1").await;
        let acts = async || {
            let refused = ledger.refuse_flow(&house.operator, ready, NOW, "no", NOW).await.unwrap();
            (
                refused == Approved::Done,
                ledger.deactivate_flow(&house.whole, ready, NOW).await.unwrap(),
                ledger.delete_flow(&house.whole, draft, NOW).await.unwrap(),
            )
        };
        hold(ledger).await;
        assert_eq!(acts().await, (false, false, false), "{}", ledger.kind());
        assert_eq!(ledger.find_flow(&house.whole, draft).await.unwrap().unwrap().summary.recipients, 2);
        ledger.release_organization(&house.whole, Waiting::GoesOn, NOW, NOW).await.unwrap();
        assert_eq!(acts().await, (true, false, true));
    })
    .await;
}

#[tokio::test]
async fn a_flow_that_may_have_been_sent_is_sent_only_all_the_same() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (planned, _) = active(ledger, &house, house.tributi, 10, 3).await;
        let (ready, _) = active(ledger, &house, house.tributi, 20, 3).await;
        let seen = ActiveSeen::at(NOW);
        let at = LATER.plus_ms(60_000);
        ledger.plan_start(&house.whole, planned, at, seen, NOW).await.unwrap();
        hold(ledger).await;
        ledger.release_organization(&house.whole, Waiting::GoesOn, NOW, NOW).await.unwrap();
        let plan = ledger.find_flow(&house.whole, planned).await.unwrap().unwrap().summary.planned;
        assert!(plan.unwrap().missed, "{}: it asks", ledger.kind());
        assert_eq!(
            ledger.plan_start(&house.whole, planned, at, seen, LATER).await.unwrap(),
            Switched::MayHaveBeenSent
        );
        for started in [
            ledger.start_flow(&house.whole, ready, seen, LATER).await,
            ledger.start_pilot(&house.whole, ready, 2, seen, LATER).await,
        ] {
            assert_eq!(started.unwrap(), Switched::MayHaveBeenSent);
        }
        let knowing = ActiveSeen { all_the_same: true, ..seen };
        assert_eq!(ledger.start_flow(&house.whole, ready, knowing, LATER).await.unwrap(), Switched::Done);
        let done = ledger.plan_start(&house.whole, planned, at, knowing, LATER).await.unwrap();
        assert_eq!(done, Switched::Done);
        assert_eq!(ledger.begin_planned(house.whole.organization, at).await.unwrap().len(), 1);

        // Made since: the ledger knows all of it.
        let new = support::new_flow(&house, house.tributi, "Nuovo");
        let new = ledger.create_draft(&house.whole, &new, LATER).await.unwrap().unwrap();
        let list = fill(ledger, &house, new, 30, 2).await;
        ledger.activate_flow(&house.whole, new, list, LATER).await.unwrap();
        let done = ledger.start_flow(&house.whole, new, ActiveSeen::at(LATER), LATER).await.unwrap();
        assert_eq!(done, Switched::Done);
    })
    .await;
}

#[tokio::test]
async fn what_ended_badly_before_is_sent_again_only_all_the_same() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        sending.commit(1, &[1, 2, 3], Vec::new()).await;
        let failed = (1..=3).map(|row| sending.answer(row, 1, State::Failed)).collect();
        sending.commit(2, &[], failed).await;
        hold(ledger).await;
        ledger.release_organization(&sending.scope, Waiting::GoesOn, NOW, NOW).await.unwrap();
        for (all_the_same, resent) in [(false, 0), (true, 3)] {
            let which = Unsuccessful { state: State::Failed, reason: None, all_the_same };
            let done = ledger.resend_unsuccessful(&sending.scope, sending.flow, which, LATER).await.unwrap();
            assert_eq!(done, resent, "{}", ledger.kind());
        }
    })
    .await;
}

#[tokio::test]
async fn that_the_ledger_went_back_is_remembered_and_a_silence_only_where_something_left() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let went_back = async || {
            let ente = ledger.organization(sending.organization()).await.unwrap().unwrap();
            (ente.went_back_at, ente.may_have_forgotten(NOW), ente.may_have_forgotten(LATER))
        };
        let release = |waiting| ledger.release_organization(&sending.scope, waiting, NOW, LATER);
        ledger.raw(&format!("update organization set held_at = {}, held_reason = 2", NOW.0)).await;
        release(Waiting::GoesOn).await.unwrap();
        assert_eq!(went_back().await, (None, false, false));
        ledger.raw(&format!("update organization set held_at = {}, held_reason = 2", NOW.0)).await;
        release(Waiting::MayHaveLeft).await.unwrap();
        assert_eq!(went_back().await, (Some(NOW), true, false));
        ledger.raw("update organization set went_back_at = null, epoch = 0, last_claim = -1").await;
        assert!(ledger.taken(sending.organization(), LATER).await.held.is_some());
        assert_eq!(went_back().await, (Some(LATER), true, true), "{}", ledger.kind());
    })
    .await;
}

/// A copy that was made while an ente was held, and put back after it was let go: found by who takes it over, and by a
/// node that looks at its marks.
#[tokio::test]
async fn a_ledger_that_goes_back_while_it_is_held_is_held_anew() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let ente = sending.organization();
        sending.commit(claim_name(sending.epoch, 1), &[1], Vec::new()).await;
        for (reason, by_taking) in [(1, true), (2, true), (1, false), (2, false)] {
            let case = format!("{} {reason} {by_taking}", ledger.kind());
            let held = format!("held_at = {0}, went_back_at = null, held_reason = {reason}", NOW.0);
            ledger.raw(&format!("update organization set {held}, epoch = 0, last_claim = -1")).await;
            if by_taking {
                assert_eq!(ledger.taken(ente, LATER).await.held, Some(Hold::Older), "{case}");
            } else {
                assert_eq!(ledger.hold_what_went_back(LATER).await.unwrap(), [ente], "{case}");
                assert!(ledger.hold_what_went_back(LATER).await.unwrap().is_empty(), "{case}: told once");
            }
            let found = ledger.organization(ente).await.unwrap().unwrap();
            assert_eq!(found.held.map(|held| (held.hold, held.since)), Some((Hold::Older, LATER)), "{case}");
            assert_eq!(found.went_back_at, Some(LATER), "{case}");
            let let_go = ledger.release_organization(&sending.scope, Waiting::GoesOn, NOW, LATER).await;
            assert_eq!(let_go.unwrap(), None, "{case}: who saw the hold before answers another question");
        }
    })
    .await;
}

#[tokio::test]
async fn an_ente_that_was_held_anew_is_not_let_go_by_who_saw_it_held_before() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        hold(ledger).await;
        for waiting in [Waiting::MayHaveLeft, Waiting::GoesOn] {
            let before = NOW.plus_ms(-1);
            let released = ledger.release_organization(&sending.scope, waiting, before, LATER).await.unwrap();
            assert_eq!(released, None, "{}", ledger.kind());
        }
        assert_eq!(sending.told().await.1, [(State::Queued, 3)]);
        let released = ledger.release_organization(&sending.scope, Waiting::GoesOn, NOW, LATER).await;
        assert_eq!(released.unwrap(), Some(0));
    })
    .await;
}

/// A server loses a claim that its node marked, and another node, which does not see that mark, claims anew.
#[tokio::test]
async fn the_claims_of_a_new_owner_do_not_hide_what_the_one_before_marked() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let name = claim_name;
        assert_eq!(sending.commit(name(sending.epoch, 1), &[1], Vec::new()).await.claimed.len(), 1);
        ledger
            .raw("update notification set state = 0, claim = null, handled_at = null where state = 1")
            .await;
        ledger.raw("update flow set queued = 3, in_flight = 0, first_call_at = null where state = 2").await;
        ledger.raw("update organization set last_claim = 0, lease_until = 0").await;
        let folder = ledger.folder().join("other");
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(&ledger.options().key_file, folder.join("key")).unwrap();
        let options = StoreOptions { key_file: folder.join("key"), ..ledger.options().clone() };
        let other = Store::open(&options).await.unwrap();
        let owner = Owner { node: "altro".into(), alone: true, asks_after_silence: false };
        let taken = other.take_over(sending.organization(), &owner, NOW).await.unwrap().unwrap();
        assert_eq!(taken.held, None, "it cannot know");
        let claims =
            vec![Claim { id: sending.id(1), flow: Some(sending.flow), attempt: 1, started_at: Some(NOW) }];
        let group = Group {
            organization: sending.organization(),
            epoch: taken.epoch,
            claim: name(taken.epoch, 1),
            claims,
            changes: Vec::new(),
            now: NOW,
        };
        assert_eq!(other.commit_group(&group).await.unwrap().claimed.len(), 1);
        // The first node's answer comes, and itself.
        sending.commit(name(sending.epoch, 2), &[], vec![sending.accepted(1, name(sending.epoch, 1))]).await;
        let events = ledger.events_of_notification(&sending.scope, sending.id(1), 9).await.unwrap();
        let told = events.iter().map(|event| (event.kind.as_str(), event.detail.as_deref()));
        assert_eq!(told.collect::<Vec<_>>(), [("taken-twice", Some("01TEST1"))]);
        let held = ledger.hold_what_went_back(NOW).await.unwrap();
        assert_eq!(held, [sending.organization()], "{}", ledger.kind());
        assert_eq!(sending.told().await.1, [(State::Queued, 2), (State::Uncertain, 1)]);
        // Told once: who let it go is not asked again for the same.
        ledger.release_organization(&sending.scope, Waiting::GoesOn, NOW, NOW).await.unwrap();
        assert!(ledger.hold_what_went_back(NOW).await.unwrap().is_empty());
        assert_eq!(ledger.taken(sending.organization(), NOW).await.held, None);
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn of_a_copy_with_something_to_send_the_mark_is_not_believed() {
    let ledger = TestLedger::sqlite().await;
    sending(&ledger).await;
    let quiet = ledger.make_organization("Comune quieto", NOW).await.unwrap().unwrap();
    ledger.taken(quiet, NOW).await;
    // The hold that the copy knows of may have been answered since.
    hold(&ledger).await;
    ledger
        .raw(&format!("update organization set held_at = null, held_reason = null where id = {quiet}"))
        .await;
    let copy = ledger.folder().join("copy.db");
    ledger.raw(&format!("vacuum into '{}'", copy.display())).await;
    let elsewhere = format!("sqlite:{}", ledger.folder().join("elsewhere.db").display());
    let options = StoreOptions { url: elsewhere, ..ledger.options().clone() };
    // Nothing was claimed since: the marks of this machine say so.
    let restored = staffetta_store::restore(&options, &copy, LATER).await.unwrap();
    let store = Store::open(&options).await.unwrap();
    let entes = store.organizations().await.unwrap();
    let held: Vec<_> = entes.iter().map(|ente| ente.held.map(|held| held.since)).collect();
    assert_eq!((restored.held, held[0], held.last()), (2, Some(LATER), Some(&None)));
    store.close().await;
}
