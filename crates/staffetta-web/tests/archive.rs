//! *Archivio notifiche* and a notification's page: what is found, by whom, and what no address says.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support_b;

use staffetta_store::testing::for_each_ledger;
use support_b::Town;

const MARIA: &str = "RSSMRA80A01H501U";

#[tokio::test]
async fn nothing_is_listed_before_a_search_and_no_address_says_who_was_looked_for() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        town.get("", "/notifiche").await.leads("/accedi?verso=/notifiche");
        town.get(&town.carla, "/notifiche").await.shows(200, &["premi Elenca"]).hides(&[
            MARIA,
            "Esporta Excel",
            ">Nuovo<",
        ]);
        town.get(&town.bruno, "/notifiche").await.shows(200, &[">Nuovo<"]);

        let all = town.post(&town.carla, "/notifiche/elenca", &[]).await;
        town.get(&town.carla, all.location()).await.shows(
            200,
            &[MARIA, "VRDLGI85M01F205D", "TARI di Maria: il tuo avviso", "Da inviare", "Esporta Excel"],
        );
        let one = town.post(&town.carla, "/notifiche/elenca", &[("fiscal_code", "rss mra80a01h501u")]).await;
        assert!(one.location().starts_with("/notifiche?ricerca="));
        assert!(!one.location().to_uppercase().contains("RSSMRA"), "{}", one.location());
        town.get(&town.carla, one.location())
            .await
            .shows(200, &["TARI di Maria", "rss mra80a01h501u"])
            .hides(&["TARI di Luigi"]);
        // A search is its person's: to another the same address is a form.
        town.get(&town.bruno, one.location()).await.shows(200, &["premi Elenca"]).hides(&[MARIA]);
        town.get(&town.dario, all.location()).await.shows(200, &["premi Elenca"]).hides(&[MARIA]);

        let own = town.post(&town.dario, "/notifiche/elenca", &[("flow", &flow.to_string())]).await;
        town.get(&town.dario, own.location()).await.shows(200, &["Nessuna notifica"]).hides(&[MARIA]);
        let faults = [("fiscal_code", "RSS"), ("flow", "uno"), ("notice_number", "12"), ("from", "ieri")];
        let wrong = town.post(&town.carla, "/notifiche/elenca", &faults).await;
        town.get(&town.carla, wrong.location())
            .await
            .shows(200, &["fiscal-code-fault", "flow-fault", "notice-number-fault", "from-fault", "Correggi"])
            .hides(&[MARIA]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_exported_and_nothing_else() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.active().await;
        let found = town.post(&town.carla, "/notifiche/elenca", &[]).await;
        let export = found.location().replace("/notifiche?", "/notifiche/esporta?");
        let given = town.get(&town.carla, &export).await;
        assert_eq!(given.headers["content-disposition"], "attachment; filename=\"notifiche.xlsx\"");
        assert!(given.status.is_success() && given.bytes.starts_with(b"PK"));
        assert_eq!(std::fs::read_dir(&town.folder).unwrap().count(), 0);
        town.get(&town.bruno, &export).await.shows(404, &[]);
        town.get(&town.carla, "/notifiche/esporta?ricerca=inventata").await.shows(404, &[]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_notification_is_shown_as_the_citizen_sees_it() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/notifiche/{}", town.row(flow, 2).await);
        for stranger in [&town.dario, &town.elsewhere] {
            town.get(stranger, &page).await.shows(404, &[]);
            town.get(stranger, &format!("{page}/esito")).await.shows(404, &[]);
        }
        town.get(&town.carla, &page).await.shows(
            200,
            &[
                "TARI di Luigi: il tuo avviso",
                "<strong>Luigi</strong>",
                "1.234,56 €",
                "3010 0000 0000 0000 02",
                "Da inviare",
                "every 1s",
                "non è al lavoro",
                "Invio avviato",
            ],
        );
        town.get(&town.carla, &format!("{page}/esito?volta=70")).await.shows(200, &["every 5s"]);
        let id = town.row(flow, 2).await;
        let set = "state = 6, reason = 10, handled_at = 1760000000000, settled_at = 1760000000000";
        ledger.raw(&format!("update notification set {set} where id = {id}")).await;
        town.get(&town.carla, &format!("{page}/esito?stato=queued"))
            .await
            .shows(200, &["Errore", "IO non ha accettato il contenuto", "hx-partial", "Che cosa è successo"])
            .hides(&["every "]);
        let mail = "state = 3, reason = null, email_status = 'SENT', io_message_id = '01ABC'";
        ledger.raw(&format!("update notification set {mail} where id = {id}")).await;
        town.get(&town.carla, &page).await.shows(200, &["Inviata (SENT)", "01ABC"]).hides(&["every "]);
        town.store.close().await;
    })
    .await;
}
