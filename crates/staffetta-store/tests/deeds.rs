//! What people did to a flow and its rows, counted by who and what.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::NotificationId;
use staffetta_store::events::About;
use staffetta_store::testing::for_each_ledger;
use support::{NOW, active, house};

#[tokio::test]
async fn however_much_was_done_it_is_as_many_lines_as_people_and_kinds() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 1, 30).await;
        let (other, others) = active(ledger, &house, house.anagrafe, 1, 3).await;
        let organization = house.whole.organization;
        let record = async |about, actor: &str, kind: &str, at: i64| {
            ledger.record_event(organization, about, actor, kind, None, NOW.plus_ms(at)).await.unwrap();
        };
        for row in 1..=30 {
            let about = About::notification(NotificationId::new(list, row));
            record(about, if row % 3 == 0 { "carla" } else { "bruno" }, "uncertain-resent", row).await;
        }
        record(About::notification(NotificationId::new(list, 1)), "bruno", "row-corrected", 99).await;
        record(About::notification(NotificationId::new(others, 1)), "bruno", "row-corrected", 99).await;
        for at in [100, 200] {
            record(About::flow(flow), "bruno", "flow-paused", at).await;
        }
        record(About::flow(other), "bruno", "flow-paused", 5).await;

        let rows = ledger.deeds_on_rows(&house.looker, flow).await.unwrap();
        let told: Vec<_> =
            rows.iter().map(|one| (one.kind.as_str(), one.actor.as_str(), one.count)).collect();
        assert_eq!(
            told,
            [
                ("uncertain-resent", "bruno", 20),
                ("uncertain-resent", "carla", 10),
                ("row-corrected", "bruno", 1)
            ]
        );
        assert_eq!((rows[0].first_at, rows[0].last_at), (NOW.plus_ms(1), NOW.plus_ms(29)));
        let of_flow = ledger.deeds_on_flow(&house.looker, flow).await.unwrap();
        let paused = of_flow.iter().find(|one| one.kind == "flow-paused").unwrap();
        assert_eq!((paused.count, paused.last_at), (2, NOW.plus_ms(200)));
        for scope in [&house.stranger, &house.looker] {
            let hidden = ledger.deeds_on_rows(scope, other).await.unwrap();
            assert_eq!(hidden, [], "{}", scope.actor);
        }
    })
    .await;
}
