//! Starts that are planned, pilots, sending hours, and asking IO now.

use crate::support::house::{count, sum};
use crate::support::people::LETTER;
use crate::support::people::someone;
use crate::support::{House, Receiver, eventually};
use serde_json::json;
use staffetta_io::{Clock, Fate, SystemClock};

#[test]
fn a_pilot_goes_to_the_first_and_waits_for_a_person_on_sqlite() {
    pilot(&House::sqlite());
}

#[test]
fn a_pilot_goes_to_the_first_and_waits_for_a_person_on_postgres() {
    if let Some(house) = House::postgres() {
        pilot(&house);
    }
}

fn pilot(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let flow = house.active_flow(60);
    let work = house.work();
    let told = house.run(&["flow", "send", &flow, "--yes", "--first", "20"]).done();
    told.says("primi 20 destinatari").says("flow resume");
    let waits = house.until(&flow, "the pilot is over", |flow| flow["paused"] == json!(true));
    assert_eq!((receiver.messages(), count(&waits, "queued")), (20, 40), "{waits}");
    house.json(&["flow", "resume", &flow]);
    let sent = house.until(&flow, "the others follow", |flow| flow["state"] == "sent");
    assert_eq!((sum(&sent), receiver.messages(), receiver.twice()), (60, 60, 0));
    work.terminate().done();
}

#[test]
fn a_planned_start_is_told_taken_back_and_refused_in_the_past() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    let flow = house.active_flow(3);
    let send = |at: &str| house.run(&["flow", "send", &flow, "--yes", "--at", at]);
    send("domani").refused(2).says("15/12/2026 08:30");
    send("15/12/2020 08:30").refused(2).says("già passato");
    send("15/12/2098 08:30").done().says("partirà da solo il 15/12/2098 08:30");
    assert_eq!(house.show(&flow)["state"], "active");
    house.run(&["flow", "unplan", &flow]).done().says("tolto");
    house.run(&["flow", "unplan", &flow]).refused(1);
    assert_eq!(receiver.messages(), 0);
}

#[test]
fn outside_its_hours_an_ente_sends_single_notifications_only() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    // A day that is neither today nor the next one here.
    let day = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"][usize::try_from(weekday() + 3).unwrap() % 7];
    house.run(&["organization", "set", "--sending-hours", "sempre"]).refused(2);
    let hours = format!("08:00-20:00 {day}");
    let set = house.json(&["organization", "set", "--sending-hours", &hours, "--quota-share", "40"]);
    assert_eq!((&set["sending_hours"], &set["quota_share"]), (&json!(hours), &json!(40)), "{set}");
    let flow = house.active_flow(2);
    let work = house.work();
    house.json(&["flow", "send", &flow, "--yes"]);
    let (text, code) = (house.write("lettera.md", LETTER), someone(Fate::OnIo));
    #[rustfmt::skip]
    let single = house.json(&[
        "notification", "send", "--service", "Tributi", "--fiscal-code", &code, "--subject", "Carta d'identità",
        "--markdown-file", &text,
    ]);
    assert_eq!((&single["state"], receiver.messages()), (&json!("accepted"), 1));
    house.run(&["organization", "set", "--sending-hours", "any"]).done();
    house.until(&flow, "it goes on", |flow| flow["state"] == "sent");
    work.terminate().done();
}

/// Days since Monday, in Greenwich.
fn weekday() -> i64 {
    SystemClock.now().0 / 86_400_000 + 3
}

#[test]
fn io_is_asked_now_for_what_is_not_final() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    let flow = house.active_flow(5);
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).done();
    assert_eq!(house.json(&["flow", "verify", &flow])["verifying"], 5);
    let work = house.work();
    let settled = house.until(&flow, "IO told", |flow| count(flow, "delivered") == 5);
    assert_eq!(sum(&settled), 5);
    let nodes = house.list(&["node", "list"]);
    assert_eq!((nodes.len(), &nodes[0]["works"], &nodes[0]["alive"]), (1, &json!(true), &json!(true)));
    work.terminate().done();
    house.run(&["flow", "verify", &flow]).done().says("niente da chiedere");
    let one = house.list(&["notification", "list", "--flow", &flow])[0]["id"].to_string();
    assert_eq!(house.json(&["notification", "verify", &one])["verifying"], false);
    house
        .run(&["notification", "decide", &one, "--resend", "--why", "prova", "--yes"])
        .refused(1)
        .says("incerti");
    eventually("nobody works", || house.list(&["node", "list"]).is_empty().then_some(()));
}
