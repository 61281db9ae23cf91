//! From an office's file to IO and back to Excel, with the counts of `examples/ATTESI.md`.

use crate::support::house::{SERVICE, count, sum};
use crate::support::people::example;
use crate::support::sheet::Sheet;
use crate::support::{House, Receiver};
use calamine::{Data, DataType};
use serde_json::{Value, json};

/// An amount that is a number in Excel is not written as in the CSV file (`581` for `581,00`), as a place in a text.
const ALL_BUT_THE_AMOUNT: &str = "Gentile {{Nome}} {{Cognome}}, l'avviso di pagamento della tassa sui rifiuti per \
    l'utenza di {{Indirizzo}} è disponibile. Da pagare entro il {{Scadenza}}; numero avviso {{Numero avviso}}.";

#[test]
fn the_list_goes_out_and_comes_back_on_sqlite() {
    whole_job(&House::sqlite());
}

#[test]
fn the_list_goes_out_and_comes_back_on_postgres() {
    if let Some(house) = House::postgres() {
        whole_job(&house);
    }
}

#[test]
fn the_same_list_as_an_excel_file_is_the_same_messages() {
    let (house, other) = (House::sqlite(), House::sqlite());
    let receiver = Receiver::start(&[]);
    for (house, list) in [(&house, "elenco-300.csv"), (&other, "elenco-300.xlsx")] {
        house.open(&receiver);
        let create = create_with(&house.write("testo.md", ALL_BUT_THE_AMOUNT), list);
        let create: Vec<&str> = create.iter().map(String::as_str).chain(["--accept-valid"]).collect();
        let id = house.json(&create)["id"].to_string();
        house.run(&["flow", "activate", &id, "--accept-past-due"]).done();
        let sent = house.json(&["flow", "send", &id, "--yes", "--wait"]);
        assert_eq!((&sent["state"], sum(&sent)), (&json!("incomplete"), 291), "{sent}");
    }
    // The receiver holds a body against every other: what came of the two files is the same to the letter.
    let stats = receiver.stats();
    let counts = [&stats["messages"], &stats["distinct_bodies"], &stats["twice"]];
    assert_eq!(counts, [&json!(508), &json!(254), &json!(254)], "{stats}");
}

fn create(list: &str) -> Vec<String> {
    create_with(example("avviso-tari.md").to_str().unwrap(), list)
}

fn create_with(text: &str, list: &str) -> Vec<String> {
    let list = example(list);
    #[rustfmt::skip]
    let arguments = [
        "flow", "create", "--service", SERVICE, "--description", "TARI 2027", "--nature", "pagamento",
        "--subject", "TARI 2027: avviso per {{Nome}} {{Cognome}}", "--reference", "tari-2027",
        "--markdown-file", text, "--recipients", list.to_str().unwrap(),
    ];
    arguments.map(str::to_owned).to_vec()
}

