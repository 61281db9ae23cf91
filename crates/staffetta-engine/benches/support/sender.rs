//! The senders that are compared, each in a process of its own.

use super::at_work::{Ready, folder, sqlite_in};
use super::measure::{Figures, Watch};
use super::plain;
use staffetta_domain::Quota;
use staffetta_store::StoreOptions;
use staffetta_store::testing::EmptyDatabase;

/// Runs one sender; gives the line of its figures, or nothing where it has no database.
pub fn run(sender: &str, port: u16, recipients: usize) -> String {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let figures = runtime.block_on(async {
        match sender {
            "plain" => Some(plain::send(port, recipients, false).await),
            "plain-profile" => Some(plain::send(port, recipients, true).await),
            "engine" => Some(on_sqlite(port, recipients, false).await),
            "engine-profile" => Some(on_sqlite(port, recipients, true).await),
            "engine-from-list" => Some(from_list(port, recipients).await),
            "engine-postgres" => on_postgres(port, recipients).await,
            other => panic!("no sender {other}"),
        }
    });
    figures.map(|figures| figures.line()).unwrap_or_default()
}

async fn on_sqlite(port: u16, recipients: usize, check_profiles: bool) -> Figures {
    let folder = folder();
    engine(&sqlite_in(folder.path()), port, recipients, check_profiles).await
}

/// With what it takes to make the ledger and to write the list to it.
async fn from_list(port: u16, recipients: usize) -> Figures {
    let folder = folder();
    let watch = Watch::start();
    let ready = Ready::on(&sqlite_in(folder.path()), port, Quota::NONE, recipients).await;
    let running = ready.start(false);
    ready.all_sent().await;
    let figures = watch.stop(recipients);
    running.end().await;
    figures
}

/// On the server that `STAFFETTA_TEST_POSTGRES` names.
async fn on_postgres(port: u16, recipients: usize) -> Option<Figures> {
    let database = EmptyDatabase::create().await?;
    let folder = folder();
    let options = StoreOptions { url: database.url(), key_file: folder.path().join("key") };
    let figures = engine(&options, port, recipients, false).await;
    database.remove().await;
    Some(figures)
}

async fn engine(options: &StoreOptions, port: u16, recipients: usize, check_profiles: bool) -> Figures {
    let ready = Ready::on(options, port, Quota::NONE, recipients).await;
    let watch = Watch::start();
    let running = ready.start(check_profiles);
    ready.all_sent().await;
    let figures = watch.stop(recipients);
    running.end().await;
    ready.store.close().await;
    figures
}
