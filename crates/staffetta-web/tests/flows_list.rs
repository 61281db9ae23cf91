//! *Gestione flussi*: what is found by whom it was made, and what alarms.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_store::testing::for_each_ledger;
use support::Town;

#[tokio::test]
async fn an_operator_is_offered_and_found_however_the_name_is_written() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        ledger.raw(&format!("update flow set created_by = 'bruno' where id = {flow}")).await;
        town.carla.get("/flussi").await.shows(200, &["<option value=\"bruno\">", "TARI di prova"]);
        town.carla.get("/flussi").await.hides(&["<option value=\"elena\">"]);
        for (typed, found) in [("Bruno", true), ("BRU", true), ("carla", false)] {
            let asked = town.carla.post("/flussi/elenca", &[("operator", typed)]).await;
            let answer = town.carla.get(asked.location()).await;
            answer.shows(
                200,
                &[&format!("value=\"{typed}\""), if found { "TARI di prova" } else { "Nessun flusso" }],
            );
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_field_that_cannot_be_read_is_no_search_that_found_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.active().await;
        let asked = town.carla.post("/flussi/elenca", &[("number", "uno"), ("from", "ieri")]).await;
        let answer = town.carla.get(asked.location()).await;
        answer.shows(200, &["number-fault", "from-fault", "Correggi i campi segnati"]);
        answer.hides(&["Nessun flusso", "TARI di prova"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn only_what_is_to_be_examined_alarms() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let ended = "state = 4, ended_at = 1795000000000, queued = 0";
        ledger.raw(&format!("update flow set {ended}, unreachable = 3 where id = {flow}")).await;
        let two_numbers = [
            format!("href=\"/flussi/{flow}?stato=unreachable\">3 non raggiungibili"),
            format!("href=\"/flussi/{flow}?stato=to_examine\""),
        ];
        let shown = two_numbers.each_ref().map(String::as_str);
        town.carla.get("/flussi").await.shows(200, &shown).hides(&["state-alarming", "alarming"]);
        ledger.raw(&format!("update flow set unreachable = 2, failed = 1 where id = {flow}")).await;
        town.carla.get("/flussi").await.shows(200, &["state-alarming", "class=\"alarming\">1 da esaminare"]);
        town.store.close().await;
    })
    .await;
}
