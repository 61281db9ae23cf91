//! What goes wrong outside: nobody listens, the key is wrong. Nothing is lost, and it is said why.

use crate::support::house::{KEY, SERVICE, count, sum};
use crate::support::people::{LETTER, someone};
use crate::support::{House, Receiver, eventually, receiver};
use serde_json::{Value, json};
use staffetta_io::Fate;

#[test]
fn a_receiver_that_comes_later_gets_everything_on_sqlite() {
    comes_later(&House::sqlite());
}

#[test]
fn a_receiver_that_comes_later_gets_everything_on_postgres() {
    if let Some(house) = House::postgres() {
        comes_later(&house);
    }
}

fn comes_later(house: &House) {
    let address = receiver::nobody();
    house.open_at(&format!("http://{address}/api/v1"));
    let flow = house.active_flow(12);
    let following = house.start(&["flow", "send", &flow, "--yes", "--wait", "--json"]);
    let waiting = |row: &Value| row["reason"] == "io-unreachable";
    eventually("it is said why rows wait", || {
        house.list(&["notification", "list", "--flow", &flow]).iter().any(waiting).then_some(())
    });
    let shown = house.show(&flow);
    assert_eq!((&shown["state"], count(&shown, "queued")), (&json!("sending"), 12), "{shown}");
    eventually("who waits is told why", || {
        following.stderr().contains("IO non è raggiungibile").then_some(())
    });
    let there = Receiver::start_at(address, &["--quota", "none", "--reach", "1", "--faults", "none"]);
    let sent = following.finish().done().json();
    assert_eq!((&sent["state"], sum(&sent)), (&json!("sent"), 12), "{sent}");
    assert_eq!((there.messages(), there.twice()), (12, 0));
}

#[test]
fn a_wrong_key_pauses_the_service_until_it_is_put_right_on_sqlite() {
    wrong_key(&House::sqlite());
}

#[test]
fn a_wrong_key_pauses_the_service_until_it_is_put_right_on_postgres() {
    if let Some(house) = House::postgres() {
        wrong_key(&house);
    }
}

fn wrong_key(house: &House) {
    let receiver = Receiver::with_key("quella-giusta");
    house.open(&receiver);
    let flow = house.active_flow(40);
    let stopped = house.run(&["flow", "send", &flow, "--yes", "--wait"]).refused(1);
    stopped.says("IO non riconosce la chiave").says("Niente è perso").says("flow resume");
    let shown = house.show(&flow);
    assert_eq!((&shown["state"], count(&shown, "queued")), (&json!("sending"), 40), "{shown}");
    assert_eq!(receiver.messages(), 0);
    let services = house.list(&["service", "list"]);
    assert_eq!((services.len(), &services[0]["paused_reason"]), (1, &json!("key-refused")));
    house.run(&["service", "list"]).done().says("in pausa: IO non riconosce la chiave");
    assert_eq!(shown["service_paused"], "key-refused", "{shown}");
    house.run(&["flow", "show", &flow]).done().says("Servizio in pausa").says("IO non riconosce la chiave");
    house.run(&["flow", "list"]).done().says("Servizio in pausa");
    single_waits(house);

    let new_key = house.write("chiave", "quella-giusta\n");
    house.run(&["service", "set", SERVICE, "--key-file", &new_key]).done().says("flow resume");
    let work = house.work();
    house.run(&["flow", "resume", &flow]).done();
    let over = house.until(&flow, "it is sent", |flow| flow["state"] != "sending");
    work.terminate().done();
    assert_eq!((sum(&over), count(&over, "queued")), (40, 0), "{over}");
    assert_eq!(house.list(&["service", "list"])[0]["paused_reason"], Value::Null);
    let taken = count(&over, "accepted") + count(&over, "delivered") + count(&over, "uncertain");
    // The single one that waited has gone, too.
    assert_eq!((receiver.messages(), receiver.twice()), (taken + 1, 0), "{over}");
}

fn single_waits(house: &House) {
    let (text, code) = (house.write("lettera.md", LETTER), someone(Fate::OnIo));
    #[rustfmt::skip]
    let answer = house.run(&[
        "notification", "send", "--service", SERVICE, "--fiscal-code", &code, "--subject", "Carta d'identità",
        "--markdown-file", &text, "--json",
    ]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    let told = answer.json();
    assert_eq!((&told["state"], &told["reason"]), (&json!("queued"), &json!("key-refused")), "{told}");
}

#[test]
fn a_service_changes_its_address_only_with_its_key() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let set = ["service", "set", SERVICE, "--base-url", "http://127.0.0.1:10/api/v1"];
    house.run(&set).refused(1).says("anche la chiave");
    house.run(&[&set[..], &["--key", KEY]].concat()).done();
    for (url, said) in [
        ("http://api.io.pagopa.it/api/v1", "https://"),
        ("https://utente:segreto@api.io.pagopa.it/api/v1", "password"),
        ("https://10.0.0.7/api/v1", "rete privata"),
        ("non un indirizzo", "non è l'indirizzo"),
    ] {
        let add = ["service", "add", "--name", "Altro", "--key", KEY, "--base-url", url];
        let refused = house.run(&add).refused(1).says(said);
        assert!(!refused.stderr.contains("segreto"), "{refused:?}");
    }
    // Unless the configuration lets it, not even this machine.
    let add = ["service", "add", "--name", "Altro", "--key", KEY, "--base-url", "http://127.0.0.1:10/api/v1"];
    let mut command = house.command(&add);
    let refused =
        crate::support::Program::start(command.env_remove("STAFFETTA_ALLOW_LOOPBACK_URLS"), "").finish();
    refused.refused(1).says("STAFFETTA_ALLOW_LOOPBACK_URLS");
    house
        .run(&["service", "add", "--name", SERVICE, "--key", KEY, "--base-url", "https://a.example/"])
        .refused(1);
    assert_eq!(house.list(&["service", "list"]).len(), 1);
}
