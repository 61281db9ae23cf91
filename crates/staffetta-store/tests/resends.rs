//! *Reinvia i non riusciti*: those of one outcome and reason, and no others.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{FlowState, NotificationState as State, Reason};
use staffetta_store::ledger::Change;
use staffetta_store::resends::Unsuccessful;
use staffetta_store::testing::for_each_ledger;
use support::NOW;
use support::sending::sending;

#[tokio::test]
async fn only_those_of_one_outcome_and_reason_are_sent_again() {
    for_each_ledger(async |ledger| {
        let sending = sending(ledger).await;
        let (scope, flow) = (&sending.scope, sending.flow);
        sending.commit(5, &[1, 2, 3], Vec::new()).await;
        let failed = |row, reason| Change { reason: Some(reason), ..sending.answer(row, 5, State::Failed) };
        let changes = vec![
            failed(1, Reason::PayloadRefused),
            failed(2, Reason::RetriesEnded),
            failed(3, Reason::PayloadRefused),
        ];
        sending.commit(6, &[], changes).await;
        assert_eq!(sending.told().await.0, FlowState::Incomplete);
        let resend = async |state, reason| {
            let which = Unsuccessful { state, reason, all_the_same: false };
            ledger.resend_unsuccessful(scope, flow, which, NOW).await.unwrap()
        };
        assert_eq!(resend(State::Failed, None).await, 0, "without a reason there is none");
        assert_eq!(resend(State::Unreachable, Some(Reason::NotOnIo)).await, 0);
        for never in [State::Accepted, State::Uncertain, State::Delivered] {
            assert_eq!(resend(never, Some(Reason::PayloadRefused)).await, 0);
        }
        assert_eq!(resend(State::Failed, Some(Reason::PayloadRefused)).await, 2);
        let told = sending.told().await;
        assert_eq!(told, (FlowState::Sending, vec![(State::Queued, 2), (State::Failed, 1)]));
        assert_eq!(resend(State::Failed, Some(Reason::PayloadRefused)).await, 0, "they wait by now");
        assert_eq!(ledger.raw("select cast(count(*) as text) from earlier_attempt").await, ["2"]);
        let event = &ledger.events_of_flow(scope, flow, 1).await.unwrap()[0];
        assert_eq!((event.kind.as_str(), event.detail.as_deref()), ("flow-resent", Some("2")));
        let third = ledger.find_notification(scope, sending.id(3)).await.unwrap().unwrap();
        assert_eq!((third.row.state, third.attempt), (State::Queued, 2));
    })
    .await;
}
