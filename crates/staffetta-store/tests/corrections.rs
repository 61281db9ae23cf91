//! *Correggi e reinvia*: who may, when, and what stays known of the row as it was.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{FlowState, NotificationState as State};
use staffetta_store::corrections::Correction;
use staffetta_store::ledger::{ActiveSeen, Switched};
use staffetta_store::lists::Cells;
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::{TestLedger, for_each_ledger, person};
use support::sending::Sending;
use support::{House, NOW, active, house, notice};

/// Who stands in the first row.
const FIRST: i64 = 10;

async fn begin(ledger: &TestLedger) -> (House, Sending<'_>) {
    let house = house(ledger).await;
    let (flow, list) = active(ledger, &house, house.tributi, FIRST, 3).await;
    assert_eq!(
        ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
        Switched::Done
    );
    let epoch = ledger.taken(house.whole.organization, NOW).await.epoch;
    let scope = house.whole.clone();
    (house, Sending { ledger, scope, flow, list, epoch })
}

fn corrected(who: i64) -> Correction {
    let row = support::new_row(1, who);
    Correction {
        fiscal_code: row.fiscal_code,
        due_date: row.due_date,
        amount: row.amount,
        notice_number: row.notice_number,
        terms: staffetta_domain::PaymentTerms::default(),
        cells: [person(who).as_str(), "Nome nuovo", ""].into_iter().collect::<Cells>(),
        changed: "codice_fiscale, nome".to_owned(),
        all_the_same: false,
    }
}

#[tokio::test]
async fn a_row_that_went_wrong_is_put_right_and_waits_again() {
    for_each_ledger(async |ledger| {
        let (house, sending) = begin(ledger).await;
        let scope = &sending.scope;
        sending.commit(5, &[1, 2, 3], Vec::new()).await;
        let failed = sending.answer(1, 5, State::Failed);
        sending.commit(6, &[], vec![failed, sending.accepted(2, 5), sending.accepted(3, 5)]).await;
        assert_eq!(sending.told().await.0, FlowState::Incomplete);
        let id = sending.id(1);

        let correct = async |scope, attempt| {
            ledger.correct_and_resend(scope, (id, attempt), &corrected(90), NOW).await.unwrap()
        };
        assert!(!correct(&house.looker, 1).await);
        assert!(!correct(&house.stranger, 1).await);
        assert!(!correct(scope, 2).await, "another attempt was looked at");
        assert!(!ledger.correct_and_resend(scope, (sending.id(2), 1), &corrected(90), NOW).await.unwrap());
        assert!(correct(scope, 1).await);
        assert!(!correct(scope, 1).await, "of two who correct one wins");

        let (state, tally) = sending.told().await;
        assert_eq!((state, tally), (FlowState::Sending, vec![(State::Queued, 1), (State::Accepted, 2)]));
        let found = ledger.find_notification(scope, id).await.unwrap().unwrap();
        assert_eq!((found.row.fiscal_code, found.attempt), (person(90), 2));
        assert_eq!(found.row.cells.unwrap().to_vec().unwrap()[1], "Nome nuovo");
        // It is found by the new data, and by the old no more.
        for (code, rows) in [(person(90), 1), (person(FIRST), 0)] {
            let search = NotificationSearch { fiscal_code: Some(code), ..NotificationSearch::default() };
            assert_eq!(ledger.search_notifications(scope, &search, None, 9).await.unwrap().rows.len(), rows);
        }
        let before = "select fiscal_code || ' ' || attempt || ' ' || state || ' ' || notice_number from earlier_attempt";
        assert_eq!(ledger.raw(before).await, [format!("{} 1 6 {}", person(FIRST).as_str(), notice(FIRST))]);
        let earlier = ledger.earlier_attempts(scope, id).await.unwrap();
        assert_eq!((earlier.len(), earlier[0].state, earlier[0].fiscal_code), (1, State::Failed, person(FIRST)));
        assert!(ledger.earlier_attempts(&house.stranger, id).await.unwrap().is_empty());
        assert_eq!(ledger.other_rows_of(&house.stranger, id, &person(FIRST + 1)).await.unwrap(), 0);
        let event = &ledger.events_of_notification(scope, id, 1).await.unwrap()[0];
        assert_eq!((event.kind.as_str(), event.detail.as_deref()), ("row-corrected", Some("codice_fiscale, nome")));
    })
    .await;
}

#[tokio::test]
async fn a_row_is_sent_again_as_it_was_and_another_of_the_same_person_is_told() {
    for_each_ledger(async |ledger| {
        let (_, sending) = begin(ledger).await;
        let scope = &sending.scope;
        sending.commit(5, &[1, 2, 3], Vec::new()).await;
        let failed = sending.answer(1, 5, State::Failed);
        sending.commit(6, &[], vec![failed, sending.accepted(2, 5), sending.accepted(3, 5)]).await;
        let second = person(FIRST + 1);
        assert_eq!(ledger.other_rows_of(scope, sending.id(1), &second).await.unwrap(), 1);
        assert_eq!(ledger.other_rows_of(scope, sending.id(1), &person(77)).await.unwrap(), 0);
        let same = Correction { changed: String::new(), ..corrected(55) };
        assert!(ledger.correct_and_resend(scope, (sending.id(1), 1), &same, NOW).await.unwrap());
        let found = ledger.find_notification(scope, sending.id(1)).await.unwrap().unwrap();
        assert_eq!(found.row.fiscal_code, person(FIRST), "nothing was changed");
        assert_eq!(
            ledger.events_of_notification(scope, sending.id(1), 1).await.unwrap()[0].kind,
            "row-resent"
        );
    })
    .await;
}
