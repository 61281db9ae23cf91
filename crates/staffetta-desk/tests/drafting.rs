//! A flow composed step by step, as a page does it, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use calamine::{Reader, open_workbook_auto};
use staffetta_desk::{
    Activation, DraftError, DraftSaving, DraftText, ListRead, ListReady, NotReady, Preview, PreviewOf,
    Upload, activate, balance, create_draft, find_recipient, preview, read_list, readiness, save_draft,
    upload_list, wrong_rows_file,
};
use staffetta_domain::buttons::FrontMatterError;
use staffetta_domain::text::utf16_len;
use staffetta_domain::{FiscalCode, FlowId, PlanProblem, Quota, Rights, TextWarning};
use staffetta_store::Scope;
use staffetta_store::settings::SettingsChange;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use std::path::{Path, PathBuf};
use support::{NOW, Office, example, office};

const SUBJECT: &str = "Avviso TARI per {{cognome}}";

impl Office {
    fn text<'a>(&'a self, subject: &'a str, markdown: &'a str) -> DraftText<'a> {
        DraftText {
            service: self.service,
            nature: "pagamento",
            description: "Avviso TARI",
            reference: None,
            subject,
            markdown,
        }
    }

    async fn draft(&self, subject: &str, markdown: &str) -> FlowId {
        create_draft(&self.store, &self.scope, self.text(subject, markdown), NOW).await.unwrap()
    }

    async fn save(&self, flow: FlowId, subject: &str) -> i64 {
        let text = self.text(subject, &self.markdown);
        match save_draft(&self.store, &self.scope, flow, text, None).await.unwrap() {
            DraftSaving::Saved { version, kept_back } if kept_back.is_empty() => version,
            other => panic!("{other:?}"),
        }
    }

    async fn upload(&self, flow: FlowId, path: &Path, accept_valid: bool) -> ListRead {
        let upload = Upload { path, file_name: "elenco.csv", accept_valid };
        upload_list(&self.store, &self.scope, flow, upload, NOW).await.unwrap()
    }

    async fn read(&self, flow: FlowId, accept_valid: bool) -> ListRead {
        read_list(&self.store, &self.scope, flow, accept_valid, NOW).await.unwrap()
    }

    /// A draft whose list of 291 is ready.
    async fn ready(&self) -> (FlowId, ListReady) {
        let flow = self.draft(SUBJECT, &self.markdown).await;
        (flow, ready(self.upload(flow, &example("elenco-300.csv"), true).await))
    }

    async fn shown(&self, flow: FlowId, position: i64) -> Preview {
        preview(&self.store, &self.scope, flow, position).await.unwrap().unwrap()
    }

    async fn activate(&self, scope: &Scope, flow: FlowId, activation: Activation) -> Result<(), NotReady> {
        activate(&self.store, scope, flow, activation, NOW).await
    }

    async fn not_ready(&self, flow: FlowId) -> NotReady {
        let found = self.store.find_flow(&self.scope, flow).await.unwrap().unwrap();
        readiness(&found).unwrap_err()
    }
}

fn ready(read: ListRead) -> ListReady {
    match read {
        ListRead::Ready(ready) => *ready,
        other => panic!("{other:?}"),
    }
}

/// What is said of an outcome has its words.
fn said(read: &ListRead) -> String {
    let said: Vec<String> = read.phrases().iter().map(|(what, _)| staffetta_words::say(what)).collect();
    assert!(said.iter().all(|text| !text.starts_with('[')), "{said:?}");
    said.join(" ")
}

async fn count(ledger: &TestLedger, table: &str) -> String {
    ledger.raw(&format!("select cast(count(*) as text) from {table}")).await.concat()
}