fn whole_job(house: &House) {
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    wrong_rows_keep_the_flow_from_being_made(house);

    let create = create("elenco-300.csv");
    let create: Vec<&str> = create.iter().map(String::as_str).chain(["--accept-valid"]).collect();
    let created = house.json(&create);
    let id = created["id"].to_string();
    assert_eq!(created, json!({"id": created["id"], "valid_rows": 291, "wrong_rows": 8}));
    assert_eq!(house.json(&create)["id"], created["id"], "the same reference and content");
    // What examples/ATTESI.md says of the list stands on the screen.
    let told = house.run(&create).done();
    for said in [
        "300  righe lette",
        "8  righe scartate",
        "1  riga ripetuta",
        "Totale degli importi: 110.098,17 €",
        "Importo minimo: 40,25 €",
        "Importo massimo: 1.674,31 €",
        "Riga 137: Il codice fiscale è stato letto come CLVPQL65R16M934R",
        "Riga 221: La stessa persona con lo stesso contenuto è già alla riga 172",
        "Riga 256: La stessa persona è già alla riga 209",
    ] {
        assert!(told.stdout.contains(said), "“{said}” is not in {told:?}");
    }
    assert_eq!(house.show(&id), expected(&id, "inactive", &[("queued", 291)]));
    house.run(&["flow", "send", &id, "--yes"]).refused(1).says("Prima va attivato");
    assert_eq!(house.json(&["flow", "activate", &id, "--accept-past-due"])["state"], "active");
    house.run(&["flow", "send", &id]).refused(2).says("--yes");
    assert_eq!(receiver.messages(), 0, "nothing leaves before it is sent");

    let sent = house.json(&["flow", "send", &id, "--yes", "--wait"]);
    assert_eq!((&sent["state"], sum(&sent)), (&json!("incomplete"), 291), "{sent}");
    assert_eq!(count(&sent, "queued") + count(&sent, "in_flight"), 0, "{sent}");
    settle(house, &id);
    let outcome = [("delivered", 250), ("rejected", 2), ("unreachable", 36), ("failed", 2), ("uncertain", 1)];
    assert_eq!(house.show(&id), expected(&id, "incomplete", &outcome));
    house.run(&["flow", "send", &id, "--yes"]).refused(1).says("finito");
    let stats = receiver.stats();
    assert_eq!((&stats["messages"], &stats["twice"]), (&json!(254), &json!(0)), "{stats}");

    what_people_read(house, &id);
    archive(house, &id, &stats);
}

/// Waits until the engine has asked IO what became of every message.
fn settle(house: &House, id: &str) {
    let work = house.work();
    house.until(id, "every outcome is told", |flow| count(flow, "accepted") == 0);
    work.terminate().done().says("fermato in ordine");
}

/// Exactly the shape that scripts rely on.
fn expected(id: &str, state: &str, counts: &[(&str, u64)]) -> Value {
    let mut tally = json!({
        "queued": 0, "in_flight": 0, "accepted": 0, "delivered": 0, "rejected": 0, "unreachable": 0,
        "failed": 0, "uncertain": 0, "cancelled": 0,
    });
    for (state, count) in counts {
        tally[*state] = json!(count);
    }
    let id: i64 = id.parse().unwrap();
    json!({
        "id": id, "state": state, "paused": false, "service_paused": null, "awaits_approval": false,
        "planned_at": null, "pilot": null,
        "recipients": 291, "tally": tally
    })
}

fn wrong_rows_keep_the_flow_from_being_made(house: &House) {
    let wrong = house.path("scarti.xlsx");
    let create = create("elenco-300.csv");
    let mut create: Vec<&str> = create.iter().map(String::as_str).collect();
    create.extend(["--wrong-rows", wrong.to_str().unwrap()]);
    let refused = house.run(&create).refused(1).says("8 righe").says("Non è stato creato niente");
    let refused =
        refused.says("Riga 91, colonna Importo, valore “1.234”").says("1.234,00").says("--accept-valid");
    assert_eq!(refused.stdout, "");
    assert_eq!(house.list(&["flow", "list"]), [] as [Value; 0]);
    let sheet = Sheet::open(&wrong);
    assert_eq!(sheet.header, ["Riga", "Colonna", "Valore", "Motivo", "Rimedio"]);
    let mut lines: Vec<i64> = sheet.rows.iter().map(|row| row["Riga"].as_i64().unwrap()).collect();
    lines.dedup();
    assert_eq!(lines, [16, 45, 77, 91, 147, 192, 205, 272]);
}

fn what_people_read(house: &House, id: &str) {
    let shown = house.run(&["flow", "show", id]).done();
    for words in
        ["Invio incompleto", "36 non raggiungibili · 5 da esaminare", "Esito incerto", "non usa l’app IO"]
    {
        assert!(shown.stdout.contains(words), "“{words}” is not in {}", shown.stdout);
    }
    let flows = house.list(&["flow", "list", "--state", "incomplete", "--description", "tari"]);
    assert_eq!(flows.len(), 1);
    assert_eq!((&flows[0]["reference"], &flows[0]["recipients"]), (&json!("tari-2027"), &json!(291)));
    assert_eq!(house.list(&["flow", "list", "--state", "sent"]), [] as [Value; 0]);
}

