//! Who may work a database: one engine on SQLite, any number of nodes on PostgreSQL.

use staffetta_domain::UnixMillis;
use staffetta_store::Store;
use staffetta_store::nodes::NodeSelf;
use staffetta_store::testing::{TestLedger, for_each_ledger};

const NOW: UnixMillis = UnixMillis(1_760_000_000_000);

#[tokio::test]
async fn of_two_engines_on_one_file_one_works_and_its_end_lets_the_other_in() {
    let ledger = TestLedger::sqlite().await;
    let other = Store::open(ledger.options()).await.expect("the same ledger again");
    let held = ledger.lock_engine().expect("the file").expect("the first to ask");
    assert!(held.is_alone());
    assert!(other.lock_engine().expect("the file").is_none());
    assert!(other.engine_is_at_work(NOW).await.expect("the file"));
    drop(held);
    assert!(!other.engine_is_at_work(NOW).await.expect("the file"));
    assert!(other.lock_engine().expect("the file").is_some());
    other.close().await;
    ledger.remove().await;
}

#[tokio::test]
async fn a_node_that_tells_of_itself_is_seen_until_it_is_gone() {
    for_each_ledger(async |ledger| {
        let node = |id: &str, works| NodeSelf {
            id: id.to_owned(),
            name: "macchina".to_owned(),
            version: "0.1.0".to_owned(),
            works,
            stopping: false,
        };
        let works = async || match ledger.kind() {
            "postgres" => ledger.engine_is_at_work(NOW).await.expect("the ledger"),
            _ => ledger.nodes(NOW).await.expect("the ledger").iter().any(|node| node.works && node.alive),
        };
        assert!(!works().await);
        ledger.tell_node(&node("pagine", false), NOW).await.expect("the ledger");
        assert!(!works().await, "{}: it only serves pages", ledger.kind());
        for _ in 0..2 {
            ledger.tell_node(&node("motore", true), NOW).await.expect("the ledger");
        }
        assert!(works().await);
        ledger.raw("update node set seen_at = seen_at - 11000 where id = 'motore'").await;
        let nodes = ledger.nodes(NOW).await.expect("the ledger");
        let seen: Vec<_> = nodes.iter().map(|node| (node.id.as_str(), node.alive)).collect();
        assert_eq!(seen, [("pagine", true), ("motore", false)], "{}", ledger.kind());
        assert!(!works().await);
        ledger.raw("update node set seen_at = seen_at - 3600000 where id = 'motore'").await;
        ledger.tell_node(&node("pagine", false), NOW).await.expect("the ledger");
        assert_eq!(ledger.nodes(NOW).await.expect("the ledger").len(), 1, "it is forgotten");
        ledger.remove_node("pagine").await.expect("the ledger");
        assert!(ledger.nodes(NOW).await.expect("the ledger").is_empty());
    })
    .await;
}
