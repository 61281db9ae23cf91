//! How long a search takes among 1,000,000 notifications and 100,000 flows: p50 and p99 of each filter.
//!
//! `cargo bench -p staffetta-store --bench search [-- NOTIFICATIONS FLOWS]`; PostgreSQL too where
//! `STAFFETTA_TEST_POSTGRES` names a server. 95 of 100 outcomes are Delivered, some of each other state; a draft
//! of a tenth of the notifications stands on top and must cost nothing.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand: it reads the time and prints"
)]

use staffetta_domain::{FiscalCode, FlowId, FlowState, NotificationState, UnixMillis};
use staffetta_store::flows::FlowSearch;
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::archive::{Archive, NOW, archive};
use staffetta_store::testing::{TestLedger, person};
use std::time::{Duration, Instant};

const REPEATS: i64 = 400;

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let flows = numbers.get(1).copied().unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        measure(TestLedger::sqlite().await, rows, flows).await;
        if let Some(postgres) = TestLedger::postgres().await {
            measure(postgres, rows, flows).await;
        }
    });
}

async fn measure(ledger: TestLedger, rows: i64, flows: i64) {
    let archive = archive(&ledger, rows, flows).await;
    println!("{}: {rows} notifications, {flows} flows", ledger.kind());
    notifications(&ledger, &archive).await;
    flows_of(&ledger, &archive).await;
    ledger.remove().await;
}

async fn notifications(ledger: &TestLedger, archive: &Archive) {
    type Make = fn(&Archive, i64) -> NotificationSearch;
    let searches: [(&str, Make); 12] = [
        ("nothing", |_, _| NotificationSearch::default()),
        ("fiscal code", |archive, number| NotificationSearch {
            fiscal_code: who(archive, number),
            ..Default::default()
        }),
        ("service", |archive, _| NotificationSearch { service: Some(archive.service), ..Default::default() }),
        ("flow", |archive, number| NotificationSearch { flow: flow(archive, number), ..Default::default() }),
        ("flow, Failed", |archive, number| NotificationSearch {
            flow: flow(archive, number),
            state: Some(NotificationState::Failed),
            ..Default::default()
        }),
        ("Queued", |_, _| state(NotificationState::Queued)),
        ("Delivered", |_, _| state(NotificationState::Delivered)),
        ("Uncertain", |_, _| state(NotificationState::Uncertain)),
        ("dates", |_, number| NotificationSearch {
            from: from(number),
            to: to(number),
            ..Default::default()
        }),
        ("service, Delivered, dates", |archive, number| NotificationSearch {
            service: Some(archive.service),
            from: from(number),
            to: to(number),
            ..state(NotificationState::Delivered)
        }),
        ("IO id", |archive, number| NotificationSearch {
            io_message_id: Some(format!("01HMRBX079WA5SGYBQP1{}", (archive.lists[0].1.0 << 24) + 1 + number)),
            ..Default::default()
        }),
        ("reference", |_, number| NotificationSearch {
            reference: Some(format!("P/{number}")),
            ..Default::default()
        }),
    ];
    for (name, make) in searches {
        let mut times = Vec::new();
        let mut after = None;
        let mut rows = 0;
        for number in 0..REPEATS {
            let search = make(archive, number);
            let start = Instant::now();
            let page = ledger.search_notifications(&archive.scope, &search, after, 50).await.unwrap();
            times.push(start.elapsed());
            rows += page.rows.len();
            // Where the search is always the same, page after page.
            let same = matches!(name, "nothing" | "service" | "Queued" | "Delivered" | "Uncertain");
            after = page.rows.last().map(|row| row.cursor()).filter(|_| same);
        }
        told(&format!("notifications by {name}"), rows, &mut times);
    }
}

async fn flows_of(ledger: &TestLedger, archive: &Archive) {
    type Make = fn(&Archive, i64) -> FlowSearch;
    let searches: [(&str, Make); 10] = [
        ("nothing", |_, _| FlowSearch::default()),
        ("number", |_, number| FlowSearch { number: Some(FlowId(number + 1)), ..Default::default() }),
        ("a word of all", |_, _| words("avv")),
        ("a word of few", |_, number| words(&number.to_string())),
        ("a word of all and one of few", |_, number| words(&format!("avviso {}", number + 4_000))),
        ("service", |archive, _| FlowSearch { service: Some(archive.service), ..Default::default() }),
        ("nature", |archive, _| FlowSearch { nature: Some(archive.nature), ..Default::default() }),
        ("state", |_, _| FlowSearch { state: Some(FlowState::Sent), ..Default::default() }),
        ("operator, dates", |_, number| FlowSearch {
            created_by: Some("anna".to_owned()),
            from: Some(UnixMillis(NOW.0 - 10_000_000 + number)),
            to: Some(UnixMillis(NOW.0 - 10_000_000 + number + 500)),
            ..Default::default()
        }),
        ("fiscal code", |archive, number| FlowSearch {
            fiscal_code: who(archive, number),
            ..Default::default()
        }),
    ];
    for (name, make) in searches {
        let mut times = Vec::new();
        let mut after = None;
        let mut rows = 0;
        for number in 0..REPEATS {
            let search = make(archive, number);
            let start = Instant::now();
            let page = ledger.search_flows(&archive.scope, &search, after, 50).await.unwrap();
            times.push(start.elapsed());
            rows += page.len();
            let same = matches!(name, "nothing" | "a word of all" | "service" | "nature" | "state");
            after = page.last().map(|flow| flow.cursor()).filter(|_| same);
        }
        told(&format!("flows by {name}"), rows, &mut times);
    }
}

fn who(archive: &Archive, number: i64) -> Option<FiscalCode> {
    Some(person(number * 7_919 % archive.rows))
}

fn flow(archive: &Archive, number: i64) -> Option<FlowId> {
    Some(archive.lists[usize::try_from(number).unwrap() % archive.lists.len()].0)
}

fn state(state: NotificationState) -> NotificationSearch {
    NotificationSearch { state: Some(state), ..Default::default() }
}

fn from(number: i64) -> Option<UnixMillis> {
    Some(UnixMillis(NOW.0 + number * 1_000))
}

fn to(number: i64) -> Option<UnixMillis> {
    Some(UnixMillis(NOW.0 + number * 1_000 + 90_000))
}

fn words(words: &str) -> FlowSearch {
    FlowSearch { description: words.to_owned(), ..Default::default() }
}

fn told(name: &str, rows: usize, times: &mut [Duration]) {
    times.sort();
    let at = |part: usize| times[times.len() * part / 100].as_secs_f64() * 1_000.0;
    println!("  {name:<45} p50 {:>7.2} ms  p99 {:>7.2} ms  ({rows} rows)", at(50), at(99));
}
