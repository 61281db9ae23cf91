//! *Esporta Excel* of a whole ledger, against the library that writes the file, alone, on the same cells:
//! `cargo bench -p staffetta-desk --bench export`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops if anything fails"
)]

#[path = "../../staffetta-sheets/benches/side_by_side/mod.rs"]
mod side_by_side;

use rust_xlsxwriter::Workbook;
use side_by_side::{Variant, compare_in, folder};
use staffetta_desk::{ResultFormat, ResultPart, export_notifications, result_file};
use staffetta_domain::{Amount, FlowId, NoticeNumber, OrganizationId, UnixMillis};
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::{TestLedger, draft, person};
use staffetta_store::{Scope, Store, StoreOptions};
use std::sync::Arc;

const ROWS: u32 = 1_000_000;
const NOW: i64 = 1_797_327_000_000;

fn main() {
    compare_in(
        ROWS,
        &[
            Variant { name: "rust_xlsxwriter", work: library },
            Variant { name: "archive", work: archive },
            Variant { name: "rust_xlsxwriter, own", work: library_with_own },
            Variant { name: "flow", work: flow },
        ],
        || runtime().block_on(prepare()),
        TestLedger::folder,
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

/// A flow of all rows, sent and delivered.
async fn prepare() -> TestLedger {
    let ledger = TestLedger::sqlite().await;
    let (scope, flow) = draft(&ledger, "Comune").await;
    let columns = ["codice fiscale", "nome"].map(str::to_owned);
    let now = UnixMillis(NOW);
    let list = ledger.begin_list(&scope, flow, "elenco.csv", &columns, now).await.unwrap().unwrap();
    for from in (0..ROWS).step_by(20_000) {
        let rows: Vec<NewRow> = (from..from + 20_000).map(new_row).collect();
        assert!(ledger.add_rows(list, &rows).await.unwrap());
    }
    assert!(ledger.finish_list(&scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await.unwrap());
    assert!(ledger.activate_flow(&scope, flow, list, now).await.unwrap());
    ledger
        .raw(&format!(
            "update notification set state = 3, handled_at = {NOW} + id % 16777216 * 1000,
               io_message_id = '01J' || printf('%023d', id)"
        ))
        .await;
    ledger
}

fn name(row: u32) -> String {
    format!("PERSONA {row}")
}

fn new_row(row: u32) -> NewRow {
    let code = person(row.into());
    NewRow {
        row: i64::from(row) + 1,
        fiscal_code: code,
        cells: [code.as_str(), &name(row)].into_iter().collect::<Cells>(),
        due_date: None,
        amount: Amount::from_cents(i64::from(row) + 1),
        notice_number: NoticeNumber::read(&notice(row)).ok(),
        terms: staffetta_domain::PaymentTerms::default(),
    }
}

fn notice(row: u32) -> String {
    format!("3010000000{row:08}")
}

async fn open() -> (Arc<Store>, Scope) {
    let url = format!("sqlite:{}", folder().join("ledger.db").display());
    let options = StoreOptions { url, key_file: folder().join("key") };
    (Arc::new(Store::open(&options).await.unwrap()), Scope::whole(OrganizationId(1), "prova"))
}

fn archive(rows: u32) {
    runtime().block_on(async {
        let (store, scope) = open().await;
        let here = tempfile::tempdir().unwrap();
        let search = NotificationSearch::default();
        let written = export_notifications(&store, &scope, &search, here.path().join("a.xlsx")).await;
        assert_eq!(written.unwrap(), u64::from(rows));
    });
}

fn flow(rows: u32) {
    runtime().block_on(async {
        let (store, scope) = open().await;
        let here = tempfile::tempdir().unwrap();
        let (all, path) = ((FlowId(1), ResultPart::All), here.path().join("a.xlsx"));
        let written = result_file(&store, &scope, all, ResultFormat::Xlsx, path).await;
        assert_eq!(written.unwrap(), u64::from(rows));
    });
}

fn library(rows: u32) {
    write(rows, false);
}

fn library_with_own(rows: u32) {
    write(rows, true);
}

fn write(rows: u32, own_columns: bool) {
    let here = tempfile::tempdir().unwrap();
    let mut workbook = Workbook::new();
    workbook.set_tempdir(here.path()).unwrap();
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    for row in 0..rows {
        let (code, name) = (person(row.into()), name(row));
        sheet.write_number(row, 0, 46_371.437_5 + f64::from(row) / 86_400.0).unwrap();
        sheet.write_string(row, 1, code.as_str()).unwrap();
        sheet.write_string(row, 2, format!("Avviso per {name}")).unwrap();
        sheet.write_string(row, 3, "Tributi").unwrap();
        sheet.write_number(row, 4, 1).unwrap();
        sheet.write_string(row, 5, "Disponibile su IO").unwrap();
        sheet.write_string(row, 8, format!("01J{row:023}")).unwrap();
        sheet.write_string(row, 9, notice(row)).unwrap();
        sheet.write_number(row, 10, f64::from(row) / 100.0).unwrap();
        if own_columns {
            sheet.write_string(row, 12, code.as_str()).unwrap();
            sheet.write_string(row, 13, &name).unwrap();
        }
    }
    workbook.save(here.path().join("a.xlsx")).unwrap();
}
