//! What may be done with a flow before it is sent, and what is answered when it may not.

use crate::support::House;
use crate::support::people::{MARKDOWN, list};
use serde_json::json;

#[test]
fn a_flow_is_prepared_frozen_thawed_and_thrown_away() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let id = house.active_flow(2);
    assert_eq!(house.show(&id)["state"], "active");
    house.run(&["flow", "activate", &id]).refused(1).says("Attivo");
    house.run(&["flow", "delete", &id]).refused(1).says("Attivo").says("flow deactivate");
    for verb in ["pause", "resume", "cancel"] {
        house.run(&["flow", verb, &id]).refused(1).says("ora non si può fare");
    }
    assert_eq!(house.json(&["flow", "deactivate", &id])["state"], "inactive");
    house.run(&["flow", "deactivate", &id]).refused(1).says("Inattivo");
    // A draft is in nobody's archive.
    assert!(house.list(&["notification", "list"]).is_empty());
    assert_eq!(
        house.json(&["flow", "delete", &id]),
        json!({"id": id.parse::<i64>().unwrap(), "deleted": true})
    );
    house.run(&["flow", "show", &id]).refused(1).says("non c'è");
    assert!(house.list(&["flow", "list"]).is_empty());
}

#[test]
fn of_several_flows_one_that_fails_does_not_keep_the_others() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let (people, text) = (house.write("elenco.csv", list(2)), house.write("testo.md", MARKDOWN));
    let make = || house.json(&house.create(&people, &text))["id"].to_string();
    let (first, second) = (make(), make());
    let answer = house.run(&["flow", "activate", "999", &first, "998", &second, "--json"]).refused(1);
    let states: Vec<_> = answer.json_lines().iter().map(|flow| flow["state"].clone()).collect();
    assert_eq!(states, ["active", "active"]);
    answer.says("Il flusso 999 non c'è").says("Il flusso 998 non c'è");
    // Sending is all or none: it is known before anything leaves.
    house.run(&["flow", "send", &first, "999", "--yes"]).refused(1).says("999");
    assert_eq!(house.show(&first)["state"], "active");
}

#[test]
fn due_dates_that_have_passed_are_agreed_to() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let (people, text) = (house.write("elenco.csv", past_due()), house.write("testo.md", MARKDOWN));
    let id = house.json(&house.create(&people, &text))["id"].to_string();
    house.run(&["flow", "activate", &id]).refused(2).says("30/04/2020").says("--accept-past-due");
    assert_eq!(house.show(&id)["state"], "inactive");
    house.run(&["flow", "activate", &id, "--accept-past-due"]).done().says("Prima scadenza: 30/04/2020");
    assert_eq!(house.show(&id)["state"], "active");
}

/// Two people; one is told of a day that is over.
fn past_due() -> String {
    let dates = ["Scadenza", "30/04/2020", "31/12/2199"];
    list(2).lines().zip(dates).map(|(line, date)| format!("{line};{date}\n")).collect()
}

#[test]
fn a_list_for_several_days_becomes_a_flow_for_each_and_is_planned() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let dates = ["expedition_date", "2198-01-07T10:00:00", "2198-01-04", "2198-01-07T10:00:00", "2020-01-04"];
    let people: String = list(4).lines().zip(dates).map(|(line, date)| format!("{line};{date}\n")).collect();
    let (people, text) = (house.write("elenco.csv", people), house.write("testo.md", MARKDOWN));
    house.run(&house.create(&people, &text)).done().says("3 date di spedizione").says("--split-by-date");
    let create = [&house.create(&people, &text)[..], &["--split-by-date", "--json"]].concat();
    let made = house.run(&create).done().json_lines();
    let rows: Vec<_> = made.iter().map(|flow| flow["valid_rows"].clone()).collect();
    assert_eq!(rows, [1, 1, 2]);
    let ids: Vec<String> = made.iter().map(|flow| flow["id"].to_string()).collect();
    house.run(&["flow", "activate", &ids[0]]).refused(2).says("04/01/2020").says("--accept-past-start");
    house.run(&["flow", "activate", &ids[0], "--accept-past-start"]).done();
    house.run(&["flow", "activate", &ids[1], "--plan"]).done().says("programmato per il 04/01/2198 09:00");
    house.run(&["flow", "unplan", &ids[1]]).done();
    // What cannot be called back is not begun by a word that was not given.
    house.run(&["flow", "activate", &ids[2]]).done().says("non è programmato");
    house.run(&["flow", "unplan", &ids[2]]).refused(1);
}

#[test]
fn wrong_usage_is_exit_code_2_and_changes_nothing() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let id = house.active_flow(2);
    for wrong in [
        &["flow", "show"][..],
        &["flow", "show", "uno"],
        &["flow", "send", &id],
        &["flow", "list", "--state", "finito"],
        &["flow", "list", "--from", "31/02/2027"],
        &["notification", "list", "--fiscal-code", "RSSMRA"],
        &["notification", "list", "--state", "perduta"],
        &["notification", "export"],
        &["service", "add", "--name", "Altro", "--base-url", "https://a.example"],
        &[
            "service",
            "add",
            "--name",
            "Altro",
            "--base-url",
            "https://a.example",
            "--key",
            "a",
            "--key-file",
            "b",
        ],
        &["organization", "set"],
    ] {
        house.run(wrong).refused(2);
    }
    assert_eq!(house.show(&id)["state"], "active");
}
