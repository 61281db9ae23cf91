//! *Verifica raggiungibilità* in the pages: who asks, who looks, and the list of those not reached.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use calamine::{Reader as _, Xlsx};
use staffetta_domain::{Reach, Reason};
use staffetta_store::forecasts::Foretold;
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::testing::for_each_ledger;
use std::io::Cursor;
use support::{NOW, Town};

#[tokio::test]
async fn a_forecast_is_asked_for_followed_and_stopped() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        let page = format!("/flussi/{flow}/raggiungibilita");
        town.carla.get(&format!("/flussi/{flow}")).await.shows(200, &["non verificata", &page]);
        town.carla
            .get(&page)
            .await
            .shows(200, &["Nessuno ha ancora chiesto"])
            .hides(&["<button class=\"btn btn-primary\">Verifica"]);
        town.carla.post(&page, &[]).await.shows(403, &[]);
        town.elena.get(&page).await.shows(404, &[]);
        town.elena.post(&page, &[]).await.shows(404, &[]);
        town.bruno.post(&page, &[]).await.leads(&page);
        town.bruno.post(&page, &[]).await.leads(&page);
        town.bruno
            .get(&page)
            .await
            .shows(200, &["0 di 3", "Ferma la verifica", "hx-get"])
            // No engine is at work: it does not go on by itself.
            .hides(&["prosegue da sola"]);

        let epoch = ledger.taken(town.whole.organization, NOW).await.epoch;
        let turn = town.store.next_to_foretell(town.whole.organization, &[], 9).await.unwrap().unwrap();
        let answers = [Reach::Reachable, Reach::Not(Reason::NotOnIo), Reach::Not(Reason::ServiceOff)];
        let told: Vec<_> =
            turn.rows.iter().zip(answers).map(|(row, reach)| Foretold { id: row.id(), reach }).collect();
        let last = told[2].id;
        assert!(town.store.record_foretold(&turn, epoch, &told, last, NOW).await.unwrap());
        town.carla.live().get(&format!("{page}/andamento")).await.shows(200, &["3 di 3"]).hides(&["<html"]);
        town.bruno.post(&format!("{page}/ferma"), &[]).await.leads(&page);
        town.bruno.get(&page).await.shows(200, &["Verifica di nuovo"]).hides(&["hx-get"]);
        town.bruno.get(&format!("/flussi/{flow}/invia")).await.shows(200, &["1 raggiungibile di 3"]);

        let file = town.carla.get(&format!("/flussi/{flow}/non-raggiunti")).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let codes: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
        assert_eq!(codes, ["VRDLGI85M01F205D", "BNCNNA90D41L219R"]);
        town.elena.get(&format!("/flussi/{flow}/non-raggiunti")).await.shows(404, &[]);

        town.store.start_flow(&town.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap();
        town.bruno.post(&page, &[]).await.shows(409, &["si chiede prima dell’invio"]);
        town.store.close().await;
    })
    .await;
}
