//! What a citizen's data must not become: a formula in the office's spreadsheet.

use crate::support::people::{MARKDOWN, codes};
use crate::support::sheet::Sheet;
use crate::support::{House, Receiver};
use calamine::Data;

const FORMULAS: [&str; 5] =
    ["=cmd|'/c calc'!A0", "+39 055 123", "-1+1", "@SUM(A1:A9)", "=HYPERLINK(\"http://a.example\")"];

#[test]
fn cells_that_look_like_formulas_come_back_as_text() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let rows = codes().into_iter().zip(FORMULAS);
    let quoted = |text: &str| text.replace('"', "\"\"");
    let rows: String =
        rows.map(|(code, formula)| format!("{};\"{}\";007\r\n", code.as_str(), quoted(formula))).collect();
    let list = house.write("elenco.csv", format!("Codice fiscale;Nome;=Nota\r\n{rows}"));
    let text = house.write("testo.md", MARKDOWN);
    let flow = house.json(&house.create(&list, &text))["id"].to_string();
    house.run(&["flow", "activate", &flow]).done();
    let sent = house.json(&["flow", "send", &flow, "--yes", "--wait"]);
    assert_eq!(sent["state"], "sent", "{sent}");

    let path = house.at("esiti.xlsx");
    house.run(&["flow", "export", &flow, "--output", &path]).done();
    let sheet = Sheet::open(path.as_ref());
    assert_eq!(sheet.formulas, 0);
    assert_eq!(&sheet.header[..4], ["Codice fiscale", "Nome", "=Nota", "Stato"]);
    for (row, formula) in sheet.rows.iter().zip(FORMULAS) {
        assert_eq!(row["Nome"], Data::String(formula.to_owned()));
        assert_eq!(row["=Nota"], Data::String("007".to_owned()), "a code keeps its zeros");
    }

    let csv = house.at("esiti.csv");
    let written = house.json(&["flow", "export", &flow, "--output", &csv]);
    assert_eq!(written["rows"], 5);
    let text = std::fs::read_to_string(&csv).unwrap();
    for kept in [";'=cmd|'/c calc'!A0;007;", ";+39 055 123;007;", ";'-1+1;", ";'@SUM(A1:A9);"] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    house.run(&["flow", "export", &flow, "--output", &csv]).refused(1).says("c'è già");
}

#[test]
fn an_export_that_cannot_be_written_is_told_and_what_was_there_stays() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let flow = house.active_flow(2);
    let nowhere = house.at("manca/esiti.xlsx");
    house.run(&["flow", "export", &flow, "--output", &nowhere]).refused(1).says("non si può scrivere");
    let there = house.write("esiti.xlsx", "PK quello di ieri");
    house.run(&["flow", "export", "999", "--output", &there]).refused(1).says("non c'è");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "PK quello di ieri");
    let list = house.at("elenco.csv");
    let before = std::fs::read(&list).unwrap();
    house.run(&["flow", "export", &flow, "--output", &list]).refused(1).says("potrebbe essere il tuo elenco");
    assert_eq!(std::fs::read(&list).unwrap(), before);
}

#[test]
fn a_full_disk_is_told_in_words_and_leaves_no_half_file() {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    let flow = house.active_flow(4_000);
    std::fs::create_dir(house.path("esiti")).unwrap();
    let export = house.command(&["flow", "export", &flow, "--output", &house.at("esiti/esiti.xlsx")]);
    // No file may grow beyond 100 KiB, which the system answers as it does when there is no room.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""]).arg(export.get_program());
    limited.args(export.get_args()).env_clear();
    limited.envs(export.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let refused =
        crate::support::Program::start(&mut limited, "").finish().refused(1).says("Il disco è pieno");
    assert!(!refused.stderr.contains("rust_xlsxwriter"), "{refused:?}");
    assert_eq!(std::fs::read_dir(house.path("esiti")).unwrap().count(), 0);
}
