//! A copy of the database is put back: what was sent meanwhile is not sent again by itself.

use crate::support::{House, Receiver};

#[test]
fn a_copy_put_back_sends_nothing_until_a_person_says_so() {
    let house = House::sqlite();
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    // An engine has been at work before the copy is made.
    let before = house.active_flow(2);
    house.run(&["flow", "send", &before, "--yes", "--wait"]).done();
    let flow = house.active_flow(3);
    let (database, copy) = (house.data_dir().join("staffetta.db"), house.path("copia.db"));
    std::fs::copy(&database, &copy).unwrap();
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).done();
    assert_eq!(receiver.messages(), 5);

    std::fs::copy(&copy, &database).unwrap();
    assert_eq!(house.show(&flow)["state"], "active");
    house.run(&["flow", "send", &flow, "--yes", "--wait"]).refused(1).says("più vecchio").says("resume");
    assert_eq!(receiver.messages(), 5);
    assert_eq!(house.json(&["organization", "show"])["held"], true);
    house.run(&["organization", "show"]).done().says("più vecchio");
    house.run(&["organization", "resume"]).refused(2).says("--yes");
    house.run(&["organization", "resume", "--yes"]).done().says("riprendono");
    house.run(&["organization", "resume", "--yes"]).refused(1).says("non sono fermi");
    let work = house.work();
    house.until(&flow, "the sending is over", |flow| flow["state"] == "sent");
    work.terminate().done();
    assert_eq!(receiver.messages(), 8);
}
