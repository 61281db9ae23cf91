//! One engine on a database, and commands given beside it.

use crate::support::house::{SERVICE, count, sum};
use crate::support::people::{LETTER, someone};
use crate::support::{Answer, House, Program, Receiver, eventually};
use serde_json::{Value, json};
use staffetta_io::Fate;

#[test]
fn a_second_engine_refuses_on_sqlite() {
    let house = House::sqlite();
    let mut work = house.work();
    house.run(&["work"]).refused(1).says("c'è già un motore al lavoro").says("non ha fatto niente");
    assert!(work.is_running());
    // However it ended, the next one may work.
    work.kill();
    let work = house.work();
    work.terminate().done().says("fermato in ordine");
}

#[test]
fn an_engine_works_all_enti_without_being_told_which() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    let flow = house.active_flow(3);
    let first = house.json(&["organization", "show"])["name"].as_str().unwrap().to_owned();
    house.run(&["init", "--organization", "Comune di Altrove"]).done();
    house.run(&["flow", "list"]).refused(2).says("--organization");
    let work = house.work();
    house.run(&["flow", "send", &flow, "--yes", "--organization", &first]).done();
    eventually("it is sent", || (receiver.messages() == 3).then_some(()));
    assert_eq!(house.list(&["node", "list"])[0]["organizations"], 2);
    work.terminate().done();
}

#[test]
fn engines_stand_in_for_each_other_on_postgres() {
    let Some(house) = House::postgres() else { return };
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none", "--latency-ms", "40"]);
    house.open(&receiver);
    let slowly = || house.work_with(house.command(&["work"]).env("STAFFETTA_IN_FLIGHT", "2"));
    let (first, flow) = (slowly(), house.active_flow(200));
    house.json(&["flow", "send", &flow, "--yes"]);
    eventually("some messages", || (receiver.messages() > 10).then_some(()));
    let second = slowly();
    first.kill();
    let sent = house
        .until(&flow, "the other one goes on", |flow| count(flow, "queued") + count(flow, "in_flight") == 0);
    // Of two calls at once, with as many waiting for their claim.
    assert!(count(&sent, "uncertain") <= 4, "{sent}");
    assert_eq!((sum(&sent), receiver.twice()), (200, 0), "{sent}");
    second.terminate().done().says("fermato in ordine");
}

#[test]
fn who_waits_uses_the_engine_at_work_and_takes_over_when_it_dies_on_sqlite() {
    waiting(&House::sqlite());
}

#[test]
fn who_waits_uses_the_engine_at_work_and_takes_over_when_it_dies_on_postgres() {
    if let Some(house) = House::postgres() {
        waiting(&house);
    }
}

fn waiting(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none", "--latency-ms", "40"]);
    house.open(&receiver);
    let first = house.active_flow(20);
    let work = house.work_with(house.command(&["work"]).env("STAFFETTA_IN_FLIGHT", "2"));
    // While an engine has the ente nobody else can work it: that it is sent means that this one did it.
    let sent = house.json(&["flow", "send", &first, "--yes", "--wait"]);
    assert_eq!((&sent["state"], receiver.messages()), (&json!("sent"), 20), "{sent}");

    let second = house.active_flow(200);
    let following = house.start(&["flow", "send", &second, "--yes", "--wait", "--json"]);
    eventually("some messages of the second flow", || (receiver.messages() > 25).then_some(()));
    work.kill();
    let sent = following.finish().done().json();
    assert_eq!(sum(&sent), 200, "{sent}");
    assert_eq!(count(&sent, "queued") + count(&sent, "in_flight"), 0, "{sent}");
    // Of two calls at once, with as many waiting for their claim.
    assert!(count(&sent, "uncertain") <= 4, "{sent}");
    assert_eq!(receiver.twice(), 0);
}

#[test]
fn a_flow_is_paused_resumed_and_interrupted_while_the_engine_works_on_sqlite() {
    switches(&House::sqlite());
}

#[test]
fn a_flow_is_paused_resumed_and_interrupted_while_the_engine_works_on_postgres() {
    if let Some(house) = House::postgres() {
        switches(&house);
    }
}

