//! Drafts: their versions and the office's file that is kept with them, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{DraftFileId, FlowId, ListId, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::draft_files::PART_BYTES;
use staffetta_store::flows::{DraftSaved, FlowText, NewFlow};
use staffetta_store::ledger::{ActiveSeen, Switched};
use staffetta_store::lists::{FlowSeen, ListFacts};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, columns, fill, flow, house, new_flow, new_row};

const DAY_MS: i64 = 24 * 3_600_000;

fn text(house: &House, subject: &str) -> FlowText {
    let NewFlow { service, nature, description, reference, markdown, .. } =
        new_flow(house, house.tributi, "Avvisi");
    FlowText { service, nature, description, reference, subject: subject.to_owned(), markdown }
}

async fn save(
    ledger: &TestLedger,
    scope: &Scope,
    flow: FlowId,
    text: &FlowText,
    seen: Option<i64>,
) -> DraftSaved {
    ledger.update_draft(scope, flow, text, seen).await.unwrap()
}

async fn count(ledger: &TestLedger, table: &str) -> i64 {
    ledger.raw(&format!("select cast(count(*) as text) from {table}")).await[0].parse().unwrap()
}

/// A whole file of two parts.
async fn keep(ledger: &TestLedger, scope: &Scope, flow: FlowId) -> DraftFileId {
    let file = ledger.begin_file(scope, flow, "elenco.csv", &columns(), NOW).await.unwrap().unwrap();
    for part in [b"codice_fiscale\n".as_slice(), b"RSSMRA85T10A562S\n"] {
        assert!(ledger.add_file_part(scope, file, part).await.unwrap());
    }
    assert!(ledger.finish_file(scope, file).await.unwrap());
    file
}

/// A list of one row that was read and waits to become the flow's.
async fn read(ledger: &TestLedger, house: &House, flow: FlowId) -> ListId {
    let list = ledger.begin_list(&house.whole, flow, "elenco.csv", &columns(), NOW).await.unwrap().unwrap();
    assert!(ledger.add_rows(list, &[new_row(1, 1)]).await.unwrap());
    list
}

async fn seen(ledger: &TestLedger, house: &House, flow: FlowId) -> FlowSeen {
    let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
    FlowSeen { list: found.summary.list, version: found.version, file: found.file, revision: found.revision }
}

async fn finish(ledger: &TestLedger, house: &House, list: ListId, seen: FlowSeen) -> bool {
    ledger.finish_list(&house.whole, list, ListFacts::default(), b"same", seen).await.unwrap()
}

#[tokio::test]
async fn only_a_change_of_the_message_raises_the_version() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let mut empty = new_flow(&house, house.tributi, "Avvisi");
        (empty.subject, empty.markdown) = (String::new(), String::new());
        let id = ledger.create_draft(&house.operator, &empty, NOW).await.unwrap().unwrap();
        let mut changed = FlowText { markdown: String::new(), ..text(&house, "") };
        let mut expected = 1;
        let mut step = async |changed: &FlowText, raises: bool| {
            expected += i64::from(raises);
            let saved = save(ledger, &house.whole, id, changed, Some(expected - i64::from(raises))).await;
            assert_eq!(saved, DraftSaved::Saved { version: expected }, "{changed:?}");
        };
        step(&changed, false).await;
        changed.description = "Altra descrizione".to_owned();
        changed.reference = Some("2026/1".to_owned());
        step(&changed, false).await;
        changed.subject = "Avviso".to_owned();
        step(&changed, true).await;
        changed.markdown = "Gentile".to_owned();
        step(&changed, true).await;
        changed.nature = house.payment_nature;
        step(&changed, true).await;
        changed.service = house.anagrafe;
        step(&changed, true).await;
        changed.reference = None;
        step(&changed, false).await;
        assert!(ledger.describe_flow(&house.whole, id, house.payment_nature, "Avvisi", NOW).await.unwrap());
        assert_eq!(seen(ledger, &house, id).await.version, 5);
        assert!(ledger.describe_flow(&house.whole, id, house.nature, "Avvisi", NOW).await.unwrap());
        assert_eq!(seen(ledger, &house, id).await.version, 6);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_changed_elsewhere_is_not_overwritten() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let (one, other) = (text(&house, "Da una finestra"), text(&house, "Da un'altra"));
        assert_eq!(save(ledger, &house.whole, id, &one, Some(1)).await, DraftSaved::Saved { version: 2 });
        assert_eq!(save(ledger, &house.operator, id, &other, Some(1)).await, DraftSaved::Moved);
        // The answer was lost, and the same is saved again.
        assert_eq!(save(ledger, &house.whole, id, &one, Some(1)).await, DraftSaved::Saved { version: 2 });
        assert_eq!(save(ledger, &house.looker, id, &other, Some(1)).await, DraftSaved::NotDraft);
        assert_eq!(save(ledger, &house.stranger, id, &other, None).await, DraftSaved::NotDraft);
        assert_eq!(save(ledger, &house.operator, id, &other, None).await, DraftSaved::Saved { version: 3 });
    })
    .await;
}

