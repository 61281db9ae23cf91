//! `notification send`: one message to one person, at once.

use crate::support::house::{KEY, SERVICE};
use crate::support::people::{LETTER, someone};
use crate::support::{Answer, House, Receiver};
use serde_json::{Value, json};
use staffetta_io::Fate;

/// Runs `notification send --json` with these arguments besides the service and the text.
#[track_caller]
fn send(house: &House, markdown: &str, arguments: &[&str], input: &str) -> Answer {
    let text = house.write("testo.md", markdown);
    let fixed = ["notification", "send", "--json", "--service", SERVICE, "--markdown-file", &text];
    house.run_with(&[&fixed, arguments].concat(), input)
}

fn subject() -> [&'static str; 2] {
    ["--subject", "Carta d'identità"]
}

#[test]
fn io_takes_it_on_sqlite() {
    io_takes_it(&House::sqlite());
}

#[test]
fn io_takes_it_on_postgres() {
    if let Some(house) = House::postgres() {
        io_takes_it(&house);
    }
}

#[test]
fn what_does_not_stop_it_is_said() {
    let house = House::sqlite();
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    let code = someone(Fate::OnIo);
    let text = format!("{LETTER}\n---\nUfficio anagrafe");
    let fixed = ["--fiscal-code", &code, "--due-date", "30/04/2020"];
    let sent = send(&house, &text, &[&fixed[..], &subject()].concat(), "").done();
    sent.says("30/04/2020 è già passata").says("mail");
    house.run(&["notification", "list"]).done().says("Id IO").says("Motivo");
}

fn io_takes_it(house: &House) {
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    let code = someone(Fate::OnIo);
    let fixed = ["--fiscal-code", "-", "--subject", "Avviso di pagamento", "--due-date", "30/04/2027"];
    let payment = ["--amount-cents", "6295", "--notice-number", "399010027335758649"];
    let sent = send(house, LETTER, &[&fixed[..], &payment].concat(), &format!("{code}\n")).done().json();
    assert_eq!(sent.as_object().unwrap().len(), 4, "{sent}");
    assert_eq!((&sent["state"], &sent["reason"]), (&json!("accepted"), &Value::Null));
    assert_eq!(sent["io_message_id"].as_str().unwrap().len(), 26, "{sent}");
    assert_eq!(receiver.stats()["citizens"], json!({&code: 1}));

    let found = house.list(&["notification", "list", "--notice-number", "399010027335758649"]);
    assert_eq!(found.len(), 1);
    let found = &found[0];
    assert_eq!(
        (&found["id"], &found["fiscal_code"], &found["flow"]),
        (&sent["id"], &json!(code), &Value::Null)
    );
    assert_eq!((&found["amount_cents"], &found["due_date"]), (&json!(6295), &json!("2027-04-30T21:59:59Z")));
    let inbox = receiver.get(&format!("/inbox/{code}"));
    assert!(inbox.contains("Avviso di pagamento") && inbox.contains("3990 1002 7335 7586 49"), "{inbox}");
}

#[test]
fn who_cannot_be_reached_and_what_io_refuses_is_told_by_exit_code_1() {
    let house = House::sqlite();
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    for (fate, state, reason) in [
        (Fate::NotOnIo, "unreachable", "not-on-io"),
        (Fate::ServiceOff, "unreachable", "service-off"),
        (Fate::Refused, "failed", "payload-refused"),
        (Fate::LostAnswer, "uncertain", "connection-broken"),
    ] {
        let code = someone(fate);
        let answer = send(&house, LETTER, &[&["--fiscal-code", &code], &subject()[..]].concat(), "");
        assert_eq!(answer.code, Some(1), "{answer:?}");
        let told = answer.json();
        let expected = json!({"id": told["id"], "state": state, "reason": reason, "io_message_id": null});
        assert_eq!(told, expected);
    }
    // Of the four only the message whose answer was lost has arrived.
    assert_eq!(receiver.stats()["citizens"], json!({someone(Fate::LostAnswer): 1}));
}

