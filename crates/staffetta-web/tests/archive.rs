//! *Archivio notifiche* and a notification's page: what is found, by whom, and what no address says.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use calamine::{Reader as _, Xlsx};
use staffetta_store::testing::for_each_ledger;
use std::io::Cursor;
use support::Town;

const MARIA: &str = "RSSMRA80A01H501U";

#[tokio::test]
async fn nothing_is_listed_before_a_search_and_no_address_says_who_was_looked_for() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        town.nobody.get("/notifiche").await.leads("/accedi?verso=/notifiche");
        town.carla.get("/notifiche").await.shows(200, &["premi Elenca"]).hides(&[
            MARIA,
            "Esporta Excel",
            ">Nuovo<",
        ]);
        town.bruno.get("/notifiche").await.shows(200, &[">Nuovo<"]);

        let all = town.carla.post("/notifiche/elenca", &[]).await;
        town.carla.get(all.location()).await.shows(
            200,
            &[MARIA, "VRDLGI85M01F205D", "TARI di Maria: il tuo avviso", "Da inviare", "Esporta Excel"],
        );
        let one = town.carla.post("/notifiche/elenca", &[("fiscal_code", "rss mra80a01h501u")]).await;
        assert!(one.location().starts_with("/notifiche?ricerca="));
        assert!(!one.location().to_uppercase().contains("RSSMRA"), "{}", one.location());
        town.carla
            .get(one.location())
            .await
            .shows(200, &["TARI di Maria", "rss mra80a01h501u"])
            .hides(&["TARI di Luigi"]);
        let long = town.carla.post("/notifiche/elenca", &[("reference", &"x1".repeat(3_000))]).await;
        long.shows(400, &[]);
        // A search is its person's: to another the same address is a form.
        town.bruno.get(one.location()).await.shows(200, &["premi Elenca"]).hides(&[MARIA]);
        town.dario.get(all.location()).await.shows(200, &["premi Elenca"]).hides(&[MARIA]);

        let own = town.dario.post("/notifiche/elenca", &[("flow", &flow.to_string())]).await;
        town.dario.get(own.location()).await.shows(200, &["Nessuna notifica"]).hides(&[MARIA]);
        let faults = [("fiscal_code", "RSS"), ("flow", "uno"), ("notice_number", "12"), ("from", "ieri")];
        let wrong = town.carla.post("/notifiche/elenca", &faults).await;
        town.carla
            .get(wrong.location())
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
        let flow = town.active().await;
        // *Stato Mail* in the words of the page; an empty cell where IO has nothing.
        for (row, set) in [(1, "state = 3, email_status = 'EXPIRED'"), (2, "state = 3")] {
            ledger
                .raw(&format!("update notification set {set} where id = {}", town.row(flow, row).await))
                .await;
        }
        let found = town.carla.post("/notifiche/elenca", &[]).await;
        let export = found.location().replace("/notifiche?", "/notifiche/esporta?");
        let given = town.carla.get(&export).await;
        assert_eq!(given.headers["content-disposition"], "attachment; filename=\"notifiche.xlsx\"");
        assert!(given.status.is_success());
        let mut book = Xlsx::new(Cursor::new(given.bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let titles: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let of = |title: &str| titles.iter().position(|one| one == title).unwrap();
        let (who, mail) = (of("Codice fiscale"), of("Stato Mail"));
        let mut told: Vec<_> =
            sheet.rows().skip(1).map(|row| (row[who].to_string(), row[mail].to_string())).collect();
        told.sort();
        let expected = [
            ("BNCNNA90D41L219R", ""),
            (MARIA, "Tempo scaduto (EXPIRED)"),
            ("VRDLGI85M01F205D", "non comunicato da IO"),
        ];
        assert_eq!(told, expected.map(|(code, words)| (code.to_owned(), words.to_owned())));
        assert_eq!(town.left_behind(), 0);
        town.bruno.get(&export).await.shows(404, &[]);
        town.carla.get("/notifiche/esporta?ricerca=inventata").await.shows(404, &[]);
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
        for stranger in [&town.dario, &town.elena] {
            stranger.get(&page).await.shows(404, &[]);
            stranger.get(&format!("{page}/esito")).await.shows(404, &[]);
        }
        town.carla.get(&page).await.shows(
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
        town.carla.get(&format!("{page}/esito?volta=70")).await.shows(200, &["every 5s"]);
        let id = town.row(flow, 2).await;
        let set = "state = 6, reason = 10, handled_at = 1760000000000, settled_at = 1760000000000";
        ledger.raw(&format!("update notification set {set} where id = {id}")).await;
        town.carla
            .get(&format!("{page}/esito?stato=queued"))
            .await
            .shows(200, &["Errore", "IO non ha accettato il contenuto", "hx-partial", "Che cosa è successo"])
            .hides(&["every "]);
        let mail = "state = 3, reason = null, email_status = 'SENT', io_message_id = '01ABC'";
        ledger.raw(&format!("update notification set {mail} where id = {id}")).await;
        town.carla.get(&page).await.shows(200, &["Inviata (SENT)", "01ABC"]).hides(&["every "]);
        town.store.close().await;
    })
    .await;
}
