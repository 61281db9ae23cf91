//! Stopping in order: what is on the wire is waited for, so nothing is in doubt; what waits goes on later.

use crate::support::house::{count, sum};
use crate::support::{House, Receiver, eventually};
use serde_json::json;

#[test]
fn an_orderly_stop_leaves_no_doubt_on_sqlite() {
    orderly_stop(&House::sqlite());
}

#[test]
fn an_orderly_stop_leaves_no_doubt_on_postgres() {
    if let Some(house) = House::postgres() {
        orderly_stop(&house);
    }
}

fn orderly_stop(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none", "--latency-ms", "100"]);
    house.open(&receiver);
    let flow = house.active_flow(400);
    let few = |arguments: &[&str]| {
        let mut command = house.command(arguments);
        command.env("STAFFETTA_IN_FLIGHT", "4");
        command
    };

    // One who follows the sending goes away: the sending stays as it was.
    let mut send = few(&["flow", "send", &flow, "--yes", "--wait"]);
    let following = crate::support::Program::start(&mut send, "");
    eventually("the first messages", || (receiver.messages() >= 10).then_some(()));
    following.terminate().refused(1).says("Ora l'invio non è più seguito da qui").says("staffetta work");
    let nothing_open = |least: u64| {
        let shown = house.show(&flow);
        assert_eq!((&shown["state"], sum(&shown)), (&json!("sending"), 400), "{shown}");
        assert_eq!((count(&shown, "in_flight"), count(&shown, "uncertain")), (0, 0), "{shown}");
        let taken = count(&shown, "accepted") + count(&shown, "delivered");
        assert!(taken >= least && taken == receiver.messages(), "{shown}");
    };
    nothing_open(10);

    let work = house.work_with(&mut few(&["work"]));
    eventually("some more", || (receiver.messages() >= 60).then_some(()));
    work.terminate().done().says("fermato in ordine");
    nothing_open(60);

    let work = house.work();
    let sent = house.until(&flow, "the rest", |flow| flow["state"] == "sent");
    work.terminate().done();
    assert_eq!((count(&sent, "uncertain"), receiver.messages(), receiver.twice()), (0, 400, 0), "{sent}");
}

#[test]
fn a_demonstration_that_is_stopped_while_it_sends_stops_in_order() {
    let house = House::sqlite();
    let folder = house.at("prova");
    let mut demo = house.command(&["demo", "--once", "--simulator-listen", "127.0.0.1:0"]);
    let demo = crate::support::Program::start(demo.args(["--data-dir", &folder]), "");
    // Who looks before there is a database would make one, and not the demonstration's.
    eventually("the list of today", || demo.stderr().contains("Ora parte").then_some(()));
    let today = || {
        let flows = house.run(&["flow", "list", "--data-dir", &folder, "--json"]).done().json_lines();
        flows.into_iter().find(|flow| flow["reference"] == "demo-tari-2027")
    };
    eventually("the list of today on its way", || today().filter(|flow| count(flow, "accepted") >= 10));
    demo.terminate().done().says("riprende da dove era arrivata");
    let flow = today().unwrap();
    assert_eq!((&flow["state"], count(&flow, "in_flight")), (&json!("sending"), 0), "{flow}");
}
