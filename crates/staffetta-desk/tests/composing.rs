//! From the examples' list to a flow and back to a workbook, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use calamine::{Data, Reader, open_workbook_auto};
use staffetta_desk::{
    CreateError, DraftText, FlowRequest, ResultFormat, ResultPart, SingleAmount, SingleError, SingleField,
    SingleRequest, add_single, create_draft, create_flow, export_notifications, result_file,
};
use staffetta_domain::FlowState;
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::for_each_ledger;
use std::path::Path;
use support::{NOW, Office, example, office};

impl Office {
    fn request<'a>(
        &'a self,
        file: &'a Path,
        accept_valid: bool,
        reference: Option<&'a str>,
    ) -> FlowRequest<'a> {
        FlowRequest {
            service: self.service,
            nature: "pagamento",
            description: "Avviso TARI",
            reference,
            subject: "Avviso TARI per {{cognome}}",
            markdown: &self.markdown,
            file,
            file_name: "elenco.csv",
            sheet: None,
            accept_valid,
            model: None,
        }
    }

    async fn create(&self, request: FlowRequest<'_>) -> Result<staffetta_desk::FlowCreated, CreateError> {
        create_flow(&self.store, &self.scope, request, NOW, |_| {}).await
    }
}

#[tokio::test]
async fn a_list_with_wrong_rows_leaves_no_trace_unless_accepted() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        for name in ["elenco-300.csv", "elenco-300.xlsx"] {
            let file = example(name);
            let Err(CreateError::WrongRows(report)) = office.create(office.request(&file, false, None)).await
            else {
                panic!("{name} is taken with wrong rows");
            };
            assert_eq!((report.valid_rows, report.wrong_rows, report.same_rows), (291, 8, 1), "{name}");
            assert_eq!((report.repaired_rows, report.different_rows), (3, 1), "{name}");
        }
        assert_eq!(ledger.raw("select cast(count(*) as text) from flow").await, ["0"]);
        assert_eq!(ledger.raw("select cast(count(*) as text) from list").await, ["0"]);
        let file = example("elenco-300.csv");
        let made = office.create(office.request(&file, true, None)).await.unwrap();
        let flow = office.store.find_flow(&office.scope, made.id).await.unwrap().unwrap();
        assert_eq!((flow.summary.state, flow.summary.recipients), (FlowState::Inactive, 291));
        assert_eq!(flow.list.unwrap().facts.wrong_rows, 8);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_reference_is_one_flow_and_the_same_list_is_told() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let file = example("elenco-300.csv");
        let first = office.create(office.request(&file, true, Some("TARI/1"))).await.unwrap();
        let again = office.create(office.request(&file, true, Some("TARI/1"))).await.unwrap();
        assert_eq!((again.id, again.existing), (first.id, true));
        let mut other = office.request(&file, true, Some("TARI/1"));
        other.subject = "Un altro oggetto per {{cognome}}";
        assert!(matches!(office.create(other).await, Err(CreateError::ReferenceTaken(id)) if id == first.id));
        let same_list = office.create(office.request(&file, true, Some("TARI/2"))).await.unwrap();
        assert_eq!(same_list.earlier.map(|(flow, _)| flow), Some(first.id));
        office.store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_made_five_times_at_once_is_one_flow() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let file = example("elenco-300.csv");
        let make = || office.create(office.request(&file, true, Some("TARI/1")));
        let made = tokio::join!(make(), make(), make(), make(), make());
        let made = [made.0, made.1, made.2, made.3, made.4].map(Result::unwrap);
        assert_eq!(made.iter().filter(|flow| !flow.existing).count(), 1);
        assert!(made.iter().all(|flow| flow.id == made[0].id), "{made:?}");
        for (table, rows) in [("flow", 1), ("flow_import", 0), ("list", 1), ("notification", 291)] {
            let count = ledger.raw(&format!("select cast(count(*) as text) from {table}")).await;
            assert_eq!(count, [rows.to_string()], "{table}");
        }
        // A draft of the pages under the same name is nobody's left-over.
        let draft = DraftText {
            service: office.service,
            nature: "pagamento",
            description: "Avviso TARI",
            reference: Some("TARI/2"),
            subject: "Avviso TARI per {{cognome}}",
            markdown: &office.markdown,
        };
        let draft = create_draft(&office.store, &office.scope, draft, NOW).await.unwrap();
        let refused = office.create(office.request(&file, true, Some("TARI/2"))).await;
        assert!(matches!(refused, Err(CreateError::ReferenceTaken(id)) if id == draft), "{refused:?}");
        assert!(office.store.find_flow(&office.scope, draft).await.unwrap().is_some());
        office.store.close().await;
    })
    .await;
}