#[tokio::test]
async fn of_two_who_save_at_once_one_wins() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let (one, other) = (text(&house, "Da una finestra"), text(&house, "Da un'altra"));
        let saved = tokio::join!(
            save(ledger, &house.whole, id, &one, Some(1)),
            save(ledger, &house.operator, id, &other, Some(1)),
        );
        let won = DraftSaved::Saved { version: 2 };
        assert!(saved == (won, DraftSaved::Moved) || saved == (DraftSaved::Moved, won), "{saved:?}");
    })
    .await;
}

#[tokio::test]
async fn a_taken_reference_is_told_apart() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let taken = NewFlow {
            reference: Some("2026/1".to_owned()),
            ..new_flow(&house, house.anagrafe, "Altri avvisi")
        };
        ledger.create_draft(&house.whole, &taken, NOW).await.unwrap().unwrap();
        let mut wanted = FlowText { reference: taken.reference, ..text(&house, "Oggetto nuovo") };
        // Also where the other flow is of a service that the person does not see.
        assert_eq!(save(ledger, &house.operator, id, &wanted, None).await, DraftSaved::ReferenceTaken);
        assert_eq!(seen(ledger, &house, id).await.version, 1);
        wanted.reference = Some("2026/2".to_owned());
        assert_eq!(save(ledger, &house.operator, id, &wanted, None).await, DraftSaved::Saved { version: 2 });
        assert_eq!(save(ledger, &house.operator, id, &wanted, None).await, DraftSaved::Saved { version: 2 });
    })
    .await;
}

