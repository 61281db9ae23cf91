//! An errata is a draft like any other, to exactly those who got the wrong message; on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_desk::{
    Activation, DraftSaving, DraftText, ErrataRequest, FlowRequest, ListRead, NoErrata, activate,
    create_flow, make_errata, read_list, save_draft,
};
use staffetta_domain::{ErrataKind, FlowId, FlowState, Receipts, Taking};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use std::collections::HashSet;
use support::{NOW, Office, office};

/// A cell that a spreadsheet would run, one of two lines, a zero in front: all come back as they were.
const LIST: &str = "\
Codice fiscale;Nome;Importo;Numero avviso;Scadenza;Nota
RSSMRA80A01H501U;Maria;19,99;301000000000000001;30/06/2027;=1+1
VRDLGI85M01F205D;Luigi;1.234,56;301000000000000002;30/06/2027;\"due
righe; \"\"sì\"\"\"
BNCNNA90D41L219R;Anna;5,00;301000000000000003;30/06/2027;007
RSSMRA80A01H501U;Maria;20,00;301000000000000004;31/12/2027;
MRTMTT25D09F205Z;Matteo;7,00;301000000000000005;30/06/2027;-x
";

const SUBJECT: &str = "TARI 2027 di {{Nome}}: *avviso*";

impl Office {
    async fn made(&self, ledger: &TestLedger) -> FlowId {
        let path = ledger.folder().join("elenco.csv");
        std::fs::write(&path, LIST).unwrap();
        let request = FlowRequest {
            service: self.service,
            nature: "pagamento",
            description: "TARI 2027",
            reference: None,
            subject: SUBJECT,
            model: None,
            markdown: &"Gentile {{Nome}}, devi {{Importo | euro}}. ".repeat(5),
            file: &path,
            file_name: "elenco.csv",
            sheet: None,
            accept_valid: false,
        };
        create_flow(&self.store, &self.scope, request, NOW, |_| ()).await.unwrap().id
    }

    /// The five rows: delivered, accepted, uncertain, declared sent, not on IO.
    async fn over(&self, ledger: &TestLedger) -> FlowId {
        let flow = self.made(ledger).await;
        let list = self.store.find_flow(&self.scope, flow).await.unwrap().unwrap().summary.list.unwrap();
        for (row, state, id) in [(1, 3, "'A'"), (2, 2, "'B'"), (3, 7, "null"), (4, 2, "null"), (5, 5, "null")]
        {
            let id_of_row = staffetta_domain::NotificationId::new(list, row);
            ledger
                .raw(&format!(
                    "update notification set state = {state}, io_message_id = {id} where id = {id_of_row}"
                ))
                .await;
        }
        ledger
            .raw(&format!(
                "update flow set state = 4, queued = 0, delivered = 1, accepted = 2, uncertain = 1, unreachable = 1,
                   started_at = 1, first_call_at = 1, ended_at = {} where id = {flow}",
                NOW.0
            ))
            .await;
        flow
    }

    async fn errata(&self, source: FlowId, request: ErrataRequest) -> Result<(FlowId, Receipts), NoErrata> {
        make_errata(&self.store, &self.scope, source, request, NOW).await
    }

    /// Code and cells of the rows of a flow, in the order of its list.
    async fn rows(&self, flow: FlowId) -> Vec<(String, Vec<String>, Option<i64>)> {
        let page = self.store.flow_rows(&self.scope, flow, None, 99).await.unwrap();
        page.rows
            .into_iter()
            .map(|row| {
                let cells = row.cells.unwrap().to_vec().unwrap();
                (row.fiscal_code.as_str().to_owned(), cells, row.amount.map(|amount| amount.cents()))
            })
            .collect()
    }

    async fn write(&self, flow: FlowId, nature: &str, subject: &str, markdown: &str) {
        let text = DraftText {
            service: self.service,
            nature,
            description: "Errata",
            reference: None,
            subject,
            markdown,
        };
        let saved = save_draft(&self.store, &self.scope, flow, text, None).await.unwrap();
        assert!(matches!(saved, DraftSaving::Saved { .. }), "{saved:?}");
    }
}

const fn wanted(kind: ErrataKind, uncertain: bool, declared: bool, seen: i64) -> ErrataRequest {
    ErrataRequest { kind, taking: Taking { uncertain, declared }, seen }
}

