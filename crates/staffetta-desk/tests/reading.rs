//! The office's file read as its operator says: columns, sheet, cells put right, people left out; on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use calamine::{Reader, open_workbook_auto};
use rust_xlsxwriter::Workbook;
use staffetta_desk::{
    Activation, DraftText, ExclusionRead, ListRead, ListReady, ListReport, NotFixed, NotReady, PreviewOf,
    Subjects, Upload, activate, already_file, balance, checked_file, choose_columns, choose_sheet,
    citizen_content, create_draft, fix_cell, leave_out_already_sent, preview, read_list, upload_exclusion,
    upload_list,
};
use staffetta_domain::{FlowId, FrozenMessage, ListId, Meaning, PlanProblem};
use staffetta_store::draft_files::ExcludedBy;
use staffetta_store::ledger::{ActiveSeen, Switched};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use std::path::{Path, PathBuf};
use support::{NOW, Office, office};

const SUBJECT: &str = "Avviso di pagamento";
const LIST: &str = "intestatario;dovuto;quando;avviso
RSSMRA85T10A562S;1999;30/06/2027;301000000000000001
MRTMTT25D09F205Z;250;30/09/2027;301000000000000002
";

impl Office {
    async fn draft(&self) -> FlowId {
        self.draft_of(SUBJECT, &"Le scriviamo per un avviso di pagamento a suo nome. ".repeat(5)).await
    }

    async fn draft_of(&self, subject: &str, markdown: &str) -> FlowId {
        let text = DraftText {
            service: self.service,
            nature: "pagamento",
            description: "Avviso",
            reference: None,
            subject,
            markdown,
        };
        create_draft(&self.store, &self.scope, text, NOW).await.unwrap()
    }

    async fn upload(&self, flow: FlowId, path: &Path) -> ListRead {
        let upload = Upload { path, file_name: "elenco.csv", accept_valid: false };
        upload_list(&self.store, &self.scope, flow, upload, NOW).await.unwrap()
    }

    async fn exclude(&self, flow: FlowId, path: &Path) -> ExclusionRead {
        let upload = Upload { path, file_name: "pagati.csv", accept_valid: false };
        upload_exclusion(&self.store, &self.scope, flow, upload, NOW).await.unwrap()
    }

    async fn read(&self, flow: FlowId) -> ListRead {
        read_list(&self.store, &self.scope, flow, false, NOW).await.unwrap()
    }

    async fn columns(&self, flow: FlowId, meanings: &[Option<Meaning>], expires: bool) -> bool {
        let chosen = (meanings.to_vec(), expires);
        choose_columns(&self.store, &self.scope, flow, chosen, NOW).await.unwrap()
    }

    async fn fix(&self, flow: FlowId, line: i64, column: &str, value: &str) -> Result<(), NotFixed> {
        let file = self.store.draft_file(&self.scope, flow).await.unwrap().unwrap().id;
        fix_cell(&self.store, &self.scope, flow, (file, line, column, value), NOW).await
    }
}

const MEANT: [Option<Meaning>; 4] = [
    Some(Meaning::FiscalCode),
    Some(Meaning::AmountInCents),
    Some(Meaning::DueDate),
    Some(Meaning::NoticeNumber),
];

async fn activate_and_start(office: &Office, flow: FlowId, list: ListId) -> bool {
    office.store.activate_flow(&office.scope, flow, list, NOW).await.unwrap()
        && office.store.start_flow(&office.scope, flow, ActiveSeen::at(NOW), NOW).await.unwrap()
            == Switched::Done
}

