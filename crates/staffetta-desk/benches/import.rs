//! From the office's file to a flow that is ready to be sent: reading, all checks, the ledger, activation.
//!
//! `cargo bench -p staffetta-desk --bench import`; PostgreSQL too where `STAFFETTA_TEST_POSTGRES` names a
//! server. The fiscal codes are valid, of people who do not exist.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops if anything fails"
)]

#[path = "../../staffetta-sheets/benches/side_by_side/mod.rs"]
mod side_by_side;

use side_by_side::{Variant, compare_in, folder};
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FiscalCode, UnixMillis};
use staffetta_store::Store;
use staffetta_store::testing::{TestLedger, draft};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

const ROWS: u32 = 1_000_000;
const NOW: UnixMillis = UnixMillis(1_760_000_000_000);

fn main() {
    let mut variants = vec![Variant { name: "SQLite", work: sqlite }];
    if runtime().block_on(async {
        let ledger = TestLedger::postgres().await;
        match ledger {
            Some(ledger) => {
                ledger.remove().await;
                true
            }
            None => false,
        }
    }) {
        variants.push(Variant { name: "PostgreSQL", work: postgres });
    }
    compare_in(
        ROWS,
        &variants,
        || {
            let folder = tempfile::tempdir().unwrap();
            write_list(&folder.path().join("elenco.csv"));
            folder
        },
        tempfile::TempDir::path,
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

/// A list as Excel in Italy saves it, but in UTF-8.
fn write_list(path: &std::path::Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "Codice fiscale;Nome;Cognome;Scadenza;Importo;Numero avviso").unwrap();
    for row in 0..ROWS {
        let code = fiscal_code(row);
        writeln!(
            file,
            "{};MARIA;ESPOSITO;31/12/2026;{},{:02};3010000000{row:08}",
            code.as_str(),
            row % 900 + 1,
            row % 100
        )
        .unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
}

fn fiscal_code(number: u32) -> FiscalCode {
    let letters: String = (0..5)
        .map(|place| char::from(b'A' + u8::try_from(number / 26_u32.pow(place) % 26).unwrap()))
        .collect();
    let found = ('A'..='Z').find_map(|check| FiscalCode::read(&format!("{letters}X80A01H501{check}")).ok());
    found.unwrap().code
}

fn sqlite(_rows: u32) {
    runtime().block_on(async { make_ready(TestLedger::sqlite().await).await });
}

fn postgres(_rows: u32) {
    runtime().block_on(async { make_ready(TestLedger::postgres().await.unwrap()).await });
}

async fn make_ready(ledger: TestLedger) {
    let (scope, known) = draft(&ledger, "Comune di Prova").await;
    let service = ledger.find_flow(&scope, known).await.unwrap().unwrap().summary.service;
    let store = Arc::new(Store::open(ledger.options()).await.unwrap());
    let request = FlowRequest {
        service,
        nature: "pagamento",
        description: "Tassa sui rifiuti",
        reference: None,
        subject: "Avviso di pagamento per {{nome}} {{cognome}}",
        markdown: &"Gentile {{nome}} {{cognome}}, è disponibile il suo avviso di {{importo}} euro. "
            .repeat(4),
        file: &folder().join("elenco.csv"),
        file_name: "elenco.csv",
        sheet: None,
        accept_valid: false,
        model: None,
    };
    let made = create_flow(&store, &scope, request, NOW, |_| {}).await.unwrap();
    assert_eq!(made.report.valid_rows, u64::from(ROWS));
    let list = store.find_flow(&scope, made.id).await.unwrap().unwrap().list.unwrap().id;
    assert!(store.activate_flow(&scope, made.id, list, NOW).await.unwrap());
    store.close().await;
    ledger.remove().await;
}
