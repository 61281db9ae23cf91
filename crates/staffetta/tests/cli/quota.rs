//! IO's limit of calls: kept by the ente's engine, also by one that takes over from a dead one.

use crate::support::{House, Receiver, eventually};
use serde_json::json;

const QUOTA: &str = "30/1";
const CALLS: u64 = 30;

#[test]
fn the_limit_of_calls_is_kept_across_a_kill_and_by_all_that_is_sent() {
    let house = House::sqlite();
    let address = "127.0.0.1:0".parse().unwrap();
    let receiver = Receiver::start_at(address, &["--quota", QUOTA, "--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    house.run(&["organization", "set", "--quota", QUOTA]).done();
    let flows = [house.active_flow(30), house.active_flow(31)];
    let send = ["flow", "send", &flows[0], &flows[1], "--yes"];
    let states: Vec<_> = house.list(&send).iter().map(|flow| flow["state"].clone()).collect();
    assert_eq!(states, [json!("sending"), json!("sending")]);
    let work = house.work();
    eventually("the engine sends", || (receiver.messages() >= 10).then_some(()));
    work.kill();
    let work = house.work();
    for flow in &flows {
        house.until(flow, "it is sent", |flow| flow["state"] != "sending");
    }
    work.terminate().done();
    let stats = receiver.stats();
    let account = &stats["accounts"][0];
    assert_eq!((&stats["twice"], &account["rate_limited"]), (&json!(0), &json!(0)), "{account}");
    assert!(account["max_in_window"].as_u64().unwrap() <= CALLS, "{account}");
}