fn switches(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none", "--latency-ms", "100"]);
    house.open(&receiver);
    let flow = house.active_flow(400);
    let work = house.work_with(house.command(&["work"]).env("STAFFETTA_IN_FLIGHT", "2"));
    assert_eq!(house.json(&["flow", "send", &flow, "--yes"])["state"], "sending");
    eventually("the first messages", || (receiver.messages() > 0).then_some(()));

    let paused = house.json(&["flow", "pause", &flow]);
    assert_eq!((&paused["state"], &paused["paused"]), (&json!("sending"), &json!(true)));
    let paused = house.until(&flow, "no call on the wire", |flow| count(flow, "in_flight") == 0);
    assert!(count(&paused, "queued") > 0, "{paused}");
    house.run(&["flow", "pause", &flow]).refused(1).says("In pausa");
    // The engine is alive and serves others: had it a call of the flow to make, it would make it meanwhile.
    let before = receiver.messages();
    send_single(house);
    assert_eq!(receiver.messages(), before + 1, "a paused flow sent something");
    assert_eq!(count(&house.show(&flow), "queued"), count(&paused, "queued"));

    assert_eq!(house.json(&["flow", "resume", &flow])["paused"], false);
    eventually("it goes on", || (receiver.messages() > before + 1).then_some(()));
    house.run(&["flow", "cancel", &flow]).refused(2).says("--yes");
    house.json(&["flow", "cancel", &flow, "--yes"]);
    let over = house.until(&flow, "it is interrupted", |flow| flow["state"] == "incomplete");
    assert_eq!((sum(&over), count(&over, "queued"), count(&over, "in_flight")), (400, 0, 0), "{over}");
    assert!(count(&over, "cancelled") > 0, "{over}");
    let taken = count(&over, "accepted") + count(&over, "delivered");
    assert_eq!(taken + count(&over, "cancelled"), 400, "{over}");
    assert_eq!((receiver.messages(), receiver.twice()), (taken + 1, 0), "{over}");
    house.run(&["flow", "resume", &flow]).refused(1).says("Interrotto");
    work.terminate().done();
}

fn send_single(house: &House) {
    let (text, code) = (house.write("lettera.md", LETTER), someone(Fate::OnIo));
    #[rustfmt::skip]
    let sent = house.json(&[
        "notification", "send", "--service", SERVICE, "--fiscal-code", &code, "--subject", "Carta d'identità",
        "--markdown-file", &text,
    ]);
    assert_eq!(sent["state"], "accepted", "{sent}");
}

#[test]
fn of_two_who_send_the_same_flow_one_wins_on_sqlite() {
    one_wins(&House::sqlite());
}

#[test]
fn of_two_who_send_the_same_flow_one_wins_on_postgres() {
    if let Some(house) = House::postgres() {
        one_wins(&house);
    }
}

fn one_wins(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let flow = house.active_flow(30);
    let both: Vec<Program> =
        (0..4).map(|_| house.start(&["flow", "send", &flow, "--yes", "--wait", "--json"])).collect();
    let answers: Vec<_> = both.into_iter().map(Program::finish).collect();
    // Who comes when it is under way follows it; who lost the race to start it is told.
    let won: Vec<Value> = answers.iter().filter(|answer| answer.code == Some(0)).map(Answer::json).collect();
    assert!(!won.is_empty(), "{answers:?}");
    for won in won {
        assert_eq!((&won["state"], sum(&won)), (&json!("sent"), 30));
    }
    for lost in answers.into_iter().filter(|answer| answer.code != Some(0)) {
        lost.refused(1).says("Il flusso");
    }
    assert_eq!((receiver.messages(), receiver.twice()), (30, 0));
}

#[test]
fn who_waits_goes_on_with_a_flow_that_nobody_sends() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let flow = house.active_flow(5);
    house.run(&["flow", "send", &flow, "--yes"]).done().says("nessun motore è al lavoro");
    house.run(&["flow", "send", &flow, "--yes"]).refused(1).says("già in corso").says("--wait");
    house.run(&["flow", "pause", &flow]).done();
    house.run(&["flow", "resume", &flow]).done().says("nessun motore è al lavoro");
    let sent = house.run(&["flow", "send", &flow, "--wait"]).done();
    sent.says("Flusso").says("comunica più tardi").says("staffetta work");
    assert_eq!((receiver.messages(), receiver.twice()), (5, 0));
}
