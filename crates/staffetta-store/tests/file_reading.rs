//! How the office's file of a draft is read, and who is left out of its list, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{
    DraftFileId, FlowId, Meaning, NotificationId, Payee, PaymentTerms, Phrase, UnixMillis,
};
use staffetta_store::Scope;
use staffetta_store::draft_files::{CellFix, ExcludedBy, FileShape, Samples};
use staffetta_store::lists::{FlowSeen, ListFacts};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, columns, fill, flow, house, new_row, outcome};

fn shape(sheet: &str) -> FileShape {
    FileShape {
        kind: Some(Phrase::new("sheet-kind-xlsx").with("sheet", sheet)),
        sheets: vec!["Elenco".to_owned(), "Altro".to_owned()],
        sheet: Some(sheet.to_owned()),
        columns: columns(),
        meanings: None,
        samples: Samples(vec![vec!["RSSMRA85T10A562S".to_owned()]]),
    }
}

async fn keep(ledger: &TestLedger, scope: &Scope, flow: FlowId) -> DraftFileId {
    let file = ledger.begin_file(scope, flow, "elenco.xlsx", &columns(), NOW).await.unwrap().unwrap();
    ledger.describe_file(file, &shape("Elenco")).await.unwrap();
    assert!(ledger.add_file_part(scope, file, b"righe").await.unwrap());
    assert!(ledger.finish_file(scope, file).await.unwrap());
    file
}

/// Whether a list that was read for a draft as it is now would be taken.
async fn taken(ledger: &TestLedger, house: &House, flow: FlowId, seen: FlowSeen) -> bool {
    let list = ledger.begin_list(&house.whole, flow, "a.csv", &columns(), NOW).await.unwrap().unwrap();
    assert!(ledger.add_rows(list, &[new_row(1, 1)]).await.unwrap());
    ledger.finish_list(&house.whole, list, ListFacts::default(), b"", seen).await.unwrap()
}

async fn seen(ledger: &TestLedger, house: &House, flow: FlowId) -> FlowSeen {
    let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
    FlowSeen { list: found.summary.list, version: found.version, file: found.file, revision: found.revision }
}

fn fix(line: i64, value: &str) -> CellFix {
    CellFix { line, position: 0, value: value.to_owned(), inherited: false }
}

