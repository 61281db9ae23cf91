//! *Cosa ha ricevuto*: what is shown of a person, to whom, and who is told of it later.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_store::testing::for_each_ledger;
use support::{NOW, Town, single};

const CODE: &str = "RSSMRA80A01H501U";

#[tokio::test]
async fn what_a_person_received_is_shown_and_who_looked_is_recorded() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        for service in [town.tributi, town.anagrafe] {
            town.store.add_single(&town.whole, &single(service), NOW).await.unwrap();
        }
        town.nobody.get("/persona").await.leads("/accedi?verso=/persona");
        town.bruno.get("/persona").await.shows(200, &["Cosa ha ricevuto", "registro delle consultazioni"]);
        let wrong = town.bruno.post("/persona", &[("fiscal_code", "RSSMRA80A01H501X")]).await;
        wrong.shows(422, &["fiscal-code-fault", "RSSMRA80A01H501X"]);
        let look = async |who: &support::Visitor| {
            let answer = who.post("/persona", &[("fiscal_code", "rss mra 80a01 h501u")]).await;
            let address = answer.header("location").to_owned();
            assert!(address.starts_with("/persona?ricerca=") && !address.contains("RSS"), "{address}");
            who.get(&address).await
        };
        let flow = format!("/flussi/{flow}\"");
        look(&town.bruno).await.shows(200, &[CODE, &flow, "Appuntamento", "Tributi"]).hides(&["Anagrafe"]);
        look(&town.carla).await.shows(200, &[&flow, "Tributi", "Anagrafe"]);
        look(&town.elena).await.shows(200, &["non è stato scritto niente"]).hides(&["Appuntamento"]);
        // Whose search it is, only they open it.
        let name = town.bruno.post("/persona", &[("fiscal_code", CODE)]).await.header("location").to_owned();
        town.carla.get(&name).await.hides(&[CODE]);

        // The archive and the list of flows answer the same.
        town.carla.post("/notifiche/elenca", &[("fiscal_code", CODE)]).await;
        town.carla.post("/notifiche/elenca", &[("state", "failed")]).await;
        town.dario.post("/flussi/elenca", &[("fiscal_code", CODE)]).await;
        let record = "/ente/consultazioni";
        for other in [&town.bruno, &town.carla] {
            other.get(record).await.shows(403, &[]);
            other.post(record, &[("fiscal_code", CODE)]).await.shows(403, &[]);
        }
        town.ada.get("/ente").await.shows(200, &[record]);
        let all = town.ada.get(record).await;
        all.shows(200, &["<td>dario</td>", "<td>bruno</td>"]).hides(&[CODE, "<td>elena</td>"]);
        let count =
            |page: &support::Answer, name: &str| page.body().matches(&format!("<td>{name}</td>")).count();
        assert_eq!((count(&all, "carla"), count(&all, "bruno")), (2, 2));
        let of = town.ada.post(record, &[("fiscal_code", CODE)]).await;
        of.shows(200, &["Consultazioni di questa persona", "<td>carla</td>"]).hides(&[CODE]);
        let nobody = town.ada.post(record, &[("fiscal_code", "VRDLGI85M01F205D")]).await;
        nobody.shows(200, &["Nessuno ha cercato questa persona"]);
        town.ada.post(record, &[("fiscal_code", "boh")]).await.shows(422, &["fiscal-code-fault"]);
        let kept = ledger.raw("select cast(count(*) as text) from lookup where person is null").await;
        assert_eq!(kept, ["0"]);
        town.store.close().await;
    })
    .await;
}