fn written(ledger: &TestLedger, name: &str, text: &[u8]) -> PathBuf {
    let path = ledger.folder().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[tokio::test]
async fn a_flow_is_composed_from_the_file_to_its_activation() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft("", "").await;
        assert!(matches!(office.not_ready(flow).await, NotReady::NoFile));
        let read = office.upload(flow, &example("elenco-300.csv"), false).await;
        let ListRead::MessageMissing { columns } = &read else { panic!("{read:?}") };
        assert_eq!(columns[..3], ["Codice Fiscale", "Cognome", "Nome"]);
        assert!(said(&read).contains("segnaposto"));
        assert!(matches!(office.not_ready(flow).await, NotReady::NotTaken));
        assert_eq!(office.save(flow, SUBJECT).await, 2);

        let read = office.read(flow, false).await;
        let ListRead::WrongRows(report) = &read else { panic!("{read:?}") };
        assert_eq!((report.valid_rows, report.wrong_rows, report.same_rows), (291, 8, 1));
        assert!(said(&read).contains("291"));
        assert_eq!(count(ledger, "recipient").await, "0");
        let path = ledger.folder().join("righe.xlsx");
        let rows = wrong_rows_file(&office.store, &office.scope, flow, NOW, path.clone()).await.unwrap();
        assert_eq!(rows, report.problems.len() as u64);
        let sheet = open_workbook_auto(&path).unwrap().worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.rows().count() as u64, rows + 1);

        let list = ready(office.read(flow, true).await);
        assert_eq!((list.report.different_rows, list.earlier), (1, None));
        let kinds: Vec<bool> =
            list.report.repetitions.iter().map(|repetition| repetition.different).collect();
        assert_eq!(kinds.iter().filter(|different| **different).count(), 1);
        assert_eq!(kinds.len(), 2);
        let balance = balance(&office.store, &office.scope, flow, NOW).await.unwrap();
        assert_eq!((balance.list, balance.recipients, balance.earlier), (list.list, 291, None));
        assert_eq!((balance.facts.wrong_rows, balance.facts.different_rows), (8, 1));
        assert_eq!((balance.facts.repaired_rows, balance.facts.same_rows), (3, 1));
        let cents = (balance.facts.total_cents, balance.facts.min_cents, balance.facts.max_cents);
        assert_eq!(cents, (Some(11_009_817), Some(4_025), Some(167_431)));
        // 582 calls, and 194 status checks between them, at 150 in 5 s.
        assert_eq!(balance.time.unwrap().seconds, 26);

        let agreed =
            Activation { accept_different: true, accept_past_due: true, ..Activation::of(balance.list) };
        let asked = Activation { accept_different: false, ..agreed };
        let told = office.activate(&office.scope, flow, asked).await.unwrap_err();
        assert!(matches!(told, NotReady::DifferentRows(1)));
        assert!(staffetta_words::say(&told.phrase()).contains("due rate"));
        office.activate(&office.scope, flow, agreed).await.unwrap();
        assert_eq!(count(ledger, "draft_file_part").await, "0");
        // The ledger keeps the wrong rows that were left out.
        assert_eq!(
            wrong_rows_file(&office.store, &office.scope, flow, NOW, path.clone()).await.unwrap(),
            rows
        );
        assert!(matches!(
            read_list(&office.store, &office.scope, flow, true, NOW).await,
            Err(DraftError::NoDraft)
        ));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn back_in_preparation_an_unchanged_flow_is_ready_and_a_changed_one_wants_its_file_again() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, list) = office.ready().await;
        let agreed =
            Activation { accept_different: true, accept_past_due: true, ..Activation::of(list.list) };
        office.activate(&office.scope, flow, agreed).await.unwrap();
        assert!(office.store.deactivate_flow(&office.scope, flow, NOW).await.unwrap());
        assert!(matches!(office.read(flow, true).await, ListRead::NoFile));
        office.activate(&office.scope, flow, agreed).await.unwrap();
        assert!(office.store.deactivate_flow(&office.scope, flow, NOW).await.unwrap());

        office.save(flow, "Un altro avviso per {{cognome}}").await;
        let told = office.activate(&office.scope, flow, agreed).await.unwrap_err();
        assert!(matches!(told, NotReady::FileGone));
        assert!(staffetta_words::say(&told.phrase()).contains("Carica di nuovo il file"));
        assert!(matches!(balance(&office.store, &office.scope, flow, NOW).await, Err(NotReady::FileGone)));
        let list = ready(office.upload(flow, &example("elenco-300.csv"), true).await);
        let seen_before = office.activate(&office.scope, flow, agreed).await;
        assert!(matches!(seen_before, Err(NotReady::OtherList)));
        office.activate(&office.scope, flow, Activation { list: list.list, ..agreed }).await.unwrap();
        let again = office.activate(&office.scope, flow, agreed).await;
        assert!(matches!(again, Err(NotReady::State(_))));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_can_be_no_list_leaves_what_was_there() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, list) = office.ready().await;
        let kept = office.store.draft_file(&office.scope, flow).await.unwrap().unwrap();
        for (name, text) in [
            ("modulo.pdf", b"%PDF-1.7\n%\xe2\xe3\n".as_slice()),
            ("vuoto.csv", b"codice_fiscale;nome\n"),
            ("doppia.csv", b"nome;CF;Nome\nAnna;RSSMRA85T10A562S;Roma\n"),
        ] {
            let read = office.upload(flow, &written(ledger, name, text), true).await;
            assert!(matches!(read, ListRead::Sheet(_) | ListRead::Plan(_)), "{name}: {read:?}");
            said(&read);
        }
        assert_eq!(office.store.draft_file(&office.scope, flow).await.unwrap(), Some(kept));
        assert_eq!(balance(&office.store, &office.scope, flow, NOW).await.unwrap().list, list.list);
        assert_eq!(count(ledger, "draft_file").await, "1");

        // One that is a list, but not for this message, is kept: it may be the message that changes.
        let other = written(ledger, "altro.csv", b"codice_fiscale;nome\nRSSMRA85T10A562S;Anna\n");
        assert!(matches!(office.upload(flow, &other, true).await, ListRead::Plan(_)));
        let told = balance(&office.store, &office.scope, flow, NOW).await.unwrap_err();
        assert!(matches!(told, NotReady::NotTaken), "{told:?}");
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_saved_while_the_file_is_read_wins() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, _) = office.ready().await;
        for round in 0..3 {
            let subject = format!("Avviso TARI {round} per {{{{cognome}}}}");
            let (read, _) = tokio::join!(office.read(flow, true), office.save(flow, &subject));
            assert!(matches!(read, ListRead::Moved | ListRead::Ready(_)), "{read:?}");
            // Read for the text before or after: what counts is that the ledger knows.
            let found = office.store.find_flow(&office.scope, flow).await.unwrap().unwrap();
            let shown = office.shown(flow, 1).await;
            assert_eq!(
                found.checked_list().is_some(),
                matches!(shown.shown, PreviewOf::Recipient(_)),
                "{read:?}"
            );
            ready(office.read(flow, true).await);
            assert!(office.shown(flow, 1).await.subject.starts_with(&format!("Avviso TARI {round} per ")));
        }
        assert_eq!(count(ledger, "list").await, "1");
        assert_eq!(count(ledger, "recipient").await, "291");
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn of_two_windows_that_read_or_upload_at_once_one_list_is_left() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, _) = office.ready().await;
        let file = example("elenco-300.csv");
        office.save(flow, "Secondo avviso per {{cognome}}").await;
        let reads = tokio::join!(office.read(flow, true), office.read(flow, true));
        let (one, other) = (ready(reads.0), ready(reads.1));
        // Who came second is told the list of the first, or has replaced it.
        let list = balance(&office.store, &office.scope, flow, NOW).await.unwrap().list;
        assert!(list == one.list || list == other.list);

        let uploads = tokio::join!(office.upload(flow, &file, true), office.upload(flow, &file, true));
        for read in [&uploads.0, &uploads.1] {
            assert!(matches!(read, ListRead::Ready(_) | ListRead::Moved), "{read:?}");
        }
        let together = tokio::join!(office.upload(flow, &file, true), office.read(flow, true));
        assert!(matches!(together.1, ListRead::Ready(_) | ListRead::Moved), "{together:?}");
        ready(office.read(flow, true).await);
        for (table, rows) in [("list", "1"), ("recipient", "291"), ("draft_file", "1")] {
            assert_eq!(count(ledger, table).await, rows, "{table}");
        }
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_name_that_cannot_be_is_kept_back_and_the_text_is_saved() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let taken = DraftText { reference: Some("TARI/1"), ..office.text("", "") };
        let other = create_draft(&office.store, &office.scope, taken, NOW).await.unwrap();
        let again = create_draft(&office.store, &office.scope, taken, NOW).await;
        assert!(matches!(again, Err(DraftError::ReferenceTaken(Some(id))) if id == other));
        let flow = office.draft("", "").await;
        let long = "x".repeat(201);
        let text = DraftText { description: " ", reference: Some(&long), ..office.text("Oggetto", "") };
        let saved = save_draft(&office.store, &office.scope, flow, text, Some(1)).await.unwrap();
        let DraftSaving::Saved { version: 2, kept_back } = &saved else { panic!("{saved:?}") };
        assert!(matches!(kept_back[..], [DraftError::Description, DraftError::Reference]));
        let text = DraftText { reference: Some(" TARI/1 "), ..office.text("Oggetto due", "") };
        let saved = save_draft(&office.store, &office.scope, flow, text, Some(2)).await.unwrap();
        let DraftSaving::Saved { version: 3, kept_back } = &saved else { panic!("{saved:?}") };
        assert!(matches!(kept_back[..], [DraftError::ReferenceTaken(Some(id))] if id == other));
        let said: Vec<String> = saved.phrases().iter().map(staffetta_words::say).collect();
        assert!(said[0].contains(&format!("flusso {other}")) && said[1].contains("salvato"), "{said:?}");
        let found = office.store.find_flow(&office.scope, flow).await.unwrap().unwrap();
        assert_eq!((found.subject.as_str(), found.summary.reference), ("Oggetto due", None));
        assert_eq!(found.summary.description, "Avviso TARI");

        let stale = save_draft(&office.store, &office.scope, flow, office.text("Vecchio", ""), Some(1)).await;
        assert!(matches!(stale, Ok(DraftSaving::Moved)));
        // The one character that PostgreSQL does not keep.
        office.save(flow, "Oggetto\0 tre").await;
        let text = DraftText { nature: "nessuna", ..office.text("", "") };
        let saved = save_draft(&office.store, &office.scope, flow, text, None).await;
        assert!(matches!(saved, Err(DraftError::NoNature)));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_is_the_recipients_message_or_says_that_it_is_nobodys() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let flow = office.draft("Avviso 😀 {{cognome}}", "---\r\nprima {{via}}").await;
        let shown = office.shown(flow, 1).await;
        assert_eq!(
            (&shown.shown, shown.subject.as_str()),
            (&PreviewOf::Placeholders, "Avviso 😀 {{cognome}}")
        );
        assert_eq!((shown.subject_units, shown.markdown_units, shown.warnings.len()), (21, 17, 2));
        // Without a file any name may become a column's.
        assert_eq!(shown.problems, [PlanProblem::FrontMatter(FrontMatterError::Rule)]);
        office.upload(flow, &example("elenco-300.csv"), true).await;
        let unknown = |problem: &PlanProblem| matches!(problem, PlanProblem::UnknownPlaceholder { .. });
        assert!(office.shown(flow, 1).await.problems.iter().any(unknown));

        office.save(flow, SUBJECT).await;
        ready(office.read(flow, true).await);
        let mut ends = [None; 2];
        for (asked, expected) in [(-7, 1), (1, 1), (2, 2), (291, 291), (9_999, 291)] {
            let shown = office.shown(flow, asked).await;
            let PreviewOf::Recipient(recipient) = &shown.shown else { panic!("{shown:?}") };
            assert_eq!((recipient.position, recipient.of), (expected, 291));
            ends = [recipient.shortest, recipient.longest];
            assert!(recipient.payment.is_some() && recipient.due_date.is_some());
            assert_eq!(shown.subject_units, utf16_len(&shown.subject));
            assert_eq!(shown.markdown_units, utf16_len(&shown.markdown));
            assert_eq!((&shown.problems, shown.markdown_min), (&vec![], 120));
            assert_eq!(shown.warnings, [TextWarning::PersonalSubject.phrase()]);
            let row = office.store.find_notification(&office.scope, recipient.id).await.unwrap().unwrap();
            assert_eq!(row.row.fiscal_code, recipient.fiscal_code);
            let cells = row.row.cells.unwrap().to_vec().unwrap();
            assert_eq!(shown.subject, format!("Avviso TARI per {}", cells[1].trim()));
        }
        let mut units = Vec::new();
        for position in 1..=291 {
            let shown = office.shown(flow, position).await;
            units.push(shown.subject_units + shown.markdown_units);
        }
        let first_with = |wanted: usize| units.iter().position(|units| *units == wanted).map(|at| at + 1);
        let expected = [*units.iter().min().unwrap(), *units.iter().max().unwrap()].map(first_with);
        assert_eq!(ends.map(|row| row.map(|row| usize::try_from(row).unwrap())), expected);
        office.save(flow, "Cambiato per {{cognome}}").await;
        assert_eq!(office.shown(flow, 1).await.shown, PreviewOf::Placeholders);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_recipient_is_found_by_fiscal_code_one_message_after_another() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let looker = office.operator("carla", Rights::LOOK).await;
        let other = office.store.make_organization("Comune vicino", NOW).await.unwrap().unwrap();
        let stranger = Scope::whole(other, "dario");
        let rows = "codice_fiscale;nome\nRSSMRA85T10A562S;Mario\nMRTMTT25D09F205Z;Matteo\n\
                    RSSMRA85T10A562S;Maria\nVRDLGI85M01F205D;Luigi\n";
        let path = written(ledger, "persone.csv", rows.as_bytes());
        let body = "Gentile {{nome}}, ".to_owned() + &"lo sportello resta chiuso. ".repeat(6);
        let draft = DraftText { nature: "informativo", ..office.text("Avviso importante", &body) };
        let flow = create_draft(&office.store, &office.scope, draft, NOW).await.unwrap();
        ready(office.upload(flow, &path, true).await);
        // Another list of the same people is not looked into.
        let twin = create_draft(&office.store, &office.scope, draft, NOW).await.unwrap();
        ready(office.upload(twin, &written(ledger, "persone.csv", rows.as_bytes()), true).await);
        let code = |text: &str| FiscalCode::read(text).unwrap().code;
        let find = async |scope, text: &str, after| {
            let found = find_recipient(&office.store, scope, flow, &code(text), after).await.unwrap();
            found.map(|found| (found.position, found.messages))
        };
        for scope in [&office.scope, &looker] {
            assert_eq!(find(scope, "RSSMRA85T10A562S", 0).await, Some((1, 2)));
            assert_eq!(find(scope, "RSSMRA85T10A562S", 1).await, Some((3, 2)));
            assert_eq!(find(scope, "RSSMRA85T10A562S", 3).await, Some((1, 2)));
            assert_eq!(find(scope, "VRDLGI85M01F205D", 0).await, Some((4, 1)));
            assert_eq!(find(scope, "BNCNNA90D41L219R", 0).await, None);
        }
        assert_eq!(find(&stranger, "RSSMRA85T10A562S", 0).await, None);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_of_many_parts_is_read_back_whole_and_the_same_list_is_told() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let mut text = String::from("codice_fiscale;note\n");
        let note = "una nota lunga ".repeat(12);
        for number in 0..9_000 {
            text.push_str(&format!("RSSMRA85T10A562S;{note}{number}\n"));
        }
        text.push_str("sbagliato;x\n");
        let path = written(ledger, "lungo.csv", text.as_bytes());
        let body = "x".repeat(130) + "{{note}}";
        let draft = DraftText { nature: "informativo", ..office.text("Avviso importante", &body) };
        let make = async || create_draft(&office.store, &office.scope, draft, NOW).await.unwrap();
        let flow = make().await;
        assert!(matches!(office.upload(flow, &path, false).await, ListRead::WrongRows(_)));
        std::fs::remove_file(&path).unwrap();
        let kept = office.store.draft_file(&office.scope, flow).await.unwrap().unwrap();
        assert_eq!((kept.parts, kept.bytes), (2, i64::try_from(text.len()).unwrap()));
        let first = ready(office.read(flow, true).await);
        assert_eq!((first.report.valid_rows, first.report.wrong_rows), (9_000, 1));
        assert_eq!(first.report.different_rows, 8_999);

        let second = make().await;
        let path = written(ledger, "lungo.csv", text.as_bytes());
        let again = ready(office.upload(second, &path, true).await);
        assert_eq!(again.earlier, Some((flow, NOW)));
        let told = balance(&office.store, &office.scope, second, NOW).await.unwrap();
        assert_eq!((told.earlier, told.time.unwrap().seconds), (Some((flow, NOW)), 800));
        let unlimited = SettingsChange { quota: Some(Quota::NONE), ..SettingsChange::default() };
        office.store.change_settings(&office.scope, &unlimited, NOW).await.unwrap();
        assert_eq!(balance(&office.store, &office.scope, second, NOW).await.unwrap().time, None);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn everyone_does_what_is_theirs_only() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let looker = office.operator("carla", Rights::LOOK).await;
        let composer = office.operator("bruno", Rights::COMPOSE).await;
        let other = office.store.make_organization("Comune vicino", NOW).await.unwrap().unwrap();
        let stranger = Scope::whole(other, "dario");
        let (flow, list) = office.ready().await;
        let file = example("elenco-300.csv");
        let store = &office.store;
        let text = office.text(SUBJECT, &office.markdown);
        for scope in [&looker, &stranger] {
            assert!(create_draft(store, scope, text, NOW).await.is_err());
            assert!(save_draft(store, scope, flow, text, None).await.is_err());
            let upload = Upload { path: &file, file_name: "a.csv", accept_valid: true };
            assert!(upload_list(store, scope, flow, upload, NOW).await.is_err());
            let read = read_list(store, scope, flow, true, NOW).await;
            assert!(matches!(read, Ok(ListRead::NoFile) | Err(DraftError::NoDraft)), "{read:?}");
        }
        assert!(matches!(save_draft(store, &looker, flow, text, None).await, Err(DraftError::NoService)));
        let path = ledger.folder().join("righe.xlsx");
        assert!(wrong_rows_file(store, &stranger, flow, NOW, path.clone()).await.is_err());
        assert_eq!(preview(store, &stranger, flow, 1).await.unwrap(), None);
        assert!(matches!(balance(store, &stranger, flow, NOW).await, Err(NotReady::NoFlow)));
        assert_eq!(balance(store, &looker, flow, NOW).await.unwrap().list, list.list);

        let list = ready(read_list(store, &composer, flow, true, NOW).await.unwrap()).list;
        let agreed = Activation { accept_different: true, accept_past_due: true, ..Activation::of(list) };
        for scope in [&looker, &composer] {
            assert!(matches!(office.activate(scope, flow, agreed).await, Err(NotReady::NotNow)));
        }
        store.enable_service(&office.scope, office.service, false, NOW).await.unwrap();
        let disabled = office.activate(&office.scope, flow, agreed).await;
        assert!(matches!(disabled, Err(NotReady::ServiceDisabled(name)) if name == "Tributi"));
        store.close().await;
    })
    .await;
}
