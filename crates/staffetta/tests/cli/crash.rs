//! `kill -9` in the middle of the making and of the sending: nothing half made, nothing lost, nothing twice, few doubts.

use crate::support::house::{count, sum};
use crate::support::people::{MARKDOWN, list};
use crate::support::{House, Receiver, eventually, pause};

/// Calls in flight at once.
const IN_FLIGHT: u64 = 4;
const RECIPIENTS: usize = 400;
/// The engine is killed when the receiver has so many messages.
const KILLED_AT: [u64; 3] = [20, 80, 140];

#[test]
fn an_engine_killed_again_and_again_loses_and_repeats_nothing_on_sqlite() {
    killed_again_and_again(&House::sqlite());
}

#[test]
fn an_engine_killed_again_and_again_loses_and_repeats_nothing_on_postgres() {
    if let Some(house) = House::postgres() {
        killed_again_and_again(&house);
    }
}

fn killed_again_and_again(house: &House) {
    let receiver = Receiver::start(&["--reach", "0.9", "--faults", "none", "--latency-ms", "40"]);
    house.open(&receiver);
    let flow = house.active_flow(RECIPIENTS);
    house.run(&["flow", "send", &flow, "--yes"]).done().says("nessun motore è al lavoro");
    let work = || house.work_with(house.command(&["work"]).env("STAFFETTA_IN_FLIGHT", IN_FLIGHT.to_string()));
    for messages in KILLED_AT {
        let work = work();
        eventually("the engine sends", || (receiver.messages() >= messages).then_some(()));
        work.kill();
        let shown = house.show(&flow);
        assert_eq!((sum(&shown), shown["state"].as_str()), (RECIPIENTS as u64, Some("sending")), "{shown}");
        // What is open is what was on the wire, or about to be.
        assert!(count(&shown, "in_flight") <= 2 * IN_FLIGHT, "{shown}");
    }
    // The last one is in no danger, and in a hurry.
    let work = house.work();
    let over = house.until(&flow, "the sending is over", |flow| flow["state"] != "sending");
    work.terminate().done();
    assert_eq!(sum(&over), RECIPIENTS as u64, "{over}");
    assert_eq!(count(&over, "queued") + count(&over, "in_flight") + count(&over, "failed"), 0, "{over}");
    let uncertain = count(&over, "uncertain");
    assert!(uncertain <= KILLED_AT.len() as u64 * 2 * IN_FLIGHT, "{over}");
    // Whatever the ledger says that IO took, it took; of the doubtful ones some.
    let taken = count(&over, "accepted") + count(&over, "delivered");
    let messages = receiver.messages();
    assert!((taken..=taken + uncertain).contains(&messages), "{messages} messages, {over}");
    assert_eq!(receiver.twice(), 0);
    if uncertain > 0 {
        let doubts = house.list(&["notification", "list", "--flow", &flow, "--state", "uncertain"]);
        assert!(doubts.iter().all(|doubt| doubt["reason"] == "program-stopped"), "{doubts:?}");
    }
}

#[test]
fn a_flow_whose_making_is_killed_does_not_show_on_sqlite() {
    killed_while_made(&House::sqlite());
}

#[test]
fn a_flow_whose_making_is_killed_does_not_show_on_postgres() {
    if let Some(house) = House::postgres() {
        killed_while_made(&house);
    }
}

fn killed_while_made(house: &House) {
    house.open_at("http://127.0.0.1:9/api/v1");
    let (people, text) = (house.write("elenco.csv", list(4_900)), house.write("testo.md", MARKDOWN));
    let create = [&house.create(&people, &text)[..], &["--reference", "avvisi"]].concat();
    // Wherever it is met, what shows is whole.
    for pauses in 0..12 {
        let making = house.start(&create);
        for _ in 0..pauses {
            pause();
        }
        making.kill();
        for flow in house.list(&["flow", "list"]) {
            assert_eq!(flow["recipients"], 4_900, "{flow}");
        }
    }
    let made = house.json(&create);
    let listed = house.list(&["flow", "list"]);
    assert_eq!((listed.len(), &listed[0]["id"], &listed[0]["reference"]), (1, &made["id"], &"avvisi".into()));
}
