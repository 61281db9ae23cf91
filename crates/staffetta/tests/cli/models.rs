//! `model`, and a flow that begins with one.

use crate::support::{House, Receiver};
use calamine::{Reader, open_workbook_auto};
use serde_json::json;

#[test]
fn a_flow_begins_with_a_model_and_becomes_one() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    let listed = house.list(&["model", "list"]);
    assert!(listed.iter().any(|model| model["key"] == "carta-identita" && model["shared"] == json!(true)));
    house.run(&["model", "show", "Scadenza della carta d'identità"]).done().says("numero_carta");
    house.run(&["model", "show", "boh"]).refused(1).says("model list");
    let example = house.at("carte.xlsx");
    house.run(&["model", "example", "carta-identita", "--output", &house.at("carte.csv")]).refused(1);
    assert_eq!(house.json(&["model", "example", "carta-identita", "--output", &example])["rows"], 3);
    let sheet = open_workbook_auto(&example).unwrap().worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), 4);

    let create = |model: &str, more: &[&str]| {
        let base =
            ["flow", "create", "--service", "Tributi", "--description", "Carte", "--recipients", &example];
        house.json(&[&base, &["--model", model][..], more].concat())
    };
    let made = create("carta-identita", &[]);
    assert_eq!((&made["valid_rows"], &made["wrong_rows"]), (&json!(3), &json!(0)), "{made}");
    let flow = made["id"].to_string();
    house.run(&["flow", "activate", &flow]).done();
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).done();
    assert_eq!(receiver.messages(), 3);

    let saved = house.json(&["model", "save", "--flow", &flow, "--name", "Carte in scadenza"]);
    assert_eq!(saved["name"], "Carte in scadenza", "{saved}");
    house
        .run(&["model", "save", "--flow", &flow, "--name", "carte in SCADENZA"])
        .refused(1)
        .says("questo nome");
    let shown = house.json(&["model", "show", "carte in scadenza"]);
    assert_eq!(
        (&shown["nature"], &shown["columns"][0]["meaning"]),
        (&json!("promemoria"), &json!("fiscal-code"))
    );
    let again =
        create("Carte in scadenza", &["--subject", "Rinnova la carta, {{nome}}", "--nature", "altro"]);
    let flows = house.list(&["flow", "list"]);
    let line = flows.iter().find(|flow| flow["id"] == again["id"]).unwrap();
    assert_eq!(line["nature"], "Altro", "{line}");

    let without = ["flow", "create", "--service", "Tributi", "--description", "x", "--recipients", &example];
    house.run(&without).refused(2).says("--subject");
}
