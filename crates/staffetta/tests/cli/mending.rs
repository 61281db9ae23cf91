//! `flow resend`, `notification correct` and `flow approve`: what is done about a flow that did not go as it should.

use crate::support::{House, Receiver};
use serde_json::json;

#[test]
fn what_went_wrong_is_sent_again_on_sqlite() {
    mend(&House::sqlite());
}

#[test]
fn what_went_wrong_is_sent_again_on_postgres() {
    if let Some(house) = House::postgres() {
        mend(&house);
    }
}

fn mend(house: &House) {
    let receiver = Receiver::start(&["--reach", "0", "--faults", "none"]);
    house.open(&receiver);
    let flow = house.active_flow(3);
    let sent = house.json(&["flow", "send", &flow, "--yes", "--wait"]);
    assert_eq!((&sent["state"], &sent["tally"]["unreachable"]), (&json!("incomplete"), &json!(3)), "{sent}");

    let resend = ["flow", "resend", &flow, "--state"];
    let resend = |rest: &[&'static str]| house.run(&[&resend[..], rest].concat());
    resend(&["failed", "--yes"]).refused(1).says("nessuna notifica");
    resend(&["unreachable", "--reason", "recipient_forbidden", "--yes"]).refused(1).says("nessuna notifica");
    resend(&["uncertain", "--yes"]).refused(2);
    resend(&["unreachable"]).refused(2).says("--yes");
    assert_eq!(house.show(&flow)["state"], "incomplete");
    assert_eq!(resend(&["unreachable", "--yes", "--json"]).done().json(), json!({"resent": 3}));
    assert_eq!(house.show(&flow)["state"], "sending");
    house.json(&["flow", "send", &flow, "--wait"]);

    let rows = house.list(&["notification", "list", "--flow", &flow]);
    let id = rows[0]["id"].to_string();
    let correct = |rest: &[&str]| house.run(&[&["notification", "correct", id.as_str()], rest].concat());
    correct(&["--set", "Sesso=F"]).refused(2).says("Codice fiscale, Nome");
    correct(&["--set", "Codice fiscale=RSSMRA80A01H501X"]).refused(1);
    assert_eq!(house.show(&flow)["state"], "incomplete", "nothing was sent again");
    let other = rows[1]["fiscal_code"].as_str().unwrap();
    let same_person = format!("codice_fiscale={other}");
    assert_eq!(correct(&["--set", "Nome=Maria", "--json"]).done().json()["state"], "queued");
    correct(&["--set", &same_person]).refused(1).says("non si può correggere");
    let sent = house.json(&["flow", "send", &flow, "--wait"]);
    assert_eq!(sent["tally"]["unreachable"], 3, "{sent}");
    house.run(&["notification", "correct", "999"]).refused(1).says("nessuna notifica 999");
}

#[test]
fn a_large_flow_waits_for_somebody_else() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    house.run(&["organization", "set", "--approval-above", "tanti"]).refused(2);
    let told = house.json(&["organization", "set", "--approval-above", "2"]);
    assert_eq!(told["approval_above"], 2, "{told}");
    let flow = house.active_flow(3);
    assert_eq!(house.show(&flow)["awaits_approval"], true);
    house.run(&["flow", "send", &flow, "--yes"]).refused(1).says("seconda persona").says("flow approve");
    house.run(&["flow", "approve", &flow]).refused(1).says("attivato da qui");
    assert_eq!(house.show(&flow)["state"], "active");
    house.run(&["organization", "set", "--approval-above", "none"]).done();
    house.run(&["flow", "approve", &flow]).refused(1).says("Attivo");
    assert_eq!(house.json(&["flow", "send", &flow, "--yes"])["state"], "sending");
}
