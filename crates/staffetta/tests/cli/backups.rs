//! `backup` and `restore`: a copy made while the engine works, put back, and what then waits for a person.

use crate::support::house::count;
use crate::support::{House, Receiver, eventually};
use serde_json::json;

#[test]
fn a_copy_made_while_the_engine_works_is_put_back_and_nothing_leaves_until_a_person_says_so() {
    let (house, receiver) =
        (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none", "--latency-ms", "20"]));
    house.open(&receiver);
    let flow = house.active_flow(100);
    let work = house.work_with(house.command(&["work"]).env("STAFFETTA_IN_FLIGHT", "2"));
    house.json(&["flow", "send", &flow, "--yes"]);
    eventually("some messages", || (receiver.messages() > 5).then_some(()));
    let copy = house.at("copia.db");
    let made = house.json(&["backup", "--output", &copy]);
    assert_eq!((&made["key"], made["database"].as_str()), (&json!(null), Some(copy.as_str())));
    house.run(&["backup", "--output", &copy]).refused(1).says("c'è già");
    only_the_owner_reads(&copy);

    house.run(&["restore", &copy, "--yes"]).refused(1).says("in uso");
    house.run(&["restore", &copy]).refused(2).says("--yes");
    house.until(&flow, "all are sent", |flow| count(flow, "queued") + count(flow, "in_flight") == 0);
    work.terminate().done();
    assert_eq!((receiver.messages(), receiver.twice()), (100, 0));

    let restored = house.json(&["restore", &copy, "--yes"]);
    assert_eq!(restored["held_organizations"], 1, "{restored}");
    let waiting = count(&house.show(&flow), "queued");
    assert!(waiting > 0, "the copy was made in the middle");
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).refused(1).says("più vecchio");
    house.run(&["organization", "resume", "--yes", "--may-have-left"]).done().says("Esito incerto");
    let shown = house.show(&flow);
    assert_eq!((count(&shown, "queued"), count(&shown, "in_flight")), (0, 0), "{shown}");
    assert!(count(&shown, "uncertain") >= waiting, "{shown}");

    house.run(&["flow", "decide", &flow, "--consider-sent"]).refused(2).says("--why");
    house.run(&["flow", "decide", &flow, "--consider-sent", "--why", " "]).refused(2).says("motivo");
    house.run(&["flow", "decide", &flow, "--resend", "--why", "prova"]).refused(2).says("--yes");
    let why = ["flow", "decide", &flow, "--consider-sent", "--why", "visti sul telefono"];
    let decided = house.json(&why);
    assert_eq!(decided["decided"], count(&shown, "uncertain"), "{decided}");
    house.run(&why).refused(1).says("esiti incerti");
    assert_eq!(count(&house.show(&flow), "uncertain"), 0);
    assert_eq!((receiver.messages(), receiver.twice()), (100, 0), "nothing left again");
}

#[test]
fn a_copy_goes_to_another_machine_with_its_key() {
    let (house, receiver) = (House::sqlite(), Receiver::start(&["--reach", "1", "--faults", "none"]));
    house.open(&receiver);
    let flow = house.active_flow(3);
    let copy = house.at("copia.db");
    let made = house.json(&["backup", "--output", &copy, "--with-key"]);
    let key = made["key"].as_str().unwrap().to_owned();
    only_the_owner_reads(&key);
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).done();

    let other = House::sqlite();
    other.run(&["restore", &copy, "--yes"]).refused(1).says("chiave");
    assert!(!other.path("data/staffetta.db").exists(), "nothing was put there");
    other.run(&["restore", &copy, "--key", &key, "--yes"]).done().says("sono fermi");
    assert_eq!(other.show(&flow)["state"], "active");
    // That it was sent since the copy was made nobody here knows: a person is asked before it is sent again.
    let send = ["flow", "send", &flow, "--yes", "--wait"];
    other.run(&send).refused(1).says("--even-if-sent");
    other.run(&[&send[..], &["--even-if-sent"]].concat()).refused(1).says("sono fermi");
    assert_eq!(receiver.messages(), 3);
    let another = other.write("altra.key", "AAAA");
    other.run(&["restore", &copy, "--key", &another, "--yes"]).refused(1).says("è un altro");
}

#[test]
fn what_is_no_copy_of_ours_changes_nothing() {
    let house = House::sqlite();
    house.run(&["organization", "set", "--name", "Comune di Qui"]).done();
    let text = house.write("lettera.txt", "Gentile cittadino, questo non è un database.".repeat(50));
    house.run(&["restore", &text, "--yes"]).refused(1).says("non un database");
    let copy = house.at("copia.db");
    house.run(&["backup", "--output", &copy]).done();
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xAA);
    let damaged = house.write("rovinata.db", bytes);
    house.run(&["restore", &damaged, "--yes"]).refused(1);
    house.run(&["restore", &house.at("manca.db"), "--yes"]).refused(1).says("manca.db");
    assert_eq!(house.json(&["organization", "show"])["name"], "Comune di Qui");
    let left: Vec<_> =
        house.files().into_iter().filter(|file| file.to_string_lossy().contains("restoring")).collect();
    assert!(left.is_empty(), "{left:?}");
    // A copy with nothing left since is put back, and its ente goes on.
    house.run(&["restore", &copy, "--yes"]).done();
}

#[test]
fn postgres_has_its_own_tools() {
    let Some(house) = House::postgres() else { return };
    house.run(&["backup", "--output", &house.at("copia.db")]).refused(1).says("pg_dump");
    let copy = house.write("copia.db", "");
    house.run(&["restore", &copy, "--yes"]).refused(1).says("pg_dump");
}

fn only_the_owner_reads(path: &str) {
    #[cfg(unix)]
    {
        let rights = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
        assert_eq!(rights & 0o077, 0, "{path}");
    }
}
