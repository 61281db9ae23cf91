//! How fast a list goes into the ledger: rows a second with both tables and all their indices.
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

use staffetta_domain::{Amount, DueDate, NoticeNumber, UnixMillis};
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::testing::{TestLedger, draft, person};
use std::time::{Duration, Instant};

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let piece = numbers.get(1).copied().unwrap_or(20_000);
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
        let columns = ["codice_fiscale", "nome", "scadenza", "importo", "numero_avviso"].map(str::to_owned);
        let now = UnixMillis(1_760_000_000_000);
        let list = ledger.begin_list(&scope, flow, "elenco.csv", &columns, now).await.unwrap().unwrap();
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
        assert!(
            ledger.finish_list(&scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await.unwrap()
        );
        let end = start.elapsed();
        inside += end;
        println!(
            "{} round {round}: {rows} rows, {piece} a transaction: {:.0} rows/s in the ledger ({:.2} s, of which the \
             end {:.2} s; with making the rows {:.2} s); {:.2} s of CPU",
            ledger.kind(),
            rows as f64 / inside.as_secs_f64(),
            inside.as_secs_f64(),
            end.as_secs_f64(),
            whole.elapsed().as_secs_f64(),
            cpu_seconds() - cpu,
        );
    }
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
    }
}

/// Processor time of this program, on Linux; on a busy machine it says more than the clock.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}
