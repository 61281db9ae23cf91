//! Which node works an ente, on both databases. What time does to a lease is brought about in the ledger, because
//! PostgreSQL's clock cannot be moved.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::protocol::{Hold, SILENCE_MS};
use staffetta_domain::{NotificationState as State, OrganizationId, UnixMillis};
use staffetta_store::Store;
use staffetta_store::ledger::{Owner, TakenOver};
use staffetta_store::nodes::NodeSelf;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::sending::sending;
use support::{NOW, house, single};

fn node(name: &str) -> Owner {
    Owner { node: name.to_owned(), alone: false, asks_after_silence: true }
}

async fn take(ledger: &TestLedger, organization: OrganizationId, name: &str) -> Option<TakenOver> {
    ledger.take_over(organization, &node(name), NOW).await.unwrap()
}

async fn renew(ledger: &TestLedger, id: &str) -> Vec<(OrganizationId, i64)> {
    let [id, name, version] = [id, "macchina", "0.1.0"].map(str::to_owned);
    let node = NodeSelf { id, name, version, works: true, stopping: false };
    ledger.renew_leases(&node, &[], NOW).await.unwrap().renewed
}

/// The lease ended so long ago.
async fn age(ledger: &TestLedger, ms: i64) {
    ledger.raw(&format!("update organization set lease_until = lease_until - {}", 10_000 + ms)).await;
}

#[tokio::test]
async fn an_ente_is_one_nodes_until_its_lease_ends_or_is_given_back() {
    for_each_ledger(async |ledger| {
        let ente = house(ledger).await.whole.organization;
        let first = take(ledger, ente, "uno").await.unwrap();
        assert!(first.first && first.epoch == 1);
        assert!(take(ledger, ente, "due").await.is_none(), "{}", ledger.kind());
        assert_eq!(renew(ledger, "uno").await, [(ente, 1)]);
        assert!(renew(ledger, "due").await.is_empty());

        age(ledger, 1).await;
        let leases = ledger.leases(NOW).await.unwrap();
        assert!(leases.iter().all(|lease| lease.node.is_none()), "it ended");
        let second = take(ledger, ente, "due").await.unwrap();
        assert_eq!((second.epoch, second.first), (2, false));
        assert!(renew(ledger, "uno").await.is_empty(), "it is another's");

        ledger.release_lease(ente, "uno", 1, NOW).await.unwrap();
        assert!(take(ledger, ente, "uno").await.is_none(), "it was not its own to give back");
        ledger.release_lease(ente, "due", 2, NOW).await.unwrap();
        assert_eq!(take(ledger, ente, "uno").await.map(|taken| taken.epoch), Some(3));
        let alone = Owner { alone: true, ..node("solo") };
        assert!(ledger.take_over(ente, &alone, NOW).await.unwrap().is_some(), "others are gone");
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ended_and_that_nobody_took_goes_on() {
    for_each_ledger(async |ledger| {
        let ente = house(ledger).await.whole.organization;
        take(ledger, ente, "uno").await.unwrap();
        age(ledger, 60_000).await;
        assert_eq!(renew(ledger, "uno").await, [(ente, 1)]);
        age(ledger, SILENCE_MS + 1_000).await;
        assert!(renew(ledger, "uno").await.is_empty(), "a person may have to be asked");
    })
    .await;
}

#[tokio::test]
async fn the_claims_of_a_node_that_lost_its_ente_are_refused_and_its_answers_count() {
    for_each_ledger(async |ledger| {
        let mut sending = sending(ledger).await;
        let ente = sending.organization();
        age(ledger, 1).await;
        sending.epoch = take(ledger, ente, "uno").await.unwrap().epoch;
        sending.commit(10, &[1], Vec::new()).await;
        age(ledger, 1).await;
        assert_eq!(take(ledger, ente, "due").await.map(|taken| taken.uncertain), Some(1));
        let done = sending.commit(11, &[2], vec![sending.accepted(1, 10)]).await;
        assert!(done.epoch_lost && done.claimed.is_empty() && done.changed == 1);
        assert_eq!(sending.told().await.1, [(State::Queued, 2), (State::Accepted, 1)]);
    })
    .await;
}

#[tokio::test]
async fn an_ente_that_was_silent_while_rows_waited_asks_a_person() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let ente = house.whole.organization;
        take(ledger, ente, "uno").await.unwrap();
        age(ledger, SILENCE_MS + 1_000).await;
        let taken = take(ledger, ente, "uno").await.unwrap();
        assert_eq!(taken.held, None, "nothing waited");
        let later = UnixMillis(i64::MAX / 2);
        ledger.add_single(&house.whole, &single(house.tributi, 41, None), later).await.unwrap();
        age(ledger, SILENCE_MS + 1_000).await;
        assert_eq!(take(ledger, ente, "uno").await.unwrap().held, None, "what is new waited for nobody");
        let before = NOW.plus_ms(-4 * SILENCE_MS);
        ledger.add_single(&house.whole, &single(house.tributi, 40, None), before).await.unwrap();
        age(ledger, SILENCE_MS - 60_000).await;
        assert_eq!(take(ledger, ente, "uno").await.unwrap().held, None, "not for long enough");
        age(ledger, SILENCE_MS + 1_000).await;
        let quiet = Owner { asks_after_silence: false, ..node("uno") };
        assert_eq!(ledger.take_over(ente, &quiet, NOW).await.unwrap().unwrap().held, None, "told not to ask");
        age(ledger, SILENCE_MS + 1_000).await;
        assert_eq!(take(ledger, ente, "uno").await.unwrap().held, Some(Hold::Silent));
        let held = ledger.organization(ente).await.unwrap().unwrap().held.unwrap();
        assert_eq!((held.hold, held.since), (Hold::Silent, NOW));
    })
    .await;
}

