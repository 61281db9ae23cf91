//! What became of a flow's rows: who sees it, in which order, and who counts as not reached.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{NotificationId, NotificationState as State};
use staffetta_store::notifications::ResultPart;
use staffetta_store::testing::for_each_ledger;
use support::{NOW, active, house, new_row, outcome};

#[tokio::test]
async fn results_come_in_the_order_of_the_file_to_those_whose_they_are() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 1, 9).await;
        let states = (1..).zip(State::ALL);
        for (row, state) in states.clone() {
            outcome(ledger, NotificationId::new(list, row), state as i16, NOW.0 + row).await;
        }
        let rows = async |scope, part, after, limit| {
            let rows = ledger.flow_results(scope, (flow, part), after, limit).await.unwrap();
            rows.into_iter().map(|row| (row.id.row(), row.state)).collect::<Vec<_>>()
        };
        let all: Vec<(i64, State)> = states.collect();
        assert_eq!(rows(&house.looker, ResultPart::All, None, 99).await, all);
        let after = Some(NotificationId::new(list, 3));
        assert_eq!(rows(&house.whole, ResultPart::All, after, 2).await, all[3..5]);
        let unreached =
            [(5, State::Rejected), (6, State::Unreachable), (7, State::Failed), (9, State::Cancelled)];
        assert_eq!(rows(&house.operator, ResultPart::Unreached, None, 99).await, unreached);
        assert_eq!(rows(&house.operator, ResultPart::Unreached, after, 1).await, unreached[..1]);
        assert_eq!(rows(&house.stranger, ResultPart::All, None, 99).await, []);
        let first = &ledger.flow_results(&house.whole, (flow, ResultPart::All), after, 1).await.unwrap()[0];
        assert_eq!(first.cells, Some(new_row(4, 4).cells));
        assert_eq!((first.handled_at.unwrap().0, first.accepted_at), (NOW.0 + 4, None));
        assert_eq!(first.io_message_id.as_deref(), Some(format!("IO{}", first.id).as_str()));
    })
    .await;
}