/// The first cell of each line.
fn codes_of(file: &Path) -> Vec<String> {
    let mut codes = Vec::new();
    let mut sheet = staffetta_sheets::Sheet::open(file).unwrap();
    let visit = |_, row: Result<staffetta_sheets::Cells<'_>, _>| {
        codes.push(row.unwrap().iter().next().unwrap().to_owned());
        std::ops::ControlFlow::Continue(())
    };
    sheet.for_each_row(visit).unwrap();
    codes
}

#[tokio::test]
async fn a_flow_comes_back_with_the_offices_own_columns() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let file = example("elenco-300.csv");
        let made = office.create(office.request(&file, true, None)).await.unwrap();
        let (path, all) = (ledger.folder().join("flusso.xlsx"), (made.id, ResultPart::All));
        let written = result_file(&office.store, &office.scope, all, ResultFormat::Xlsx, path.clone()).await;
        assert_eq!(written.unwrap(), 299, "with the rows that were left aside");
        let mut book = open_workbook_auto(&path).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<&[Data]> = sheet.rows().collect();
        assert_eq!(rows.len(), 300);
        let header: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        assert_eq!(header[..3], ["Codice Fiscale", "Cognome", "Nome"], "{header:?}");
        let at = |title: &str| header.iter().position(|name| name == title).unwrap();
        let (code, state, reason) = (at("Codice Fiscale"), at("Stato"), at("Motivo"));
        let (mut codes, mut left_out) = (Vec::new(), Vec::new());
        for row in &rows[1..] {
            codes.push(row[code].to_string());
            if row[state] == Data::String("Riga scartata: non inviata".to_owned()) {
                left_out.push((
                    row[code].to_string(),
                    row[at("Cognome")].to_string(),
                    row[reason].to_string(),
                ));
            } else {
                assert_eq!(row[state].to_string(), "Da inviare");
            }
        }
        let mut written = codes_of(&file);
        let twice = (1..written.len()).find(|line| written[..*line].contains(&written[*line]));
        // The second row of one person is the same as the first; that of another says something else.
        written.remove(twice.unwrap());
        assert_eq!(codes, written, "in the order of the office's file, wrong rows in their places");
        assert_eq!(left_out.len(), 8);
        let (wrong, surname, why) = &left_out[0];
        assert_eq!((wrong.as_str(), surname.as_str()), ("99900000001", "Pasqualini"));
        assert!(why.starts_with("Riga 16. Codice Fiscale: "), "{why}");

        let (path, none) = (ledger.folder().join("nessuno.csv"), (made.id, ResultPart::Unreached));
        let written = result_file(&office.store, &office.scope, none, ResultFormat::Csv, path.clone()).await;
        assert_eq!(written.unwrap(), 8, "nothing was sent: only what was left aside");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\r\n99900000001;Pasqualini;Elena;Via dell'Olmo 54;592,60;"), "{text}");
        // A draft does not show in the archive.
        let path = ledger.folder().join("archivio.xlsx");
        let all = NotificationSearch::default();
        assert_eq!(export_notifications(&office.store, &office.scope, &all, path.clone()).await.unwrap(), 0);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_single_notification_says_all_that_is_wrong_at_once() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let text = "a".repeat(119);
        let wrong = SingleRequest {
            service: Some(office.service),
            fiscal_code: "RSSMRA80A01H501X",
            subject: "nove pos.",
            markdown: &text,
            due_date: Some("31/02/2027"),
            amount: Some(SingleAmount::Written("10.000,01")),
            notice_number: None,
            reference: None,
            form_token: None,
            corrects: None,
        };
        let Err(SingleError::Fields(problems)) = add_single(&office.store, &office.scope, wrong, NOW).await
        else {
            panic!("it is taken");
        };
        let fields: Vec<SingleField> = problems.iter().map(|problem| problem.field).collect();
        use SingleField::{Amount, DueDate, FiscalCode, Markdown, NoticeNumber, Subject};
        assert_eq!(fields, [FiscalCode, Subject, Markdown, DueDate, Amount, NoticeNumber]);
        let text = "a".repeat(120);
        let right = SingleRequest {
            fiscal_code: " rssmra80a01h501u ",
            subject: "dieci pos.",
            markdown: &text,
            due_date: None,
            amount: None,
            ..wrong
        };
        assert!(add_single(&office.store, &office.scope, right, NOW).await.unwrap().repaired);
        let model = SingleRequest { subject: "Avviso per {{nome}}", ..right };
        assert!(matches!(
            add_single(&office.store, &office.scope, model, NOW).await,
            Err(SingleError::Fields(_))
        ));
        assert_eq!(ledger.raw("select cast(count(*) as text) from notification").await, ["1"]);
        office.store.close().await;
    })
    .await;
}