#[tokio::test]
async fn a_node_that_knows_of_later_calls_holds_an_ente_that_another_works() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let ente = sending.organization();
        sending.commit(7, &[1], Vec::new()).await;
        assert!(ledger.hold_what_went_back(NOW).await.unwrap().is_empty());
        // A copy is put back, and a machine without a mark takes the ente over first.
        ledger.raw("update notification set state = 0, claim = null where state = 1").await;
        ledger.raw("update flow set queued = queued + in_flight, in_flight = 0").await;
        ledger.raw("update organization set last_claim = 0").await;
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("key");
        std::fs::copy(&ledger.options().key_file, &key_file).unwrap();
        let options = staffetta_store::StoreOptions { key_file, ..ledger.options().clone() };
        let elsewhere = Store::open(&options).await.unwrap();
        let alone = Owner { alone: true, ..node("altrove") };
        let taken = elsewhere.take_over(ente, &alone, NOW).await.unwrap().unwrap();
        assert_eq!((taken.held, taken.unmarked), (None, true), "it knows nothing");

        assert_eq!(ledger.hold_what_went_back(NOW).await.unwrap(), [ente], "{}", ledger.kind());
        assert!(ledger.hold_what_went_back(NOW).await.unwrap().is_empty(), "once");
        assert!(elsewhere.sending_flows(ente).await.unwrap().is_empty());
        let mut sending = sending;
        sending.epoch = taken.epoch;
        assert!(sending.commit(8, &[2], Vec::new()).await.epoch_lost);
        elsewhere.close().await;
    })
    .await;
}

#[tokio::test]
async fn only_enti_with_something_to_do_are_busy() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (ente, other) = (house.whole.organization, house.stranger.organization);
        for organization in [ente, other] {
            take(ledger, organization, "uno").await.unwrap();
        }
        assert!(ledger.busy_organizations("uno", NOW).await.unwrap().is_empty());
        ledger.add_single(&house.whole, &single(house.tributi, 40, None), NOW).await.unwrap();
        assert_eq!(ledger.busy_organizations("uno", NOW).await.unwrap(), [ente]);
        assert!(ledger.busy_organizations("due", NOW).await.unwrap().is_empty());
        ledger
            .raw(&format!(
                "update notification set state = 2, io_message_id = 'x', next_check_at = {}",
                NOW.0 + 1
            ))
            .await;
        assert!(ledger.busy_organizations("uno", NOW).await.unwrap().is_empty(), "not yet");
        assert_eq!(ledger.busy_organizations("uno", NOW.plus_ms(1)).await.unwrap(), [ente]);
        ledger.raw("update organization set held_at = 1, held_reason = 1").await;
        assert_eq!(ledger.busy_organizations("uno", NOW.plus_ms(1)).await.unwrap(), [ente], "checks go on");
    })
    .await;
}