fn archive(house: &House, id: &str, stats: &Value) {
    let all = house.list(&["notification", "list", "--flow", id]);
    assert_eq!(all.len(), 291);
    let uncertain = house.list(&["notification", "list", "--flow", id, "--state", "uncertain"]);
    assert_eq!(uncertain.len(), 1);
    assert_eq!(uncertain[0]["reason"], "connection-broken");
    let code = uncertain[0]["fiscal_code"].as_str().unwrap();
    assert_eq!(stats["citizens"][code], 1, "IO had taken it");
    assert_eq!(house.list(&["notification", "list", "--fiscal-code", code]), uncertain);
    assert_eq!(house.list(&["notification", "list", "--limit", "7"]).len(), 7);

    let path = house.path("esiti.xlsx");
    let exported = house.json(&["flow", "export", id, "--output", path.to_str().unwrap()]);
    assert_eq!(exported["rows"], 299, "with the rows that were left aside");
    let sheet = Sheet::open(&path);
    #[rustfmt::skip]
    assert_eq!(sheet.header, [
        "Codice Fiscale", "Cognome", "Nome", "Indirizzo", "Importo", "Scadenza", "Numero avviso",
        "Stato", "Motivo", "Inviata il", "Accettata da IO il", "Esito finale del", "Id IO", "Numero notifica",
    ]);
    assert_eq!((sheet.rows.len(), sheet.formulas), (299, 0));
    let with = |state: &str| sheet.column("Stato").iter().filter(|found| *found == state).count();
    let states = ["Disponibile su IO", "Non recapitata", "Non raggiungibile", "Errore", "Esito incerto"];
    assert_eq!(states.map(with), [250, 2, 36, 2, 1]);
    assert_eq!(with("Riga scartata: non inviata"), 8);
    first_row(&sheet);
    not_reached(house, id);

    let path = house.path("disponibili.xlsx");
    let export = ["notification", "export", "--state", "delivered", "--output", path.to_str().unwrap()];
    assert_eq!(house.json(&export)["rows"], 250);
    let sheet = Sheet::open(&path);
    assert_eq!((sheet.name.as_str(), sheet.rows.len(), sheet.header.len()), ("Notifiche", 250, 13));
}

/// The first of the office's file, with every cell of its type.
fn first_row(sheet: &Sheet) {
    let row = sheet.of("LTTMME92P66M919R");
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(row["Stato"], text("Disponibile su IO"));
    assert_eq!(row["Indirizzo"], text("Via Cefalù 162"), "Windows-1252 was read");
    assert_eq!(row["Importo"], text("62,95"), "the office's own");
    assert_eq!(row["Numero avviso"], text("399010027335758649"));
    for moment in ["Inviata il", "Accettata da IO il", "Esito finale del"] {
        assert!(row[moment].is_datetime(), "{moment}: {row:?}");
    }
    assert_eq!(row["Id IO"].as_string().unwrap().len(), 26, "{row:?}");
}

/// Only those of whom it is certain, each with its reason, and what was left aside before the sending.
fn not_reached(house: &House, id: &str) {
    let path = house.path("non-raggiunti.xlsx");
    let export = ["flow", "export", id, "--unreached", "--output", path.to_str().unwrap()];
    assert_eq!(house.json(&export)["rows"], 48);
    let sheet = Sheet::open(&path);
    let states = sheet.column("Stato");
    assert!(
        !states.iter().any(|state| state == "Esito incerto" || state == "Disponibile su IO"),
        "{states:?}"
    );
    assert!(sheet.column("Motivo").iter().all(|reason| reason.len() > 20));
    assert!(sheet.column("Indirizzo").iter().all(|address| !address.is_empty()), "a letter needs it");
}
