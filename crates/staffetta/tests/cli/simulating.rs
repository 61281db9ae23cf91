//! The simulator as a program of its own.

use crate::support::house::SERVICE;
use crate::support::people::{LETTER, someone};
use crate::support::program::staffetta;
use crate::support::{House, Program, Receiver};
use staffetta_io::Fate;
use std::net::TcpListener;

#[test]
fn a_taken_port_and_unknown_faults_are_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let simulate = |arguments: &[&str]| {
        Program::start(staffetta().args([&["simulate"], arguments].concat()), "").finish()
    };
    simulate(&["--listen", &address]).refused(1).says("un altro programma").says("--listen");
    for wrong in [["--faults", "quake=1"], ["--faults", "lost=2"], ["--reach", "1.5"], ["--quota", "0/5"]] {
        simulate(&wrong).refused(2);
    }
}

#[test]
fn a_key_that_is_to_be_wrong_is_refused() {
    let house = House::sqlite();
    let receiver = Receiver::start(&[]);
    house.open(&receiver);
    house.run(&["service", "set", SERVICE, "--key", "chiave-sbagliata-1"]).done();
    let (text, code) = (house.write("lettera.md", LETTER), someone(Fate::OnIo));
    #[rustfmt::skip]
    house.run(&[
        "notification", "send", "--service", SERVICE, "--fiscal-code", &code, "--subject", "Carta d'identità",
        "--markdown-file", &text,
    ]).refused(1).says("IO non riconosce la chiave");
    assert_eq!(receiver.messages(), 0);
}

#[test]
fn its_books_survive_a_kill() {
    let house = House::sqlite();
    let journal = house.at("simulatore.jsonl");
    let start = || Receiver::start(&["--journal", &journal]);
    let receiver = start();
    house.open(&receiver);
    let (text, code) = (house.write("lettera.md", LETTER), someone(Fate::OnIo));
    #[rustfmt::skip]
    house.run(&[
        "notification", "send", "--service", SERVICE, "--fiscal-code", &code, "--subject", "Carta d'identità",
        "--markdown-file", &text,
    ]).done().says("Accettata da IO");
    let before = receiver.stats();
    assert_eq!(before["citizens"][&code], 1);
    // What is dropped is killed.
    drop(receiver);
    let again = start();
    assert_eq!(
        (&again.stats()["messages"], &again.stats()["citizens"]),
        (&before["messages"], &before["citizens"])
    );
    assert!(again.get(&format!("/inbox/{code}")).contains("Carta d&#39;identità"));
}
