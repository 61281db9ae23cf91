//! Lists: read in pieces, finished, replaced, given up, swept, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{Columns, ListId, Phrase, UnixMillis};
use staffetta_store::StoreError;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, WrongRow};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{NOW, columns, fill, flow, house, new_row};

const DAY_MS: i64 = 24 * 3_600_000;

async fn count(ledger: &TestLedger, table: &str) -> i64 {
    ledger.raw(&format!("select cast(count(*) as text) from {table}")).await[0].parse().unwrap()
}

async fn rows_everywhere(ledger: &TestLedger) -> [i64; 4] {
    [
        count(ledger, "recipient").await,
        count(ledger, "notification").await,
        count(ledger, "recipient_key").await,
        count(ledger, "list").await,
    ]
}

#[tokio::test]
async fn rows_come_back_as_they_went_in() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        let list = fill(ledger, &house, flow, 1, 2_500).await;
        let page = ledger.flow_rows(&house.whole, flow, None, 10_000).await.unwrap();
        assert_eq!(page.rows.len(), 2_500);
        for (number, row) in (1..).zip(&page.rows) {
            let sent = new_row(number, number);
            assert_eq!((row.id.list(), row.id.row()), (list, number));
            assert_eq!((row.fiscal_code, row.cells.as_ref()), (sent.fiscal_code, Some(&sent.cells)));
            assert_eq!((row.due_date, row.amount), (sent.due_date, sent.amount));
            assert_eq!(row.notice_number, sent.notice_number);
        }
        assert_eq!(page.flows[&flow].columns, Columns::from_ledger(columns()));
        let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!((found.summary.recipients, found.summary.tally.total()), (2_500, 2_500));
        assert_eq!(rows_everywhere(ledger).await, [2_500, 2_500, 5_000, 1]);
        let rest = ledger.flow_rows(&house.whole, flow, Some(page.rows[1_999].id), 10_000).await.unwrap();
        assert_eq!(rest.rows, page.rows[2_000..]);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_begun_and_finished_only_by_who_may_and_while_the_flow_waits_for_it() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        for scope in [&house.stranger, &house.looker] {
            assert_eq!(ledger.begin_list(scope, flow, "a.csv", &columns(), NOW).await.unwrap(), None);
        }
        let finish = async |list, replaces| {
            let facts = ListFacts { wrong_rows: 2, total_cents: Some(9), ..ListFacts::default() };
            let seen = FlowSeen { list: replaces, ..FlowSeen::NEW };
            ledger.finish_list(&house.operator, list, facts, b"hash", seen).await.unwrap()
        };
        let begin = async || {
            let list =
                ledger.begin_list(&house.operator, flow, "a.csv", &columns(), NOW).await.unwrap().unwrap();
            assert!(ledger.add_rows(list, &[new_row(3, 1), new_row(9, 2)]).await.unwrap());
            list
        };
        let (first, second, third) = (begin().await, begin().await, begin().await);
        assert!(
            !ledger
                .finish_list(&house.looker, first, ListFacts::default(), b"", FlowSeen::NEW)
                .await
                .unwrap()
        );
        assert!(finish(first, None).await);
        assert!(!ledger.add_rows(first, &[new_row(10, 3)]).await.unwrap());
        // Two read at once: the second to finish did not know the first's list.
        assert!(!finish(second, None).await);
        assert!(!finish(second, Some(first)).await);
        let found = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap();
        assert_eq!((found.summary.list, found.sameness.as_deref()), (Some(first), Some(b"hash".as_slice())));
        assert_eq!(found.list.unwrap().facts.wrong_rows, 2);
        assert!(finish(third, Some(first)).await);
        assert_eq!(rows_everywhere(ledger).await, [2, 2, 4, 1]);
        assert!(ledger.activate_flow(&house.whole, flow, third, NOW).await.unwrap());
        assert_eq!(ledger.begin_list(&house.whole, flow, "a.csv", &columns(), NOW).await.unwrap(), None);
        assert!(
            !ledger
                .finish_list(&house.stranger, third, ListFacts::default(), b"", FlowSeen::NEW)
                .await
                .unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn rows_must_grow_and_fit() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        let list = ledger.begin_list(&house.whole, flow, "a.csv", &columns(), NOW).await.unwrap().unwrap();
        for rows in [[new_row(0, 1), new_row(1, 2)], [new_row(1, 1), new_row(16_777_216, 2)]] {
            assert!(matches!(ledger.add_rows(list, &rows).await, Err(StoreError::ListTooLong)));
        }
        assert!(ledger.add_rows(list, &[new_row(5, 1), new_row(2, 2)]).await.is_err());
        assert!(ledger.add_rows(list, &[]).await.unwrap());
        assert!(ledger.add_rows(list, &[new_row(1, 1), new_row(16_777_215, 2)]).await.unwrap());
        assert_eq!(rows_everywhere(ledger).await, [2, 2, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_finishes_is_swept_away() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        let kept = fill(ledger, &house, flow, 1, 10).await;
        let lost = ledger.begin_list(&house.whole, flow, "b.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_rows(lost, &[new_row(1, 1)]).await.unwrap());
        let given_up =
            ledger.begin_list(&house.whole, flow, "c.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_rows(given_up, &[new_row(1, 1)]).await.unwrap());
        assert!(!ledger.abandon_list(&house.stranger, given_up).await.unwrap());
        assert!(ledger.abandon_list(&house.operator, given_up).await.unwrap());
        assert!(!ledger.abandon_list(&house.operator, kept).await.unwrap());
        assert_eq!(rows_everywhere(ledger).await, [11, 11, 20, 2]);

        assert_eq!(ledger.sweep_lists(UnixMillis(NOW.0 + DAY_MS)).await.unwrap(), 0);
        assert_eq!(ledger.sweep_lists(UnixMillis(NOW.0 + DAY_MS + 1)).await.unwrap(), 1);
        assert!(!ledger.add_rows(lost, &[new_row(2, 2)]).await.unwrap());
        // A crash in the middle of a removal: the list is marked, some of its rows are there.
        ledger
            .raw(&format!("update list set complete = 0, discarded = 1, flow_id = null where id = {kept}"))
            .await;
        assert_eq!(ledger.sweep_lists(NOW).await.unwrap(), 1);
        assert_eq!(rows_everywhere(ledger).await, [0, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_long_list_has_segments_of_its_own_and_goes_with_them() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        fill(ledger, &house, flow, 1, 20_500).await;
        assert_eq!(count(ledger, "recipient_segment").await, 1);
        assert_eq!(count(ledger, "recipient_key where segment <> 0").await, 41_000);
        let short = fill(ledger, &house, flow, 7, 3).await;
        assert_eq!(count(ledger, "recipient_segment").await, 0);
        assert_eq!(rows_everywhere(ledger).await, [3, 3, 6, 1]);
        assert!(short > ListId(0));
    })
    .await;
}

#[tokio::test]
async fn wrong_rows_are_told_in_order_to_those_whose_they_are() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        let list = ledger.begin_list(&house.whole, flow, "a.csv", &columns(), NOW).await.unwrap().unwrap();
        let wrong = |line, position: i16, value: &str| WrongRow {
            line,
            position,
            column_name: (position == 0).then(|| "importo".to_owned()),
            value: value.to_owned(),
            reason: Phrase::new("row-amount").with("value", "1.234"),
            remedy: Phrase::new("row-amount-remedy"),
            cells: (position == 0).then(|| ["a\0b", value, "\"è\""].into_iter().collect::<Cells>()),
            after_row: (line < 40).then_some(line - 1),
        };
        let rows = [wrong(2, 0, "1.234"), wrong(2, 1, "a\0\"b\\"), wrong(40, 0, "è")];
        ledger.add_wrong_rows(list, &rows).await.unwrap();
        ledger.add_wrong_rows(list, &[]).await.unwrap();
        let told = ledger.wrong_rows(&house.operator, list, None, 10).await.unwrap();
        assert_eq!(told[0], rows[0]);
        assert_eq!(told[1].value, "a\u{fffd}\"b\\");
        assert_eq!(ledger.wrong_rows(&house.operator, list, Some((2, 0)), 1).await.unwrap(), told[1..2]);
        assert_eq!(ledger.wrong_rows(&house.operator, list, Some((2, 1)), 9).await.unwrap(), rows[2..]);
        assert_eq!(ledger.wrong_rows(&house.stranger, list, None, 10).await.unwrap(), []);
        assert!(ledger.abandon_list(&house.whole, list).await.unwrap());
        ledger.add_wrong_rows(list, &rows).await.unwrap();
        assert_eq!(count(ledger, "wrong_row").await, 0);
    })
    .await;
}
