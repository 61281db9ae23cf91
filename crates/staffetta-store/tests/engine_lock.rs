//! One engine on a database, on both databases.

use staffetta_store::Store;
use staffetta_store::testing::for_each_ledger;

#[tokio::test]
async fn of_two_engines_one_works_and_its_end_lets_the_other_in() {
    for_each_ledger(async |ledger| {
        let other = Store::open(ledger.options()).await.expect("the same ledger again");
        let mut held = ledger.lock_engine().await.expect("the ledger").expect("the first to ask");
        assert!(held.is_held().await, "{}", ledger.kind());
        assert!(other.lock_engine().await.expect("the ledger").is_none(), "{}", ledger.kind());
        drop(held);
        // The server notices the end of a connection a moment later.
        let mut turns = 0;
        while other.lock_engine().await.expect("the ledger").is_none() {
            turns += 1;
            assert!(turns < 1_000, "{}: the lock is never given back", ledger.kind());
        }
        other.close().await;
    })
    .await;
}