#[tokio::test]
async fn what_a_person_chooses_stays_with_the_file_and_is_remembered_for_the_next() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "TARI").await;
        let file = keep(ledger, &house.operator, flow).await;
        let kept = ledger.draft_file(&house.operator, flow).await.unwrap().unwrap();
        assert_eq!((kept.sheet.as_deref(), kept.sheets.len(), kept.revision), (Some("Elenco"), 2, 1));
        assert_eq!((kept.kind, kept.samples, kept.meanings), (shape("Elenco").kind, shape("").samples, None));

        let meanings = Some(vec![Some(Meaning::FiscalCode), None, Some(Meaning::AmountInCents)]);
        let choice = (&b"colonne"[..], &meanings, true);
        for scope in [&house.looker, &house.stranger] {
            assert!(!ledger.choose_meanings(scope, file, choice, NOW).await.unwrap());
            assert!(!ledger.choose_sheet(scope, file, &shape("Altro")).await.unwrap());
            assert!(!ledger.fix_cell(scope, file, &fix(2, "X"), "2, CF", NOW).await.unwrap());
            assert_eq!(ledger.fixed_cells(scope, file).await.unwrap(), []);
            assert!(!ledger.remove_exclusion(scope, flow).await.unwrap());
        }
        assert!(taken(ledger, &house, flow, seen(ledger, &house, flow).await).await);

        // Each change makes void what was read, and what is being read.
        let before = seen(ledger, &house, flow).await;
        assert!(ledger.choose_meanings(&house.operator, file, choice, NOW).await.unwrap());
        let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!((found.checked_version, found.revision), (None, Some(2)));
        assert!(!taken(ledger, &house, flow, before).await);
        let kept = ledger.draft_file(&house.operator, flow).await.unwrap().unwrap();
        assert_eq!((kept.meanings.clone(), kept.invalid_after_due_date), (meanings.clone(), true));
        let remembered =
            async |scope, service| ledger.remembered_meanings(scope, service, b"colonne").await.unwrap();
        assert_eq!(remembered(&house.operator, house.tributi).await, meanings);
        assert_eq!(remembered(&house.whole, house.anagrafe).await, None);
        assert_eq!(remembered(&house.looker, house.tributi).await, None);
        assert_eq!(remembered(&house.stranger, house.tributi).await, None);

        let before = seen(ledger, &house, flow).await;
        assert!(ledger.fix_cell(&house.operator, file, &fix(7, "uno"), "7, CF", NOW).await.unwrap());
        assert!(ledger.fix_cell(&house.operator, file, &fix(3, "due"), "3, CF", NOW).await.unwrap());
        assert!(ledger.fix_cell(&house.operator, file, &fix(7, "tre"), "7, CF", NOW).await.unwrap());
        assert!(!taken(ledger, &house, flow, before).await);
        let cells = ledger.fixed_cells(&house.operator, file).await.unwrap();
        assert_eq!(cells, [fix(3, "due"), fix(7, "tre")]);
        let events = ledger.events_of_flow(&house.whole, flow, 10).await.unwrap();
        let told = events.iter().filter(|event| event.kind == "list-cell-fixed").count();
        assert_eq!(told, 3);

        // In another sheet the same lines are others.
        assert!(ledger.choose_sheet(&house.operator, file, &shape("Altro")).await.unwrap());
        assert_eq!(ledger.fixed_cells(&house.operator, file).await.unwrap(), []);
        let kept = ledger.draft_file(&house.operator, flow).await.unwrap().unwrap();
        assert_eq!((kept.sheet.as_deref(), kept.meanings), (Some("Altro"), None));

        // Another file begins anew, and nothing of the old one is left.
        assert!(ledger.fix_cell(&house.operator, file, &fix(2, "X"), "2, CF", NOW).await.unwrap());
        keep(ledger, &house.operator, flow).await;
        assert_eq!(ledger.raw("select cast(count(*) as text) from draft_cell").await.concat(), "0");
        assert!(!ledger.fix_cell(&house.operator, file, &fix(2, "X"), "2, CF", NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn who_is_left_out_is_kept_beside_the_list_and_goes_with_it() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "TARI").await;
        let list_file = keep(ledger, &house.operator, flow).await;
        let exclude = async |bytes: &[u8]| {
            let begun = ledger.begin_file(&house.operator, flow, "pagati.csv", &[], NOW).await.unwrap();
            let file = begun.unwrap();
            ledger.name_exclusion(file, ExcludedBy::NoticeNumber, (2, 1)).await.unwrap();
            assert!(ledger.add_file_part(&house.operator, file, bytes).await.unwrap());
            (
                file,
                ledger
                    .finish_exclusion(&house.operator, flow, (file, ExcludedBy::NoticeNumber))
                    .await
                    .unwrap(),
            )
        };
        let before = seen(ledger, &house, flow).await;
        let (first, won) = exclude(b"primo").await;
        assert!(won && !taken(ledger, &house, flow, before).await);
        let kept = ledger.exclusion(&house.operator, flow).await.unwrap().unwrap();
        assert_eq!((kept.id, kept.by, kept.parts), (first, ExcludedBy::NoticeNumber, 1));
        assert_eq!((kept.named_rows, kept.unread_rows, kept.file_name.as_str()), (2, 1, "pagati.csv"));
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(ledger.exclusion(scope, flow).await.unwrap(), None);
        }
        // The list's own file is the one it was; another excluding one takes the place of the first.
        assert_eq!(ledger.draft_file(&house.operator, flow).await.unwrap().unwrap().id, list_file);
        let (second, _) = exclude(b"secondo").await;
        assert_eq!(ledger.file_part(&house.operator, first, 1).await.unwrap(), None);
        assert_eq!(ledger.file_part(&house.operator, second, 1).await.unwrap().unwrap(), b"secondo");
        // Another list keeps it.
        keep(ledger, &house.operator, flow).await;
        assert_eq!(ledger.exclusion(&house.operator, flow).await.unwrap().unwrap().id, second);
        let before = seen(ledger, &house, flow).await;
        assert!(ledger.remove_exclusion(&house.operator, flow).await.unwrap());
        assert!(!taken(ledger, &house, flow, before).await);
        assert_eq!(ledger.exclusion(&house.operator, flow).await.unwrap(), None);

        exclude(b"terzo").await;
        assert!(taken(ledger, &house, flow, seen(ledger, &house, flow).await).await);
        let list = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
        assert!(ledger.activate_flow(&house.whole, flow, list, NOW).await.unwrap());
        assert_eq!(ledger.raw("select cast(count(*) as text) from draft_file").await.concat(), "0");
    })
    .await;
}

