//! *PROVA: nessun cittadino riceve* stands on every page while every service points to a simulator.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use secrecy::SecretString;
use staffetta_domain::Amount;
use staffetta_store::services::NewService;
use staffetta_store::testing::for_each_ledger;
use support::{NOW, Town};

const BAND: &str = "PROVA: nessun cittadino riceve";

#[tokio::test]
async fn every_page_says_that_nobody_receives_also_those_that_only_tell_a_fault() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.nobody.get("/accedi").await.shows(200, &[BAND]);
        town.nobody.post("/accedi", &[("name", "ada"), ("password", "x")]).await.shows(400, &[BAND]);
        town.nobody.get("/nessuna-pagina").await.shows(404, &[BAND, "<h1>"]);
        town.bruno.get("/flussi/999").await.shows(404, &[BAND]);
        town.bruno.get("/servizi").await.shows(403, &[BAND, "<h1>"]);
        for page in ["/flussi", "/notifiche", "/flussi/nuovo", "/notifiche/nuova"] {
            town.bruno.get(page).await.shows(200, &[BAND]);
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn one_real_service_ends_the_trial_of_its_ente_and_of_no_other() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let key = SecretString::from("chiave-vera");
        let new = NewService {
            name: "Vero",
            io_service_id: None,
            base_url: "https://api.io.pagopa.it/api/v1",
            key: &key,
            max_amount: Amount::from_cents(100).unwrap(),
        };
        town.store.add_service(&town.whole, &new, NOW).await.unwrap().unwrap();
        // Bruno has no right on it; it reaches people all the same.
        town.bruno.get("/flussi").await.shows(200, &[]).hides(&[BAND]);
        town.bruno.get("/flussi/999").await.shows(404, &[]).hides(&[BAND]);
        town.nobody.get("/accedi").await.shows(200, &[]).hides(&[BAND]);
        // An ente without a service is on trial with nothing.
        town.elena.get("/flussi").await.shows(200, &[]).hides(&[BAND]);
        town.store.close().await;
    })
    .await;
}
