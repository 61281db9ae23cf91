//! How fast a list goes into the ledger: rows a second with both tables and all their indices; and how long another
//! who writes meanwhile has to wait.
//!
//! `cargo bench -p staffetta-store --bench import [-- ROWS ROWS_A_TRANSACTION]`; PostgreSQL too where
//! `STAFFETTA_TEST_POSTGRES` names a server.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand: it reads the time and prints"
)]

use staffetta_domain::{Amount, DueDate, FlowId, NoticeNumber, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::nodes::NodeSelf;
use staffetta_store::testing::{TestLedger, draft, person};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let piece = numbers.get(1).copied().unwrap_or(5_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sqlite = TestLedger::sqlite().await;
        measure(&sqlite, rows, piece).await;
        sqlite.remove().await;
        if let Some(postgres) = TestLedger::postgres().await {
            measure(&postgres, rows, piece).await;
            postgres.remove().await;
        }
    });
}

async fn measure(ledger: &TestLedger, rows: i64, piece: i64) {
    for round in 1..=2 {
        let (scope, flow) = draft(ledger, &format!("bench {round}")).await;
        let over = AtomicBool::new(false);
        let import = async {
            import(ledger, (&scope, flow), rows, piece).await;
            over.store(true, Ordering::Relaxed);
        };
        let ((), mut waits) = tokio::join!(import, write_beside(ledger, &over));
        waits.sort();
        let at = |part: usize| waits[(waits.len() - 1) * part / 100].as_secs_f64() * 1_000.0;
        println!(
            "{} round {round}: {} writes beside it waited {:.1} ms (median), {:.1} (p99), {:.1} (longest)",
            ledger.kind(),
            waits.len(),
            at(50),
            at(99),
            at(100)
        );
    }
}

/// Writes a row now and then, as one who sends does; gives how long each took.
async fn write_beside(ledger: &TestLedger, over: &AtomicBool) -> Vec<Duration> {
    let [id, name, version] = ["uno", "macchina", "0.1.0"].map(str::to_owned);
    let node = NodeSelf { id, name, version, works: true, stopping: false };
    let mut waits = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let start = Instant::now();
        ledger.tell_node(&node, UnixMillis(1_760_000_000_000)).await.unwrap();
        waits.push(start.elapsed());
        tokio::time::sleep(Duration::from_millis(7)).await;
    }
    waits
}

async fn import(ledger: &TestLedger, (scope, flow): (&Scope, FlowId), rows: i64, piece: i64) {
    let columns = ["codice_fiscale", "nome", "scadenza", "importo", "numero_avviso"].map(str::to_owned);
    let now = UnixMillis(1_760_000_000_000);
    let list = ledger.begin_list(scope, flow, "elenco.csv", &columns, now).await.unwrap().unwrap();
    let cpu = cpu_seconds();
    let (mut inside, whole) = (Duration::ZERO, Instant::now());
    let mut from = 1;
    while from <= rows {
        let group: Vec<NewRow> = (from..rows.min(from + piece - 1) + 1).map(row).collect();
        let start = Instant::now();
        assert!(ledger.add_rows(list, &group).await.unwrap());
        inside += start.elapsed();
        from += piece;
    }
    let start = Instant::now();
    assert!(ledger.finish_list(scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await.unwrap());
    let end = start.elapsed();
    inside += end;
    println!(
        "{}: {rows} rows, {piece} a transaction: {:.0} rows/s in the ledger ({:.2} s, of which the end {:.2} s; with \
         making the rows {:.2} s); {:.2} s of CPU",
        ledger.kind(),
        rows as f64 / inside.as_secs_f64(),
        inside.as_secs_f64(),
        end.as_secs_f64(),
        whole.elapsed().as_secs_f64(),
        cpu_seconds() - cpu,
    );
}

fn row(number: i64) -> NewRow {
    let fiscal_code = person(number);
    let notice = format!("3{:017}", number * 7_919 % 1_000_000_007);
    let cells = [fiscal_code.as_str(), "Maria Esposito", "31/12/2026", "19,99", &notice];
    NewRow {
        row: number,
        fiscal_code,
        cells: cells.into_iter().collect::<Cells>(),
        due_date: Some(DueDate::at(UnixMillis(1_798_757_999_000))),
        amount: Amount::from_cents(1_999),
        notice_number: NoticeNumber::read(&notice).ok(),
        terms: staffetta_domain::PaymentTerms::default(),
    }
}

/// Processor time of this program, on Linux; on a busy machine it says more than the clock.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}