#[tokio::test]
async fn a_list_keeps_what_was_found_and_its_rows_their_terms() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "TARI").await;
        let meanings = Some(vec![Some(Meaning::FiscalCode), None, None]);
        let columns = columns();
        let begun =
            ledger.begin_list_meaning(&house.whole, flow, "a.csv", (&columns, &meanings), NOW).await.unwrap();
        let list = begun.unwrap();
        let terms = PaymentTerms { invalid_after_due_date: true, payee: Payee::read("80012345676").unwrap() };
        let mut rows = [new_row(1, 1), new_row(2, 2)];
        rows[0].terms = terms;
        assert!(ledger.add_rows(list, &rows).await.unwrap());
        let problems = vec![("problem-fiscal-code-empty".to_owned(), 7)];
        ledger.note_problems(list, &problems).await.unwrap();
        let facts = ListFacts {
            excluded_rows: 3,
            corrected_cells: 2,
            first_due_at: Some(5),
            last_due_at: Some(9),
            ..ListFacts::default()
        };
        assert!(ledger.finish_list(&house.whole, list, facts, b"", FlowSeen::NEW).await.unwrap());
        let id = |row| NotificationId::new(list, row);
        ledger.raw(&format!("update notification set state = 3 where id in ({}, {})", id(1), id(2))).await;
        // A row found twice counts once.
        let same = [(id(1), id(2)), (id(2), id(1)), (id(1), id(1))];
        ledger.add_already_sent(&same).await.unwrap();
        assert_eq!(ledger.count_already_sent(list, 30).await.unwrap(), 2);
        let rows = async |scope, after| {
            let rows = ledger.already_rows(scope, flow, after, 9).await.unwrap();
            rows.into_iter().map(|row| (row.id, row.earlier)).collect::<Vec<_>>()
        };
        assert_eq!(rows(&house.looker, None).await, same[..2]);
        assert_eq!(rows(&house.looker, Some(id(1))).await, same[1..2]);
        assert_eq!(rows(&house.stranger, None).await, []);
        // Of what was sent for another service only who looks at that is told.
        ledger
            .raw(&format!("update notification set service_id = {} where id = {}", house.anagrafe, id(2)))
            .await;
        for (scope, told) in [(&house.looker, None), (&house.whole, Some(flow))] {
            let rows = ledger.already_rows(scope, flow, None, 1).await.unwrap();
            assert_eq!((rows[0].earlier, rows[0].earlier_flow, rows[0].uncertain), (id(2), told, false));
        }
        // What became of it since is looked at anew: not known, and then certainly not arrived. Of another service's that
        // is not told.
        for (state, uncertain) in [(7, Some(true)), (4, None)] {
            ledger.raw(&format!("update notification set state = {state} where id = {}", id(2))).await;
            let rows = ledger.already_rows(&house.whole, flow, None, 1).await.unwrap();
            assert_eq!(rows.iter().find(|row| row.id == id(1)).map(|row| row.uncertain), uncertain);
            let seen = ledger.already_rows(&house.looker, flow, None, 1).await.unwrap();
            assert!(seen.iter().all(|row| !row.tells_uncertain()));
        }
        // What certainly arrived takes the place of what may have, and not the other way round.
        ledger.raw(&format!("update notification set state = 7 where id = {}", id(2))).await;
        for certain in [id(1), id(2)] {
            ledger.add_already_sent(&[(id(1), certain)]).await.unwrap();
            let found = ledger.already_rows(&house.whole, flow, None, 1).await.unwrap();
            assert_eq!((found[0].earlier, found[0].uncertain), (id(1), false));
        }
        let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().list.unwrap();
        assert_eq!((found.meanings, found.problems, found.facts), (meanings.clone(), problems, facts));
        assert_eq!(found.already, Some((2, 30)));
        let page = ledger.flow_rows(&house.whole, flow, None, 10).await.unwrap();
        assert_eq!(
            page.rows.iter().map(|row| row.terms).collect::<Vec<_>>(),
            [terms, PaymentTerms::default()]
        );
        let detail = ledger.find_notification(&house.whole, page.rows[0].id).await.unwrap().unwrap();
        assert_eq!((detail.meanings, detail.row.terms), (meanings, terms));
    })
    .await;
}

#[tokio::test]
async fn who_got_something_of_a_flow_with_the_same_texts_is_found() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let earlier = flow(ledger, &house, house.tributi, "TARI").await;
        let sent = fill(ledger, &house, earlier, 1, 5).await;
        let again = flow(ledger, &house, house.tributi, "TARI, di nuovo").await;
        let list = fill(ledger, &house, again, 4, 5).await;
        let since = UnixMillis(NOW.0 - 1_000);
        let lists = async |scope| ledger.lists_of_same_texts(scope, again, since).await.unwrap();
        assert_eq!(lists(&house.operator).await, []);
        let id = earlier.0;
        let called = format!("update flow set first_call_at = {} where id = {id}", NOW.0);
        ledger.raw(&called).await;
        assert_eq!(lists(&house.operator).await, [sent]);
        assert_eq!(lists(&house.stranger).await, []);

        for row in [4, 5] {
            let id = NotificationId::new(sent, row);
            outcome(ledger, id, 2, NOW.0).await;
            let hash = if ledger.kind() == "sqlite" { "x'00112233'" } else { "'\\x00112233'" };
            ledger.raw(&format!("update notification set content_hash = {hash} where id = {}", id.0)).await;
        }
        let found = ledger.same_persons(list, None, (sent, since), 10).await.unwrap();
        let rows: Vec<(i64, i64)> = found.iter().map(|row| (row.id.row(), row.earlier.row())).collect();
        assert_eq!(rows, [(1, 4), (2, 5)]);
        assert_eq!(found[0].content_hash, [0, 0x11, 0x22, 0x33]);
        let after = ledger.same_persons(list, Some(found[0].id), (sent, since), 10).await.unwrap();
        assert_eq!(after, found[1..]);
        let later = UnixMillis(NOW.0 + 1);
        assert_eq!(ledger.same_persons(list, None, (sent, later), 10).await.unwrap(), []);
    })
    .await;
}