#[tokio::test]
async fn exactly_those_who_got_it_are_taken_with_all_their_columns() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let source = office.over(ledger).await;
        let (errata, receipts) =
            office.errata(source, wanted(ErrataKind::Correction, false, false, 0)).await.unwrap();
        assert_eq!(receipts, Receipts { reached: 2, uncertain: 1, declared: 1, not_reached: 1 });
        let draft = office.store.find_flow(&office.scope, errata).await.unwrap().unwrap();
        assert_eq!(draft.summary.state, FlowState::Inactive);
        assert_eq!(draft.subject, "Errata corrige: TARI 2027 di {{Nome}}: *avviso*");
        assert!(draft.markdown.contains("«TARI 2027 di {{Nome}}: \\*avviso\\*»"), "{}", draft.markdown);

        // Until the correction is written nothing can be activated.
        let read = read_list(&office.store, &office.scope, errata, false, NOW).await.unwrap();
        assert!(matches!(read, ListRead::Plan(_)), "{read:?}");
        let corrected = draft.markdown.replace(
            "{{SCRIVI QUI CHE COSA ERA SBAGLIATO E CHE COSA È GIUSTO}}",
            "Gentile {{Nome}}, l’importo giusto è {{Importo | euro}}.",
        );
        assert_ne!(corrected, draft.markdown);
        office.write(errata, "pagamento", &draft.subject, &corrected).await;
        let read = read_list(&office.store, &office.scope, errata, false, NOW).await.unwrap();
        let ListRead::Ready(ready) = read else { panic!("{read:?}") };
        assert_eq!((ready.report.valid_rows, ready.already), (2, Some((0, 30))));
        assert_eq!(office.rows(errata).await, office.rows(source).await[..2]);
        let activation = Activation::of(ready.list);
        activate(&office.store, &office.scope, errata, activation, NOW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_others_only_if_somebody_wants_it() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let source = office.over(ledger).await;
        let known = office.rows(source).await;
        for (seen, uncertain, declared, rows) in [
            (0, true, false, vec![0, 1, 2]),
            (1, false, true, vec![0, 1, 3]),
            (2, true, true, vec![0, 1, 2, 3]),
        ] {
            let request = wanted(ErrataKind::SentByMistake, uncertain, declared, seen);
            let (errata, _) = office.errata(source, request).await.unwrap();
            let draft = office.store.find_flow(&office.scope, errata).await.unwrap().unwrap();
            assert!(!draft.payment, "what takes back a message asks for no payment");
            let read = read_list(&office.store, &office.scope, errata, false, NOW).await.unwrap();
            let ListRead::Ready(ready) = read else { panic!("{read:?}") };
            let kept: Vec<_> = office.rows(errata).await.into_iter().map(|(_, cells, _)| cells).collect();
            // Who has two rows would read the same words twice: it gets them once.
            let mut told = HashSet::new();
            let expected: Vec<_> = rows
                .iter()
                .map(|row| known[*row].1.clone())
                .filter(|cells| told.insert(cells[0].clone()))
                .collect();
            assert_eq!(kept, expected);
            assert_eq!(ready.report.valid_rows, expected.len() as u64);
            assert_eq!(ready.report.same_rows, (rows.len() - expected.len()) as u64);
            // Nothing is to be done any more, by no day.
            let found = office.store.find_flow(&office.scope, errata).await.unwrap().unwrap();
            assert_eq!(found.list.unwrap().facts.first_due_at, None);
        }
    })
    .await;
}

/// An errata has fewer meanings than its source, and keeps its term.
#[tokio::test]
async fn the_office_s_next_file_is_read_as_before() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let source = office.over(ledger).await;
        ledger.raw("update recipient set invalid_after_due = 1").await;
        let known = async || {
            ledger
                .raw("select cast(count(*) as text) || coalesce(max(meanings), '') from column_mapping")
                .await
        };
        let before = known().await;
        let mistake = wanted(ErrataKind::SentByMistake, false, false, 0);
        let (errata, _) = office.errata(source, mistake).await.unwrap();
        assert_eq!(known().await, before);
        assert!(office.store.find_flow(&office.scope, errata).await.unwrap().unwrap().invalid_after_due_date);
    })
    .await;
}

/// Whom a colleague sends to while the list is written would be missing from it.
#[tokio::test]
async fn what_changed_meanwhile_makes_no_errata() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let plain = wanted(ErrataKind::Correction, false, false, 0);
        for (change, back) in [
            (
                "unreachable = unreachable - 1, accepted = accepted + 1",
                "unreachable = unreachable + 1, accepted = accepted - 1",
            ),
            (
                "uncertain = uncertain - 1, failed = failed + 1",
                "uncertain = uncertain + 1, failed = failed - 1",
            ),
        ] {
            let source = office.over(ledger).await;
            ledger.raw(&format!("update flow set {change} where id = {source}")).await;
            assert!(matches!(office.errata(source, plain).await, Err(NoErrata::NotOver)), "{change}");
            ledger.raw(&format!("update flow set {back} where id = {source}")).await;
            office.errata(source, plain).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_made_that_nobody_wants() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let not_over = office.made(ledger).await;
        let plain = wanted(ErrataKind::Correction, false, false, 0);
        assert!(matches!(office.errata(not_over, plain).await, Err(NoErrata::NotOver)));
        assert!(matches!(office.errata(FlowId(999), plain).await, Err(NoErrata::NoFlow)));
        let source = office.over(ledger).await;
        office.errata(source, plain).await.unwrap();
        assert!(matches!(office.errata(source, plain).await, Err(NoErrata::Another)), "a second click");
        // Nobody was reached: nothing of the draft is left.
        ledger.raw("update notification set state = 5, io_message_id = null").await;
        let again = wanted(ErrataKind::Correction, false, false, 1);
        assert!(matches!(office.errata(source, again).await, Err(NoErrata::Nobody)));
        assert_eq!(ledger.raw("select cast(count(*) as text) from errata").await, ["1"]);
        assert_eq!(ledger.raw("select cast(count(*) as text) from flow_import").await, ["0"]);
    })
    .await;
}

/// The office repeats the very text: whoever it puts right is no reason for a warning, whoever else is.
#[tokio::test]
async fn its_own_source_is_nothing_sent_before() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let source = office.over(ledger).await;
        let known = office.store.find_flow(&office.scope, source).await.unwrap().unwrap();
        let (errata, _) =
            office.errata(source, wanted(ErrataKind::Correction, false, false, 0)).await.unwrap();
        office.write(errata, "pagamento", &known.subject, &known.markdown).await;
        let since = NOW.plus_ms(-1_000);
        assert_eq!(office.store.lists_of_same_texts(&office.scope, errata, since).await.unwrap(), []);
        let plain = office.made(ledger).await;
        let found = office.store.lists_of_same_texts(&office.scope, plain, since).await.unwrap();
        assert_eq!(found, [known.summary.list.unwrap()]);
    })
    .await;
}
