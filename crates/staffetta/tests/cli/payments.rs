//! What an office's columns say of a payment stands in the message that IO gets, to the letter.

use crate::support::people::{MARKDOWN, codes};
use crate::support::{House, Receiver};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const COLUMNS: &str =
    "Codice fiscale;Nome;Importo;Numero avviso;Scadenza;invalid_after_due_date;payee;Nota\n";
/// Of each row the cells after the name, and what becomes of them. The day ends at 23:59:59 in Rome: an hour earlier in
/// UTC in winter, two in summer; a time of the day stands as it is written.
const ROWS: [(&str, &str); 4] = [
    (
        "1.234,56;301000000000000001;15/01/2097;sì;80012345676;",
        r#"{"due_date":"2097-01-15T22:59:59Z","payment_data":{"amount":123456,"notice_number":"301000000000000001",
            "invalid_after_due_date":true,"payee":{"fiscal_code":"80012345676"}}}"#,
    ),
    (
        "0,01;301000000000000002;15/07/2097;no;;",
        r#"{"due_date":"2097-07-15T21:59:59Z","payment_data":{"amount":1,"notice_number":"301000000000000002"}}"#,
    ),
    (
        "19.99;301000000000000003;2097-12-03T10:15:30;;80012345676;",
        r#"{"due_date":"2097-12-03T09:15:30Z","payment_data":{"amount":1999,"notice_number":"301000000000000003",
            "payee":{"fiscal_code":"80012345676"}}}"#,
    ),
    (
        "5;301000000000000004;;;;senza scadenza",
        r#"{"payment_data":{"amount":500,"notice_number":"301000000000000004"}}"#,
    ),
];

#[test]
fn columns_of_a_payment_reach_io_on_sqlite() {
    columns_reach_io(&House::sqlite());
}

#[test]
fn columns_of_a_payment_reach_io_on_postgres() {
    if let Some(house) = House::postgres() {
        columns_reach_io(&house);
    }
}

fn columns_reach_io(house: &House) {
    let journal = house.at("ricevuti.jsonl");
    let receiver =
        Receiver::start(&["--reach", "1", "--faults", "none", "--grant-payee", "--journal", &journal]);
    house.open(&receiver);
    let codes = codes();
    let lines = codes.iter().zip(ROWS).map(|(code, (cells, _))| format!("{};Anna;{cells}\n", code.as_str()));
    let list = house.write("elenco.csv", COLUMNS.to_owned() + &lines.collect::<String>());
    let text = house.write("testo.md", MARKDOWN);
    let mut create = house.create(&list, &text);
    let nature = create.iter().position(|argument| *argument == "informativo").unwrap();
    create[nature] = "pagamento";
    let created = house.json(&create);
    assert_eq!((&created["valid_rows"], &created["wrong_rows"]), (&json!(4), &json!(0)), "{created}");
    let flow = created["id"].to_string();
    house.run(&["flow", "activate", &flow]).done();
    assert_eq!(house.json(&["flow", "send", &flow, "--yes", "--wait"])["state"], "sent");

    let received = received(&std::fs::read_to_string(&journal).unwrap());
    assert_eq!(received.len(), ROWS.len());
    for (code, (cells, expected)) in codes.iter().zip(ROWS) {
        let expected: Value = serde_json::from_str(expected).unwrap();
        let content = &received[code.as_str()];
        for member in ["due_date", "payment_data"] {
            assert_eq!(content.get(member), expected.get(member), "{cells}");
        }
    }
}

/// What the simulator took, by fiscal code.
fn received(journal: &str) -> BTreeMap<String, Value> {
    let lines = journal.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter_map(|line| {
            let message = line.get("message")?;
            let content = serde_json::from_str(message["content"].as_str()?).unwrap();
            Some((message["fiscal_code"].as_str()?.to_owned(), content))
        })
        .collect()
}
