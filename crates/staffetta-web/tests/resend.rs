//! *Reinvia i non riusciti* in the pages: which, how many, and who may.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_store::testing::for_each_ledger;
use support::Town;

#[tokio::test]
async fn those_of_one_reason_are_sent_again_by_their_number() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/flussi/{flow}");
        let resend = format!("{page}/reinvia");
        town.bruno.get(&page).await.shows(200, &[]).hides(&[&resend]);
        town.bruno.get(&resend).await.shows(409, &["niente da reinviare"]);
        let over = "handled_at = 1760000000000, settled_at = 1760000000000";
        ledger
            .raw(&format!("update notification set state = 5, reason = 1, {over} where flow_id = {flow}"))
            .await;
        let second = town.row(flow, 2).await;
        ledger.raw(&format!("update notification set state = 6, reason = 10 where id = {second}")).await;
        let tally = "state = 4, ended_at = 1, queued = 0, unreachable = 2, failed = 1";
        ledger.raw(&format!("update flow set {tally} where id = {flow}")).await;

        town.bruno.get(&page).await.shows(200, &[&resend]);
        town.carla.get(&page).await.shows(200, &[]).hides(&[&resend]);
        town.carla.get(&resend).await.shows(403, &[]);
        town.carla.post(&resend, &[("which", "unreachable.1"), ("count", "2")]).await.shows(403, &[]);
        town.elena.get(&resend).await.shows(404, &[]);
        town.bruno.get(&resend).await.shows(200, &["unreachable.1", "failed.10", "Non raggiungibile: "]);
        town.bruno.post(&resend, &[("count", "2")]).await.shows(422, &["which-fault"]);
        let wrong = [("which", "unreachable.1"), ("count", "3")];
        town.bruno.post(&resend, &wrong).await.shows(422, &["count-fault", "le notifiche sono 2", "checked"]);
        let right = [("which", "unreachable.1"), ("count", "2")];
        town.bruno.post(&resend, &right).await.leads(&format!("{page}?fatto=reinviate&quante=2"));
        town.bruno.get(&page).await.shows(200, &["In invio", "Non riusciti reinviati", "notifiche: 2"]);
        // The other window's list is not true any more.
        town.ada.post(&resend, &right).await.shows(422, &["which-fault"]);
        town.store.close().await;
    })
    .await;
}