#[test]
fn what_is_wrong_is_said_all_at_once_and_nothing_leaves() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let code = someone(Fate::OnIo);
    let short = "x".repeat(119);
    let answer = send(&house, &short, &["--fiscal-code", "99900000001", "--subject", "123456789"], "");
    let answer = answer.refused(1).says("codice di 11 cifre");
    answer
        .says("L’oggetto ha 9 caratteri: ne servono almeno 10")
        .says("Il contenuto ha 119 caratteri: ne servono almeno 120");
    for (wrong, said) in [
        ("", "standard input"),
        ("RSSMRA85T10A562", "15 caratteri invece di 16"),
        ("RSSMRA85T10A562X", "L’ultima lettera"),
        ("RSSMRA85T32A562S", "data di nascita che non esiste"),
        ("1234567890123456", "non sono al loro posto"),
    ] {
        let answer = send(&house, LETTER, &[&["--fiscal-code", "-"], &subject()[..]].concat(), wrong);
        answer.refused(1).says(said);
    }
    let to = ["--fiscal-code", &code];
    let too_long = "T".repeat(121);
    send(&house, LETTER, &[&to[..], &["--subject", &too_long]].concat(), "")
        .refused(1)
        .says("al massimo 120");
    let with_place = LETTER.replace("cittadina", "{{Nome}}");
    send(&house, &with_place, &[&to[..], &subject()].concat(), "").refused(1).says("{{Nome}}");
    let amount = ["--amount-cents", "100"];
    send(&house, LETTER, &[&to[..], &subject(), &amount].concat(), "").refused(2).says("--notice-number");
    let payment = ["--amount-cents", "1000001", "--notice-number", "399010027335758649"];
    send(&house, LETTER, &[&to[..], &subject(), &payment].concat(), "").refused(1).says("10.000,00");
    send(&house, LETTER, &[&to[..], &subject(), &["--due-date", "31/02/2027"]].concat(), "")
        .refused(1)
        .says("giorno che non esiste");
    assert_eq!(house.list(&["notification", "list"]), [] as [Value; 0]);
    let accounts = &receiver.stats()["accounts"][0];
    assert_eq!(
        accounts["calls"],
        json!({"profiles": 0, "messages": 0, "status": 0}),
        "IO was not even asked"
    );

    // At the limits it goes out, and a code in lower case with blanks is put right and said so.
    house.run(&["organization", "set", "--content-min", "119"]).done();
    let (subject, spaced) = ("1234567890", format!(" {} {}", &code[..6].to_lowercase(), &code[6..]));
    let answer = send(&house, &short, &["--fiscal-code", &spaced, "--subject", subject], "").done();
    answer.says("forma giusta");
    assert_eq!(receiver.stats()["citizens"], json!({code: 1}));
}

#[test]
fn a_reference_given_again_sends_nothing_again() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    let code = someone(Fate::OnIo);
    let arguments = [&["--fiscal-code", &code, "--reference", "prot. 12/2027"], &subject()[..]].concat();
    let first = send(&house, LETTER, &arguments, "").done().json();
    let again = send(&house, LETTER, &arguments, "").done().says("non ne parte un'altra").json();
    assert_eq!((&again["id"], &again["io_message_id"]), (&first["id"], &first["io_message_id"]));
    let other = LETTER.replace("documento", "certificato");
    let refused = send(&house, &other, &arguments, "").refused(1).says("altro contenuto");
    assert_eq!(refused.stdout, "");
    assert_eq!((receiver.messages(), receiver.twice()), (1, 0));
    let found = house.list(&["notification", "list", "--reference", "prot. 12/2027"]);
    assert_eq!(found.len(), 1);
}

#[test]
fn the_key_is_never_seen_again() {
    let house = House::sqlite();
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    let answers = [
        house.run(&["service", "list"]).done(),
        house.run(&["service", "list", "--json"]).done(),
        send(&house, LETTER, &[&["--fiscal-code", &someone(Fate::OnIo)], &subject()[..]].concat(), "").done(),
    ];
    for answer in answers {
        assert!(!format!("{answer:?}").contains(KEY), "{answer:?}");
    }
    let files = house.files();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()), "{}", file.display());
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{} is for its owner only", file.display());
    }
}
