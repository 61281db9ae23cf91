//! What stopped programs left in the ledger is removed. The one place that does it.

use staffetta_io::{Clock, SystemClock};
use staffetta_store::Store;

const DAY_MS: i64 = 24 * 3_600_000;

/// Removes what is left over. A failure is for the logs: nobody waits for this, and it is tried again.
pub(crate) async fn once(store: &Store) {
    let now = SystemClock.now();
    let swept = async {
        let imports = store.sweep_imports(now).await?;
        Ok::<_, staffetta_store::StoreError>((
            imports,
            store.sweep_lists(now).await?,
            store.sweep_files(now).await?,
            store.sweep_single_drafts(now).await? + store.sweep_searches(now).await?,
        ))
    };
    match swept.await {
        Ok((0, 0, 0, 0)) => {}
        Ok((imports, lists, files, forms)) => {
            tracing::info!(imports, lists, files, forms, "left-overs were removed");
        }
        Err(error) => tracing::warn!(%error, "left-overs could not be removed"),
    }
}

/// Now and then once a day, as long as it is driven.
pub(crate) async fn daily(store: &Store) {
    loop {
        once(store).await;
        SystemClock.sleep(DAY_MS).await;
    }
}
