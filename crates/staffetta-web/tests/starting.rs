//! A pilot, a planned start, and what keeps a flow from being sent: who may, what is typed first, what the page says.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::sending_hours::START_MISSED_MS;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, NotificationState as State};
use staffetta_store::flows::FlowSummary;
use staffetta_store::settings::SettingsChange;
use staffetta_store::testing::for_each_ledger;
use support::{ACTIVATED, NOW, Town};

async fn flow(town: &Town, flow: FlowId) -> FlowSummary {
    town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary
}

#[tokio::test]
async fn a_pilot_is_sent_by_its_number_and_waits_for_riprendi() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let short = town.active().await;
        town.bruno.get(&format!("/flussi/{short}")).await.hides(&["Invia i primi 20"]);
        town.bruno.get(&format!("/flussi/{short}/primi")).await.shows(409, &["più di 20 destinatari"]);
        let number = [("recipients", "20"), ACTIVATED];
        town.bruno.post(&format!("/flussi/{short}/primi"), &number).await.shows(409, &[]);

        let (many, recipients) = town.active_to_many().await;
        let page = format!("/flussi/{many}");
        let pilot = format!("{page}/primi");
        town.bruno.get(&page).await.shows(200, &["Invia i primi 20 e fermati", &pilot]);
        for other in [&town.carla, &town.elsa] {
            other.get(&page).await.hides(&[&pilot]);
            other.get(&pilot).await.shows(403, &[]);
            other.post(&pilot, &number).await.shows(403, &[]);
        }
        town.elena.post(&pilot, &number).await.shows(404, &[]);
        town.bruno.get(&pilot).await.shows(200, &["soltanto ai primi 20", "Quadratura"]);
        for wrong in ["", "21", &recipients.to_string()] {
            town.bruno
                .post(&pilot, &[("recipients", wrong), ACTIVATED])
                .await
                .shows(422, &["recipients-fault"]);
        }
        assert_eq!(flow(&town, many).await.state, FlowState::Active);
        town.bruno.post(&pilot, &number).await.leads(&page);
        let told = ["In invio", "Solo i primi 20", "0 già trattati", "Pausa", "Invio avviato ai primi"];
        town.bruno.get(&page).await.shows(200, &told);
        town.bruno.post(&pilot, &number).await.shows(409, &["In invio"]);

        let list = flow(&town, many).await.list.unwrap();
        let (first, last) = list.bounds();
        let rows = format!("select id from notification where id between {} and {}", first.0, last.0);
        ledger
            .raw(&format!("update notification set state = 3 where id in ({rows} order by id limit 20)"))
            .await;
        let tally = "queued = queued - 20, delivered = 20";
        ledger.raw(&format!("update flow set {tally} where id = {many}")).await;
        assert!(town.store.end_pilot(many, NOW).await.unwrap());
        let left = recipients - 20;
        let over = format!("premi Riprendi per inviare agli altri {left}");
        town.bruno.get(&page).await.shows(
            200,
            &[
                "In pausa",
                "I primi 20 sono partiti: Disponibile su IO 20",
                &over,
                "Primi destinatari trattati",
            ],
        );
        town.bruno.post(&format!("{page}/riprendi"), &[]).await.leads(&page);
        town.bruno.get(&page).await.shows(200, &["In invio"]).hides(&["Solo i primi 20"]);
        assert_eq!(flow(&town, many).await.tally.count(State::Queued), left);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_start_is_planned_by_number_and_time_changed_and_taken_back() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let active = town.active().await;
        let page = format!("/flussi/{active}");
        let plan = format!("{page}/programma");
        let off = format!("{plan}/togli");
        let [soon, later] = [3_600_000, 90_000_000].map(|ms| italian_date_time(NOW.plus_ms(ms)));
        let post = async |person: &support::Visitor, at: &str| {
            person.post(&plan, &[("recipients", "3"), ("at", at), ACTIVATED]).await
        };
        town.bruno.get(&page).await.shows(200, &["Programma l’invio"]).hides(&["hx-sse:connect"]);
        for other in [&town.carla, &town.elsa] {
            other.get(&plan).await.shows(403, &[]);
            post(other, &soon).await.shows(403, &[]);
            other.post(&off, &[]).await.shows(403, &[]);
        }
        post(&town.elena, &soon).await.shows(404, &[]);
        town.bruno.get(&plan).await.shows(200, &["Ora di Roma", "datetime-local", "Quadratura"]);
        for wrong in ["", "domani alle 8", "31/11/2026 08:00", &italian_date_time(NOW.plus_ms(-60_000))] {
            post(&town.bruno, wrong).await.shows(422, &["at-fault", "aria-invalid"]);
        }
        let wrong = town.bruno.post(&plan, &[("recipients", "4"), ACTIVATED, ("at", &soon)]).await;
        wrong.shows(422, &["recipients-fault", "non è stato programmato niente"]);
        town.bruno.post(&off, &[]).await.shows(409, &["non era programmato"]);
        assert_eq!(flow(&town, active).await.planned, None);

        post(&town.bruno, &soon).await.leads(&page);
        post(&town.bruno, &later).await.leads(&page);
        let told = format!("Programmato: {later}");
        town.carla.get(&page).await.shows(200, &["Attivo", &told, "partirà da solo", "hx-sse:connect"]);
        town.bruno.get(&page).await.shows(
            200,
            &[
                "Invia adesso",
                "Cambia la programmazione",
                "Annulla la programmazione",
                &later,
                "da bruno</span>",
            ],
        );
        town.carla.get("/flussi").await.shows(200, &[&told]);
        town.bruno.post(&off, &[]).await.leads(&page);
        town.bruno.get(&page).await.shows(200, &["Programmazione dell’invio tolta"]).hides(&[&told]);

        // Its time passed while nobody could start it.
        post(&town.bruno, &later).await.leads(&page);
        let at = NOW.plus_ms(-START_MISSED_MS - 60_000);
        ledger.raw(&format!("update planned_start set at = {}", at.0)).await;
        town.bruno.get(&page).await.shows(200, &["È l’ora programmata", "Il motore d’invio non è al lavoro"]);
        town.store.begin_planned(town.whole.organization, NOW).await.unwrap();
        town.bruno.get(&page).await.shows(200, &["non partito", "Che cosa vuoi fare?", "Invia adesso"]);
        town.carla.get("/flussi").await.shows(200, &["non partito"]);
        town.bruno.post(&format!("{page}/invia"), &[("recipients", "3"), ACTIVATED]).await.leads(&page);
        town.bruno.get(&page).await.hides(&["non partito</span>"]);
        post(&town.bruno, &later).await.shows(409, &["si programma solo un flusso Attivo"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn outside_the_hours_a_flow_says_when_it_goes_on() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let sending = town.sending().await;
        let page = format!("/flussi/{sending}");
        // With an engine at work: only then the hours are what it waits for.
        let [id, name, version] = ["uno", "macchina", "0.1.0"].map(str::to_owned);
        let node = staffetta_store::nodes::NodeSelf { id, name, version, works: true, stopping: false };
        town.store.tell_node(&node, NOW).await.unwrap();
        let _lock = town.store.lock_engine().unwrap().unwrap();
        town.bruno.get(&page).await.hides(&["fuori dagli orari"]);
        // It is Wednesday, 18 November 2026.
        let hours = "08:00-20:00 lun".parse().ok();
        let change = SettingsChange { hours, ..SettingsChange::default() };
        town.store.change_settings(&town.whole, &change, NOW).await.unwrap();
        town.bruno.get(&page).await.shows(200, &["riprende da solo il 23/11/2026 08:00"]);
        let active = town.active().await;
        let invia = town.bruno.get(&format!("/flussi/{active}/invia")).await;
        let sentence = "Stai per scrivere a 3 persone con il servizio Tributi";
        let told = [
            "il primo messaggio parte il 23/11/2026 08:00",
            sentence,
            "dalle ore 08:00 di lunedì 23/11/2026",
        ];
        invia.shows(200, &told);
        town.bruno
            .get(&format!("/flussi/{active}/programma"))
            .await
            .shows(200, &["dalle 08:00 alle 20:00 (lun)", "aspetta l’apertura"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_to_many_waits_for_a_second_person() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let change = SettingsChange { approval_above: Some(Some(2)), ..SettingsChange::default() };
        town.store.change_settings(&town.whole, &change, NOW).await.unwrap();
        let id = town.inactive().await;
        let page = format!("/flussi/{id}");
        let [send, approve, refuse] =
            ["invia", "approva", "non-approvare"].map(|act| format!("{page}/{act}"));
        let list = flow(&town, id).await.list.unwrap().to_string();
        let activate = [("list", list.as_str())];
        town.bruno.post(&format!("{page}/attiva"), &activate).await.leads(&page);

        // Who activated it is told that somebody else must look.
        let waits = ["In attesa di approvazione", "seconda persona", "Controlla e approva"];
        town.bruno.get(&page).await.shows(200, &waits).hides(&[&send]);
        town.bruno.get("/flussi").await.shows(200, &["In attesa di approvazione"]);
        let number = [("recipients", "3"), ACTIVATED];
        town.bruno.get(&send).await.shows(409, &["prima una seconda persona"]);
        town.bruno.post(&send, &number).await.shows(409, &["prima una seconda persona"]);
        town.bruno.get(&approve).await.shows(409, &["Hai attivato tu"]);
        town.bruno.post(&approve, &number).await.shows(409, &["Hai attivato tu"]);
        for other in [&town.carla, &town.elsa] {
            other.get(&page).await.hides(&[&approve]);
            other.get(&approve).await.shows(403, &[]);
            other.post(&approve, &number).await.shows(403, &[]);
            other.post(&refuse, &[("why", "no"), ACTIVATED]).await.shows(403, &[]);
        }
        town.elena.post(&approve, &number).await.shows(404, &[]);

        let told = ["bruno ha attivato", "più di 2 destinatari", "Quadratura", "Non approvare"];
        town.ada.get(&approve).await.shows(200, &told);
        for wrong in ["", "4"] {
            let answer = town.ada.post(&approve, &[("recipients", wrong), ACTIVATED]).await;
            answer.shows(422, &["recipients-fault"]);
        }
        town.ada.post(&refuse, &[("why", " "), ACTIVATED]).await.shows(422, &["why-fault"]);
        town.ada.post(&refuse, &[("why", "manca <la> scadenza"), ACTIVATED]).await.leads(&page);
        let why = ["Inattivo", "Flusso non approvato", "manca &#60;la&#62; scadenza"];
        town.bruno.get(&page).await.shows(200, &why);

        town.bruno.post(&format!("{page}/attiva"), &activate).await.leads(&page);
        town.ada
            .post(&approve, &[("recipients", "3"), ("activated", "1")])
            .await
            .shows(409, &["com’è adesso"]);
        town.ada.post(&approve, &number).await.leads(&page);
        town.bruno.get(&page).await.shows(200, &["Approvato", "Flusso approvato", &send]);
        town.bruno.post(&send, &number).await.leads(&page);
        assert_eq!(flow(&town, id).await.state, FlowState::Sending);
        town.store.close().await;
    })
    .await;
}
