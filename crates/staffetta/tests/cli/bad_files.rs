//! Files that are no list: what is said, and that nothing is made of them.

use crate::support::people::{LETTER, MARKDOWN, list};
use crate::support::sheet::Sheet;
use crate::support::{Answer, House};
use serde_json::{Value, json};
use std::fs::File;

/// A house whose service is never called.
fn house() -> House {
    let house = House::sqlite();
    house.open_at("http://127.0.0.1:9/api/v1");
    house
}

/// A flow from this file, whose good rows may go on without the wrong ones.
#[track_caller]
fn create(house: &House, file: &str) -> Answer {
    let text = house.write("testo.md", MARKDOWN);
    house.run(&[&house.create(file, &text)[..], &["--accept-valid", "--json"]].concat())
}

#[track_caller]
fn nothing_was_made(house: &House) {
    assert_eq!(house.list(&["flow", "list"]), [] as [Value; 0]);
    // Not even a piece of it: a file that the store kept would show in the archive.
    assert_eq!(house.list(&["notification", "list"]), [] as [Value; 0]);
}

#[test]
fn a_file_that_is_no_list_is_refused_and_nothing_is_made() {
    let house = house();
    let good = list(3);
    let of_nobody = "Codice fiscale;Nome\r\nRSSMRA85T10A562X;Mario\r\n99900000001;Anna\r\n";
    for (name, bytes, said) in [
        ("vuoto.csv", Vec::new(), "Il file è vuoto"),
        ("bianco.csv", b"\r\n\r\n  \r\n".to_vec(), "Il file è vuoto"),
        ("intestazione.csv", b"Codice fiscale;Nome\r\n".to_vec(), "solo la riga di intestazione"),
        ("senza-intestazione.csv", good.split_once('\n').unwrap().1.into(), "mancano i nomi delle colonne"),
        (
            "senza-codice.csv",
            b"Nome;Via\r\nMario;Via Roma\r\n".to_vec(),
            "Le colonne trovate sono: Nome, Via",
        ),
        ("sbagliati.csv", of_nobody.into(), "Tutte le 2 righe del file sono sbagliate"),
        ("doppia.csv", good.replace("Nome", "codice_fiscale").into(), "c’è più di una volta"),
        ("sinonimi.csv", good.replace("Nome", "C.F.").into(), "indicano lo stesso dato"),
        ("nulli.csv", vec![0; 4096], "non contiene testo"),
        ("binario.csv", (0..=255).cycle().take(20_000).collect(), "non contiene testo"),
        ("immagine.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "immagine"),
        ("documento.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "PDF"),
        ("pagina.xls", b"<html><body><table><tr><td>CF</td></tr></table>".to_vec(), "pagina web"),
        ("rotto.xlsx", b"PK\x03\x04rovinato".to_vec(), "danneggiato"),
        ("virgolette.csv", format!("\"Codice fiscale;Nome\r\n{good}").into(), "non si riesce a leggere"),
    ] {
        let file = house.write(name, bytes);
        let answer = create(&house, &file).refused(1).says(said);
        assert_eq!(answer.stdout, "", "{name}");
    }
    create(&house, &house.at("non-c-e.csv")).refused(1).says("non-c-e.csv").says("non c'è");
    create(&house, &house.at(".")).refused(1);
    nothing_was_made(&house);
}

#[test]
fn a_file_over_two_gigabytes_is_refused_without_being_read() {
    let house = house();
    // It begins well, and goes on with a hole: no disk is filled.
    let file = house.write("enorme.csv", list(4_900));
    File::options().write(true).open(&file).unwrap().set_len((2 << 30) + 1).unwrap();
    create(&house, &file).refused(1).says("troppo grande");
    nothing_was_made(&house);
}

#[test]
fn rows_that_cannot_be_read_are_told_by_line_and_the_others_go_on() {
    let house = house();
    let good = list(6);
    let mut lines: Vec<String> = good.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replace("Persona", "Per\0sona");
    lines[3] = format!("{};{}", lines[3].split(';').next().unwrap(), "x".repeat(1 << 20));
    lines[4] = lines[4].replace("Persona", "\"Persona\" ");
    lines.push("RSSMRA85T10A562S;\"Mario".to_owned());
    let file = house.write("elenco.csv", lines.join("\r\n"));
    let answer = create(&house, &file).done();
    assert_eq!(answer.json(), json!({"id": answer.json()["id"], "valid_rows": 3, "wrong_rows": 4}));
    for said in [
        "Riga 3: La riga contiene caratteri nulli",
        "Riga 4: La riga supera",
        "Riga 5: In questa riga c'è del testo dopo le virgolette",
        "Riga 8: In questa riga si aprono delle virgolette",
    ] {
        assert!(answer.stderr.contains(said), "“{said}” is not in {}", answer.stderr);
    }
    assert!(answer.stderr.len() < 10_000, "a megabyte is not told to a person");
}

#[test]
fn the_wrong_rows_are_written_all_and_over_nothing_of_the_office() {
    let house = house();
    let text = house.write("testo.md", MARKDOWN);
    let many = format!("{}{}", list(3), "nessuno;Nome\r\n".repeat(1_500));
    let file = house.write("elenco.csv", &many);
    let book = house.write("elenco.xlsx", "PK un altro elenco");
    let over = |recipients: &str, wrong_rows: &str| {
        house.run(&[&house.create(recipients, &text)[..], &["--wrong-rows", wrong_rows]].concat())
    };
    over(&file, &file).refused(1).says(".xlsx");
    over(&book, &book).refused(1).says("uno di quelli da leggere");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), many);
    assert_eq!(std::fs::read_to_string(&book).unwrap(), "PK un altro elenco");
    let notes = house.write("appunti.xlsx", "appunti");
    over(&file, &notes).refused(1).says("non è un file Excel");
    assert_eq!(std::fs::read_to_string(&notes).unwrap(), "appunti");

    let wrong = house.at("scartate.xlsx");
    let answer = over(&file, &wrong).refused(1);
    assert!(
        answer.stderr.contains("altri 1480 problemi") && answer.stderr.contains("1500 problemi sono stati"),
        "{answer:?}"
    );
    assert_eq!(Sheet::open(wrong.as_ref()).rows.len(), 1_500);
    nothing_was_made(&house);
}

