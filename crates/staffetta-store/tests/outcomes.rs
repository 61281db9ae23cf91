//! Outcomes of a flow by reason, on both databases.

use staffetta_domain::UnixMillis;
use staffetta_domain::{NotificationState, Reason};
use staffetta_store::flows::OutcomeCount;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::testing::{draft, for_each_ledger, person};

const NOW: UnixMillis = UnixMillis(1_760_000_000_000);

#[tokio::test]
async fn outcomes_are_counted_by_state_and_reason_and_waits_by_reason() {
    for_each_ledger(async |ledger| {
        let (scope, flow) = draft(ledger, "Comune di Prova").await;
        let columns = ["codice fiscale".to_owned()];
        let list = ledger.begin_list(&scope, flow, "prova.csv", &columns, NOW).await.unwrap().unwrap();
        let rows: Vec<NewRow> = (1..=6)
            .map(|row| NewRow {
                row,
                fiscal_code: person(row),
                cells: Cells::from_iter([person(row).as_str()]),
                due_date: None,
                amount: None,
                notice_number: None,
                terms: staffetta_domain::PaymentTerms::default(),
            })
            .collect();
        assert!(ledger.add_rows(list, &rows).await.unwrap());
        assert!(
            ledger.finish_list(&scope, list, ListFacts::default(), b"prova", FlowSeen::NEW).await.unwrap()
        );
        assert!(ledger.flow_waits(&scope, flow).await.unwrap().is_empty());
        let set = |row: i64, change: &str| {
            format!("update notification set {change} where id = ({} << 24) + {row}", list.0)
        };
        ledger.raw(&set(1, "state = 3")).await;
        ledger.raw(&set(2, "state = 5, reason = 1")).await;
        ledger.raw(&set(3, "state = 5, reason = 1")).await;
        ledger.raw(&set(4, "state = 5, reason = 2")).await;
        ledger.raw(&set(5, "retry_at = 7, reason = 50")).await;
        let count = |state, reason, count| OutcomeCount { state, reason, count };
        let waiting = count(NotificationState::Queued, Some(Reason::IoBusy), 1);
        let mut found = ledger.flow_outcomes(&scope, flow).await.unwrap();
        found.sort_by_key(|outcome| (outcome.state as i16, outcome.reason.map(|reason| reason as i16)));
        assert_eq!(
            found,
            [
                count(NotificationState::Queued, None, 1),
                waiting,
                count(NotificationState::Delivered, None, 1),
                count(NotificationState::Unreachable, Some(Reason::NotOnIo), 2),
                count(NotificationState::Unreachable, Some(Reason::ServiceOff), 1),
            ],
            "{}",
            ledger.kind()
        );
        // Rows of a draft carry no flow yet, or already: only those of this flow count.
        ledger
            .raw(&format!("update notification set flow_id = {} where id > {} << 24", flow.0, list.0))
            .await;
        assert_eq!(ledger.flow_waits(&scope, flow).await.unwrap(), [waiting], "{}", ledger.kind());
    })
    .await;
}
