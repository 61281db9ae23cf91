//! *Correggi e reinvia*: who may, what is checked, what becomes of it.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, NotificationId, NotificationState as State};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::Town;

/// The values of Luigi's row, with another fiscal code.
fn typed(code: &'static str) -> [(&'static str, &'static str); 5] {
    [("tentativo", "1"), ("c0", code), ("c1", "Luigi"), ("c2", "1.234,56"), ("c3", "301000000000000002")]
}

/// *Errore*: the second of three, in a flow that is over.
async fn failed(town: &Town, ledger: &TestLedger) -> (FlowId, NotificationId) {
    let flow = town.sending().await;
    let id = town.row(flow, 2).await;
    ledger.raw(&format!("update notification set state = 3, handled_at = 1 where flow_id = {flow}")).await;
    let set = "state = 6, reason = 10, handled_at = 1760000000000, settled_at = 1760000000000";
    ledger.raw(&format!("update notification set {set} where id = {id}")).await;
    let over = "state = 4, ended_at = 1, queued = 0, delivered = 2, failed = 1";
    ledger.raw(&format!("update flow set {over} where id = {flow}")).await;
    (flow, id)
}

#[tokio::test]
async fn a_row_is_put_right_and_sent_again_once() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (flow, id) = failed(&town, ledger).await;
        let (page, correct) = (format!("/notifiche/{id}"), format!("/notifiche/{id}/correggi"));
        town.bruno.get(&page).await.shows(200, &["Errore", &correct]);
        for other in [&town.carla, &town.elsa] {
            other.get(&page).await.shows(200, &["Errore"]).hides(&[&correct]);
            other.get(&correct).await.shows(403, &[]);
            other.post(&correct, &typed("RSSMRA80A01H501U")).await.shows(403, &[]);
        }
        town.elena.get(&correct).await.shows(404, &[]);
        town.bruno.get(&correct).await.shows(
            200,
            &["codice_fiscale", "value=\"VRDLGI85M01F205D\"", "value=\"1.234,56\"", "parte subito"],
        );
        let wrong = [("tentativo", "1"), ("c0", "VRDLGI"), ("c1", ""), ("c2", "1.234"), ("c3", "12")];
        town.bruno.post(&correct, &wrong).await.shows(
            422,
            &[
                "c0-fault",
                "c1-fault",
                "c2-fault",
                "c3-fault",
                "value=\"VRDLGI\"",
                "Non è stato inviato niente",
            ],
        );
        town.bruno.post(&correct, &wrong[..3]).await.shows(400, &[]);
        // Anna has a message of this flow already.
        let anna = town.bruno.post(&correct, &typed("BNCNNA90D41L219R")).await;
        anna.shows(422, &["già un altro messaggio per questa persona", "name=\"altra_riga\""]);
        let done = town.bruno.post(&correct, &typed("RSSMRA85T10A562S")).await;
        done.leads(&format!("{page}?fatto=corretta"));
        let found = town.store.find_notification(&town.whole, id).await.unwrap().unwrap();
        assert_eq!((found.row.state, found.attempt), (State::Queued, 2));
        town.bruno.get(done.location()).await.shows(
            200,
            &["RSSMRA85T10A562S", "Dati corretti e notifica reinviata", "codice_fiscale", "da bruno"],
        );
        town.bruno.get(&format!("/flussi/{flow}")).await.shows(200, &["In invio"]);
        // Pressed twice, or in another window: it is one message.
        town.ada.post(&correct, &typed("RSSMRA85T10A562S")).await.shows(409, &["non si può più correggere"]);
        town.ada.get(&correct).await.shows(409, &["non si può più correggere"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_messages_to_one_person_are_sent_only_by_who_knows_it() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (_, id) = failed(&town, ledger).await;
        let correct = format!("/notifiche/{id}/correggi");
        let mut knowing = typed("BNCNNA90D41L219R").to_vec();
        knowing.push(("altra_riga", "true"));
        let done = town.bruno.post(&correct, &knowing).await;
        done.leads(&format!("/notifiche/{id}?fatto=corretta"));
        town.store.close().await;
    })
    .await;
}