#[test]
fn a_text_that_does_not_fit_the_list_is_refused() {
    let house = house();
    let people = house.write("elenco.csv", list(2));
    for (markdown, said) in [
        (MARKDOWN.replace("{{Nome}}", "{{Cognome}}"), "non corrisponde a nessuna colonna"),
        (MARKDOWN.replace("{{Nome}}", "{{Nome"), "si apre e non si chiude"),
        (format!("---\n{LETTER}"), "comincia con “---”"),
        ("Gentile {{Nome}}".to_owned(), "ne servono almeno 120"),
        ("x".repeat(10_001), "al massimo 10000"),
    ] {
        let text = house.write("testo.md", markdown);
        house.run(&house.create(&people, &text)).refused(1).says(said);
    }
    let latin = house.write("latino.md", b"Citt\xe0 ".repeat(40));
    house.run(&house.create(&people, &latin)).refused(1).says("UTF-8");
    let text = house.write("testo.md", MARKDOWN);
    let with = |name: &str, value: &str| {
        let mut create: Vec<String> = house.create(&people, &text).into_iter().map(str::to_owned).collect();
        let place = create.iter().position(|argument| argument == name).unwrap();
        create[place + 1] = value.to_owned();
        house.run(&create.iter().map(String::as_str).collect::<Vec<_>>())
    };
    with("--subject", "Avviso").refused(1).says("L’oggetto ha 6 caratteri");
    with("--service", "Anagrafe").refused(1).says("Il servizio “Anagrafe” non c'è");
    with("--nature", "urgente").refused(1).says("“urgente”").says("informativo, promemoria");
    with("--nature", "pagamento").refused(1).says("richiede la colonna dell’importo");
    with("--description", " ").refused(1).says("Descrizione");
    nothing_was_made(&house);
    let ruled = house.write("riga.md", format!("{MARKDOWN}\n---\n"));
    house.run(&house.create(&people, &ruled)).done().says("mail");
}

#[test]
fn a_reference_given_again_makes_no_second_flow() {
    let house = house();
    let (people, text) = (house.write("elenco.csv", list(4)), house.write("testo.md", MARKDOWN));
    let create = house.create(&people, &text);
    let create = [&create[..], &["--reference", "avvisi 2027"]].concat();
    let first = house.json(&create);
    assert_eq!(house.json(&create), first);
    house.run(&create).done().says("c'è già il flusso");
    house.write("elenco.csv", list(5));
    house.run(&create).refused(1).says("altro contenuto");
    assert_eq!(house.list(&["flow", "list"]).len(), 1);
    // Without a reference the same is made again, but it is said.
    house.write("elenco.csv", list(4));
    house.run(&house.create(&people, &text)).done().says("lo stesso elenco con lo stesso messaggio");
    assert_eq!(house.list(&["flow", "list"]).len(), 2);
}