fn written(ledger: &TestLedger, name: &str, text: &str) -> PathBuf {
    let path = ledger.folder().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn ready(read: ListRead) -> ListReady {
    match read {
        ListRead::Ready(ready) => *ready,
        other => panic!("{other:?}"),
    }
}

fn wrong(read: ListRead) -> ListReport {
    match read {
        ListRead::WrongRows(report) | ListRead::NoValidRows(report) => *report,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn columns_mean_what_the_operator_says_to_the_end() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft().await;
        let list = written(ledger, "elenco.csv", LIST);
        let ListRead::Plan(problems) = office.upload(flow, &list).await else { panic!() };
        assert!(matches!(problems[0], PlanProblem::NoFiscalCodeColumn { .. }), "{problems:?}");

        assert!(!office.columns(flow, &MEANT[..3], false).await);
        assert!(office.columns(flow, &MEANT, true).await);
        let read = ready(office.read(flow).await);
        let cents = read.report.cents.unwrap();
        assert_eq!((cents.total, cents.min, cents.max), (2_249, 250, 1_999));
        let (first, last) = read.report.due.unwrap();
        assert_eq!((first.italian().as_str(), last.italian().as_str()), ("30/06/2027", "30/09/2027"));
        let shown = preview(&office.store, &office.scope, flow, 1).await.unwrap().unwrap().shown;
        let PreviewOf::Recipient(shown) = shown else { panic!() };
        let payment = shown.payment.unwrap();
        assert_eq!((payment.amount.cents(), payment.terms.invalid_after_due_date), (1_999, true));
        assert_eq!(payment.notice_number.as_str(), "301000000000000001");

        // The next file of the service with these columns is read alike, however its names are spelt.
        let next = office.draft().await;
        let list = written(ledger, "altro.csv", &LIST.replace("intestatario;dovuto", "INTESTATARIO;Dovuto"));
        ready(office.upload(next, &list).await);
        let kept = office.store.draft_file(&office.scope, next).await.unwrap().unwrap();
        assert_eq!(kept.meanings, Some(MEANT.to_vec()));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_format_writes_by_what_a_column_means_wherever_the_message_is_made() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let body = "Le scriviamo per un avviso di {{dovuto | euro}} a suo nome. ".repeat(5);
        let flow = office.draft_of("Avviso di {{dovuto | euro}}", &body).await;
        let list = written(ledger, "elenco.csv", LIST);
        office.upload(flow, &list).await;
        assert!(office.columns(flow, &MEANT, false).await);
        let list = ready(office.read(flow).await).list;

        // As the check read it: 1999 are cents, though the column's name does not say so.
        let subject = "Avviso di 19,99 €";
        let seen = preview(&office.store, &office.scope, flow, 1).await.unwrap().unwrap();
        assert_eq!(seen.subject, subject);
        assert!(activate_and_start(&office, flow, list).await);
        let page = office.store.flow_rows(&office.scope, flow, None, 1).await.unwrap();
        assert_eq!(Subjects::default().of(&page.rows[0], &page).unwrap(), subject);
        let detail = office.store.find_notification(&office.scope, page.rows[0].id).await.unwrap().unwrap();
        let content = citizen_content(&detail).unwrap();
        assert_eq!((content.subject.as_str(), content.markdown.as_str()), (subject, &*seen.markdown));

        let sending = office.store.sending_flows(office.scope.organization).await.unwrap();
        let text = office.store.sending_text(&sending[0]).await.unwrap().unwrap();
        let columns = text.columns().unwrap();
        let message = FrozenMessage::new(&text.subject, &text.markdown, columns, false, 80).unwrap();
        let cells = detail.row.cells.as_ref().unwrap().to_vec().unwrap();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let sent = message.content(&cells, None, None, None).unwrap();
        assert_eq!((sent.subject.as_str(), sent.markdown.as_str()), (subject, &*seen.markdown));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_workbook_is_read_from_the_sheet_that_is_chosen() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft().await;
        let path = ledger.folder().join("elenco.xlsx");
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Note").unwrap();
        for (name, code) in [("Rate", "RSSMRA85T10A562S"), ("Saldo", "MRTMTT25D09F205Z")] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (column, (title, value)) in
                (0..).zip([("CF", code), ("importo", "19,99"), ("numero avviso", "301000000000000001")])
            {
                sheet.write(0, column, title).unwrap();
                sheet.write(1, column, value).unwrap();
            }
        }
        book.save(&path).unwrap();
        // The empty sheet is passed over.
        ready(office.upload(flow, &path).await);
        let kept = office.store.draft_file(&office.scope, flow).await.unwrap().unwrap();
        assert_eq!((kept.sheets.join(" "), kept.sheet.as_deref()), ("Rate Saldo".to_owned(), Some("Rate")));
        assert!(!choose_sheet(&office.store, &office.scope, flow, "Note").await.unwrap());
        assert!(choose_sheet(&office.store, &office.scope, flow, "Saldo").await.unwrap());
        ready(office.read(flow).await);
        let rows = office.store.flow_rows(&office.scope, flow, None, 10).await.unwrap().rows;
        assert_eq!(rows[0].fiscal_code.as_str(), "MRTMTT25D09F205Z");
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_cell_is_put_right_without_a_new_file() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft().await;
        let list = "cf;importo;scadenza;numero avviso
RSSMRA85T10A562;19,99;30/06/2027;301000000000000001
MRTMTT25D09F205Z;2,50;31/06/2027;3,01E+17
00764130365;1,00;30/06/2027;301000000000000003
";
        let read = wrong(office.upload(flow, &written(ledger, "elenco.csv", list)).await);
        let kinds: Vec<(&str, u64)> = read.kinds.iter().map(|kind| (kind.key.as_str(), kind.count)).collect();
        assert_eq!(
            kinds,
            [
                ("problem-fiscal-code-length", 1),
                ("sheet-row-digits-lost", 1),
                ("problem-fiscal-code-company", 1),
            ]
        );
        assert!(read.kinds.iter().flat_map(|kind| &kind.first).all(|problem| problem.may_be_fixed));

        assert!(matches!(office.fix(flow, 2, "nome", "X").await, Err(NotFixed::NoCell)));
        assert!(matches!(office.fix(flow, 1, "cf", "X").await, Err(NotFixed::NoCell)));
        let long = "x".repeat(5_000);
        assert!(matches!(office.fix(flow, 2, "cf", &long).await, Err(NotFixed::TooLong)));
        office.fix(flow, 2, "cf", " RSSMRA85T10A562S ").await.unwrap();
        office.fix(flow, 3, "numero avviso", "301000000000000002").await.unwrap();
        // Behind the lost digits another problem was waiting.
        let read = wrong(office.read(flow).await);
        assert_eq!(read.kinds[0].key, "problem-due-date-impossible");
        office.fix(flow, 3, "scadenza", "30/06/2027").await.unwrap();
        let read = wrong(office.read(flow).await);
        assert_eq!((read.valid_rows, read.wrong_rows, read.corrected_cells), (2, 1, 3));

        let path = ledger.folder().join("controllato.xlsx");
        let rows = checked_file(&office.store, &office.scope, flow, NOW, path.clone()).await.unwrap();
        assert_eq!(rows, 3);
        let range = open_workbook_auto(&path).unwrap().worksheet_range_at(0).unwrap().unwrap();
        let cell = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        assert_eq!((cell(0, 1).as_str(), cell(0, 5).as_str()), ("cf", "problema"));
        assert_eq!((cell(1, 1).as_str(), cell(1, 5).as_str()), ("RSSMRA85T10A562S", ""));
        assert_eq!(cell(2, 4), "301000000000000002");
        assert!(cell(3, 5).starts_with("cf: È il codice di 11 cifre"), "{}", cell(3, 5));

        // A new file knows nothing of it.
        let read = wrong(office.upload(flow, &written(ledger, "elenco.csv", list)).await);
        assert_eq!((read.wrong_rows, read.corrected_cells), (3, 0));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn those_who_have_paid_are_left_out_and_counted() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft().await;
        office.upload(flow, &written(ledger, "elenco.csv", LIST)).await;
        office.columns(flow, &MEANT, false).await;
        let both = written(
            ledger,
            "pagati.csv",
            "codice fiscale;numero avviso\nRSSMRA85T10A562S;3010 0000 0000 0000 02\nX;3,01E+17\n",
        );
        let read = office.exclude(flow, &both).await;
        assert!(matches!(read, ExclusionRead::Kept { by: ExcludedBy::NoticeNumber, both: true }), "{read:?}");
        let kept = office.store.exclusion(&office.scope, flow).await.unwrap().unwrap();
        assert_eq!((kept.named_rows, kept.unread_rows), (1, 1));
        let read = ready(office.read(flow).await);
        assert_eq!((read.report.valid_rows, read.report.excluded_rows), (1, 1));
        let reckoned = balance(&office.store, &office.scope, flow, NOW).await.unwrap();
        assert_eq!((reckoned.recipients, reckoned.facts.excluded_rows), (1, 1));
        assert_eq!(reckoned.facts.total_cents, Some(1_999));

        let by_code = written(ledger, "pagati.csv", "rssmra85t10a562s\n");
        assert!(matches!(office.exclude(flow, &by_code).await, ExclusionRead::Kept { both: false, .. }));
        let read = ready(office.read(flow).await);
        assert_eq!(read.report.cents.unwrap().total, 250);

        for (text, told) in [
            ("nome;via\nAnna;Roma\n", "né il codice fiscale né il numero avviso"),
            ("numero avviso\n12\n", "nessun codice che si riesca a leggere"),
        ] {
            let read = office.exclude(flow, &written(ledger, "pagati.csv", text)).await;
            let words = staffetta_words::say(&read.phrases().0);
            assert!(words.contains(told), "{words}");
        }
        let kept = office.store.exclusion(&office.scope, flow).await.unwrap().unwrap();
        assert_eq!(kept.by, ExcludedBy::FiscalCode);
        assert!(office.store.remove_exclusion(&office.scope, flow).await.unwrap());
        assert_eq!(ready(office.read(flow).await).report.valid_rows, 2);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn dates_that_have_passed_are_agreed_to_and_payments_carry_their_terms() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft().await;
        let trace = "taxcode,expedition_date,due_date,notice_number,amount,invalid_after_due_date,payee
RSSMRA85T10A562S,2027-01-03T10:00:00,2020-12-03T10:15:30,301000000000000001,1999,true,80012345676
MRTMTT25D09F205Z,2027-01-04T10:00:00,2027-12-03T10:15:30,301000000000000002,250,false,
";
        let read = ready(office.upload(flow, &written(ledger, "traccia.csv", trace)).await);
        assert_eq!(read.report.cents.unwrap().total, 2_249);
        assert_eq!((read.report.past_due_rows, read.report.past_due.clone()), (1, vec![2]));
        assert_eq!(read.report.starts.len(), 2);
        let rows = office.store.flow_rows(&office.scope, flow, None, 10).await.unwrap().rows;
        assert!(rows[0].terms.invalid_after_due_date && !rows[1].terms.invalid_after_due_date);
        assert_eq!(rows[0].terms.payee.unwrap().as_str(), "80012345676");
        assert_eq!(rows[1].terms.payee, None);

        let reckoned = balance(&office.store, &office.scope, flow, NOW).await.unwrap();
        assert_eq!(reckoned.past_due.unwrap().italian(), "03/12/2020");
        let agreed = Activation { accept_past_due: true, ..Activation::of(read.list) };
        let unasked = Activation { accept_past_due: false, ..agreed };
        let told = activate(&office.store, &office.scope, flow, unasked, NOW).await;
        assert!(matches!(told, Err(NotReady::PastDue(_))), "{told:?}");
        activate(&office.store, &office.scope, flow, agreed, NOW).await.unwrap();
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn who_already_got_the_very_same_message_is_counted() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let list = "cf;importo;scadenza;numero avviso
RSSMRA85T10A562S;19,99;30/06/2027;301000000000000001
MRTMTT25D09F205Z;2,50;30/06/2027;301000000000000002
";
        let first = office.draft().await;
        ready(office.upload(first, &written(ledger, "elenco.csv", list)).await);
        let rows = office.store.flow_rows(&office.scope, first, None, 10).await.unwrap().rows;
        for row in &rows {
            let detail = office.store.find_notification(&office.scope, row.id).await.unwrap().unwrap();
            let hash = citizen_content(&detail).unwrap().hash().0;
            let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            let hex = if ledger.kind() == "sqlite" { format!("x'{hex}'") } else { format!("'\\x{hex}'") };
            let sent =
                format!("update notification set state = 2, handled_at = {}, content_hash = {hex}", NOW.0);
            ledger.raw(&format!("{sent} where id = {}", row.id.0)).await;
        }
        ledger.raw(&format!("update flow set first_call_at = {} where id = {}", NOW.0, first.0)).await;

        // One of the two has another amount now.
        let second = office.draft().await;
        let changed = written(ledger, "altro.csv", &list.replace("2,50", "2,51"));
        assert_eq!(ready(office.upload(second, &changed).await).already, Some((1, 30)));
        let reckoned = balance(&office.store, &office.scope, second, NOW).await.unwrap();
        assert_eq!((reckoned.already, reckoned.recipients), (Some((1, 30)), 2));

        // It is told who, given as a file, and left out: that row alone, and until somebody puts it back.
        let told = office.store.already_rows(&office.scope, second, None, 9).await.unwrap();
        assert_eq!((told.len(), told[0].earlier, told[0].earlier_flow), (1, rows[0].id, Some(first)));
        let path = ledger.folder().join("ricevuto.xlsx");
        assert_eq!(already_file(&office.store, &office.scope, second, path.clone()).await.unwrap(), 1);
        let sheet = open_workbook_auto(&path).unwrap().worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.get_value((1, 0)).unwrap().to_string(), "RSSMRA85T10A562S");
        let leave_out =
            async || leave_out_already_sent(&office.store, &office.scope, second, NOW).await.unwrap();
        assert_eq!(leave_out().await, 1);
        let left = ready(read_list(&office.store, &office.scope, second, false, NOW).await.unwrap());
        assert_eq!((left.report.valid_rows, left.report.excluded_rows, left.already), (1, 1, Some((0, 30))));
        assert_eq!(leave_out().await, 0, "nobody is left who got it");
        assert!(office.store.exclusion(&office.scope, second).await.unwrap().is_none(), "no file excludes");
        assert!(office.store.remove_excluded_rows(&office.scope, second).await.unwrap());
        let again = ready(read_list(&office.store, &office.scope, second, false, NOW).await.unwrap());
        assert_eq!((again.report.valid_rows, again.already), (2, Some((1, 30))));
        office.store.close().await;
    })
    .await;
}