#[tokio::test]
async fn a_list_checked_for_another_message_is_neither_taken_nor_activated() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let before = seen(ledger, &house, id).await;
        let list = read(ledger, &house, id).await;
        save(ledger, &house.whole, id, &text(&house, "Oggetto nuovo"), None).await;
        assert!(!finish(ledger, &house, list, before).await, "the text was saved while the file was read");
        assert_eq!(count(ledger, "recipient").await, 0);

        let list = fill(ledger, &house, id, 1, 2).await;
        let found = ledger.find_flow(&house.whole, id).await.unwrap().unwrap();
        assert_eq!(found.checked_list().map(|list| list.id), Some(list));
        assert_eq!(found.sameness.as_deref(), Some(b"same".as_slice()));
        save(ledger, &house.whole, id, &text(&house, "Oggetto diverso"), None).await;
        let found = ledger.find_flow(&house.whole, id).await.unwrap().unwrap();
        assert_eq!((found.checked_list(), found.sameness.as_deref()), (None, None));
        assert!(!ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        let list = fill(ledger, &house, id, 1, 2).await;
        assert!(ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        // Back to preparation and unchanged, it is ready as it was.
        assert!(ledger.deactivate_flow(&house.whole, id, NOW).await.unwrap());
        assert!(ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        assert_eq!(
            ledger.start_flow(&house.whole, id, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        assert_eq!(ledger.interrupt_flow(&house.whole, id, NOW).await.unwrap(), Switched::Done);
        assert!(ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_service_changed_there_and_back_wants_the_list_read_again() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let list = fill(ledger, &house, id, 1, 2).await;
        // Two windows save at once: the rows may be half moved, and both who move them have stopped.
        for service in [house.anagrafe, house.tributi] {
            let text = FlowText { service, ..text(&house, "Avviso per {{nome}}") };
            save(ledger, &house.whole, id, &text, None).await;
        }
        assert!(!ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        let list = fill(ledger, &house, id, 1, 2).await;
        assert!(ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_file_comes_back_as_it_went_in_to_who_composes() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(ledger.begin_file(scope, id, "a.csv", &columns(), NOW).await.unwrap(), None);
        }
        let begun = ledger.begin_file(&house.operator, id, "a.csv", &columns(), NOW).await.unwrap();
        let file = begun.unwrap();
        assert!(!ledger.finish_file(&house.operator, file).await.unwrap(), "nothing is in it");
        assert_eq!(count(ledger, "draft_file").await, 0);

        let begun = ledger.begin_file(&house.operator, id, "a.csv", &columns(), NOW).await.unwrap();
        let file = begun.unwrap();
        let parts = [vec![0_u8; PART_BYTES], (0..=255).collect::<Vec<u8>>()];
        for part in &parts {
            assert!(ledger.add_file_part(&house.operator, file, part).await.unwrap());
        }
        assert!(!ledger.add_file_part(&house.looker, file, &parts[1]).await.unwrap());
        assert!(!ledger.add_file_part(&house.stranger, file, &parts[1]).await.unwrap());
        assert_eq!(ledger.draft_file(&house.operator, id).await.unwrap(), None);
        assert_eq!(ledger.file_part(&house.operator, file, 1).await.unwrap(), None);
        assert!(ledger.finish_file(&house.operator, file).await.unwrap());
        assert!(!ledger.add_file_part(&house.operator, file, &parts[1]).await.unwrap());
        let found = ledger.draft_file(&house.whole, id).await.unwrap().unwrap();
        assert_eq!((found.id, found.file_name.as_str(), found.columns), (file, "a.csv", columns()));
        assert_eq!((found.bytes, found.parts), (i64::try_from(PART_BYTES).unwrap() + 256, 2));
        assert_eq!((found.created_at, found.uploaded_by.as_str()), (NOW, "bruno"));
        for (position, part) in (1..).zip(parts) {
            assert_eq!(ledger.file_part(&house.operator, file, position).await.unwrap(), Some(part));
            assert_eq!(ledger.file_part(&house.looker, file, position).await.unwrap(), None);
            assert_eq!(ledger.file_part(&house.stranger, file, position).await.unwrap(), None);
        }
        assert_eq!(ledger.file_part(&house.operator, file, 3).await.unwrap(), None);
        assert_eq!(ledger.draft_file(&house.looker, id).await.unwrap(), None);
        assert_eq!(ledger.draft_file(&house.stranger, id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_new_file_makes_what_was_read_from_the_old_one_void() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let old = keep(ledger, &house.whole, id).await;
        let list = fill(ledger, &house, id, 1, 2).await;
        let reading = read(ledger, &house, id).await;
        let before = seen(ledger, &house, id).await;
        assert_eq!(before.file, Some(old));
        let file = keep(ledger, &house.operator, id).await;
        assert_eq!(ledger.file_part(&house.whole, old, 1).await.unwrap(), None);
        assert!(!ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        assert!(!finish(ledger, &house, reading, before).await);
        assert_eq!((count(ledger, "draft_file").await, count(ledger, "draft_file_part").await), (1, 2));
        let reading = read(ledger, &house, id).await;
        assert!(
            finish(ledger, &house, reading, FlowSeen { file: Some(file), revision: Some(1), ..before }).await
        );
        assert!(ledger.activate_flow(&house.whole, id, reading, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn of_two_files_uploaded_at_once_one_stays() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        keep(ledger, &house.whole, id).await;
        let files = tokio::join!(keep(ledger, &house.whole, id), keep(ledger, &house.operator, id));
        let kept = ledger.draft_file(&house.whole, id).await.unwrap().unwrap().id;
        assert!(kept == files.0 || kept == files.1);
        assert_eq!((count(ledger, "draft_file").await, count(ledger, "draft_file_part").await), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_file_goes_with_the_activation_and_with_the_draft() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let file = keep(ledger, &house.whole, id).await;
        let list = fill(ledger, &house, id, 1, 2).await;
        let uploading = ledger.begin_file(&house.whole, id, "b.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_file_part(&house.whole, uploading, b"cf\n").await.unwrap());
        assert!(!ledger.activate_flow(&house.looker, id, list, NOW).await.unwrap());
        assert!(ledger.draft_file(&house.whole, id).await.unwrap().is_some());
        assert!(ledger.activate_flow(&house.operator, id, list, NOW).await.unwrap());
        assert_eq!((count(ledger, "draft_file").await, count(ledger, "draft_file_part").await), (0, 0));
        // Who was uploading meanwhile is told.
        assert!(!ledger.add_file_part(&house.whole, uploading, b"x\n").await.unwrap());
        assert!(!ledger.finish_file(&house.whole, uploading).await.unwrap());
        assert_eq!(ledger.begin_file(&house.whole, id, "c.csv", &columns(), NOW).await.unwrap(), None);
        assert!(ledger.deactivate_flow(&house.operator, id, NOW).await.unwrap());
        assert_eq!(ledger.draft_file(&house.whole, id).await.unwrap(), None);
        assert_eq!(ledger.file_part(&house.whole, file, 1).await.unwrap(), None);

        keep(ledger, &house.whole, id).await;
        ledger.begin_file(&house.whole, id, "b.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(!ledger.delete_flow(&house.looker, id, NOW).await.unwrap());
        assert_eq!(count(ledger, "draft_file").await, 2);
        assert!(ledger.delete_flow(&house.operator, id, NOW).await.unwrap());
        for table in ["flow", "list", "draft_file", "draft_file_part"] {
            assert_eq!(count(ledger, table).await, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_stopped_upload_left_is_swept_away() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let kept = keep(ledger, &house.whole, id).await;
        let begin = async || {
            let file = ledger.begin_file(&house.whole, id, "b.csv", &columns(), NOW).await.unwrap().unwrap();
            assert!(ledger.add_file_part(&house.whole, file, b"cf\n").await.unwrap());
            file
        };
        let (lost, given_up) = (begin().await, begin().await);
        assert!(!ledger.abandon_file(&house.stranger, given_up).await.unwrap());
        assert!(!ledger.abandon_file(&house.looker, given_up).await.unwrap());
        assert!(ledger.abandon_file(&house.operator, given_up).await.unwrap());
        assert!(!ledger.abandon_file(&house.operator, kept).await.unwrap());
        assert_eq!(ledger.sweep_files(UnixMillis(NOW.0 + DAY_MS)).await.unwrap(), 0);
        assert_eq!(ledger.sweep_files(UnixMillis(NOW.0 + DAY_MS + 1)).await.unwrap(), 1);
        assert!(!ledger.add_file_part(&house.whole, lost, b"x\n").await.unwrap());
        // A crash in the middle of a removal: the file is nobody's, some of its parts are there.
        ledger.raw(&format!("update draft_file set complete = 0, flow_id = null where id = {kept}")).await;
        ledger.raw(&format!("delete from draft_file_part where file_id = {kept} and position = 2")).await;
        assert_eq!(ledger.sweep_files(NOW).await.unwrap(), 1);
        assert_eq!((count(ledger, "draft_file").await, count(ledger, "draft_file_part").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_long_file_is_removed_in_pieces() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let begun = ledger.begin_file(&house.whole, id, "lungo.csv", &columns(), NOW).await.unwrap();
        let file = begun.unwrap();
        for _ in 0..130 {
            assert!(ledger.add_file_part(&house.whole, file, b"cf\n").await.unwrap());
        }
        assert!(ledger.finish_file(&house.whole, file).await.unwrap());
        keep(ledger, &house.whole, id).await;
        assert_eq!((count(ledger, "draft_file").await, count(ledger, "draft_file_part").await), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn what_other_flows_still_send_is_known_of_the_whole_ente() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let organization = house.whole.organization;
        let (one, _) = support::active(ledger, &house, house.tributi, 1, 3).await;
        let (other, _) = support::active(ledger, &house, house.anagrafe, 4, 5).await;
        let asking = flow(ledger, &house, house.tributi, "Avvisi").await;
        let waiting_beside = async |organization, flow| -> i64 {
            let elsewhere = ledger.sending_elsewhere(organization, flow).await.unwrap();
            elsewhere.iter().map(|flow| flow.waiting).sum()
        };
        let waiting = async || waiting_beside(organization, asking).await;
        assert_eq!(waiting().await, 0);
        for id in [one, other] {
            assert_eq!(
                ledger.start_flow(&house.whole, id, ActiveSeen::at(NOW), NOW).await.unwrap(),
                Switched::Done
            );
        }
        assert_eq!(waiting().await, 8);
        assert_eq!(waiting_beside(organization, one).await, 5);
        assert_eq!(waiting_beside(house.stranger.organization, asking).await, 0);
        assert_eq!(ledger.pause_flow(&house.whole, other, NOW).await.unwrap(), Switched::Done);
        assert_eq!(waiting().await, 3);
    })
    .await;
}
