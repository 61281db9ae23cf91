//! The flow's page, its acts, its export: who sees what, and what comes too late.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, FlowState, Quota};
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::settings::SettingsChange;
use staffetta_store::testing::for_each_ledger;
use std::time::Duration;
use support::{NOW, Town};

#[tokio::test]
async fn only_who_may_sees_and_acts() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/flussi/{flow}");
        town.nobody.get(&page).await.leads(&format!("/accedi?verso={page}"));
        for stranger in [&town.dario, &town.elena] {
            for path in [
                page.clone(),
                format!("{page}/avanzamento"),
                format!("{page}/risultati"),
                format!("{page}/non-raggiunti"),
            ] {
                stranger.get(&path).await.shows(404, &[]);
            }
            for act in ["pausa", "interrompi", "inattivo", "elimina"] {
                stranger.post(&format!("{page}/{act}"), &[]).await.shows(404, &[]);
            }
        }
        town.bruno.get(&page).await.shows(200, &["Pausa", "Interrompi l’invio", "Modifica natura"]);
        town.carla.get(&page).await.shows(200, &["TARI di prova", "In invio"]).hides(&[
            "Pausa",
            "Interrompi l’invio",
            "Modifica natura",
        ]);
        for act in ["pausa", "riprendi", "interrompi", "inattivo", "elimina"] {
            town.carla.post(&format!("{page}/{act}"), &[]).await.shows(403, &[]);
        }
        for asked in ["invia", "interrompi", "elimina"] {
            town.carla.get(&format!("{page}/{asked}")).await.shows(403, &[]);
        }
        let described = [("nature", "1"), ("description", "altro")];
        town.carla.post(&format!("{page}/descrizione"), &described).await.shows(403, &[]);
        town.carla
            .post(&format!("{page}/invia"), &[("recipients", "3"), support::ACTIVATED])
            .await
            .shows(403, &[]);
        for nothing in ["/flussi/uno", "/flussi/999999"] {
            town.bruno.get(nothing).await.shows(404, &[]);
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_is_sent_by_its_number_paused_resumed_and_interrupted() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        let page = format!("/flussi/{flow}");
        let state = async || town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary.state;
        let act = async |act: &str| town.bruno.post(&format!("{page}/{act}"), &[]).await;
        let send = format!("{page}/invia");
        town.bruno.get(&send).await.shows(200, &["Quadratura", "1.259,55 €", "5,00 €", "1.234,56 €"]);
        for wrong in ["", "2", "tre", "-3"] {
            town.bruno
                .post(&send, &[("recipients", wrong), support::ACTIVATED])
                .await
                .shows(422, &["non è stato inviato niente", "aria-invalid", "recipients-fault"]);
        }
        // Somebody changed it and activated it anew since the page was opened.
        let stale = [("recipients", "3"), ("activated", "1")];
        town.bruno.post(&send, &stale).await.shows(422, &["lo ha attivato di nuovo", "aria-invalid"]);
        assert_eq!(state().await, FlowState::Active);
        town.bruno.post(&send, &[("recipients", " 3 "), support::ACTIVATED]).await.leads(&page);
        assert_eq!(state().await, FlowState::Sending);
        let again = town.bruno.post(&send, &[("recipients", "3"), support::ACTIVATED]).await;
        again.shows(409, &["non si può inviare", "In invio"]);
        act("inattivo").await.shows(409, &["Inattivo: si può fare solo finché è Attivo"]);
        act("pausa").await.leads(&page);
        act("pausa").await.shows(409, &["è già in pausa"]);
        town.bruno.get(&page).await.shows(200, &["In pausa", "Riprendi", "0 di 3 (0%)"]);
        act("riprendi").await.leads(&page);
        act("riprendi").await.shows(409, &["non è in pausa"]);
        let asked = town.bruno.get(&format!("{page}/interrompi")).await;
        asked.shows(200, &["3 non sono ancora partite", "non riprende da solo"]);
        act("interrompi").await.leads(&page);
        assert_eq!(state().await, FlowState::Inactive, "no call had left");
        act("interrompi").await.shows(409, &["non è in invio"]);
        town.bruno.get(&page).await.shows(
            200,
            &[
                "Continua a comporre",
                "Invio avviato",
                "Invio messo in pausa",
                "Invio ripreso",
                "da bruno</span>",
            ],
        );
        town.bruno.get(&format!("{page}/elimina")).await.shows(200, &["i suoi 3 destinatari"]);
        act("elimina").await.leads("/flussi");
        town.bruno.get(&page).await.shows(404, &[]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_time_that_a_sending_takes_is_told_while_it_can_go_on() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (flow, other) = (town.active().await, town.sending().await);
        let time = |words: &str| format!("<dt>Tempo per inviare</dt><dd>{words}</dd>");
        let (page, send) = (format!("/flussi/{flow}"), format!("/flussi/{flow}/invia"));
        // Short, also beside a long one: the engine sends a row of each in turn.
        ledger.raw(&format!("update flow set queued = 14997 where id = {other}")).await;
        for path in [&page, &send] {
            town.bruno.get(path).await.shows(200, &[&time("meno di un minuto")]);
        }
        let rows = async |rows: i64| {
            let list = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
            ledger.raw(&format!("update list set valid_rows = {rows} where id = {list}")).await;
        };
        // Profile, message and the checks between them, for as many of either flow: 150 calls in 5 seconds.
        rows(5_625).await;
        for path in [&page, &send] {
            town.bruno.get(path).await.shows(200, &[&time("circa 17 minuti")]);
        }
        rows(3).await;
        let unlimited = SettingsChange { quota: Some(Quota::NONE), ..SettingsChange::default() };
        town.store.change_settings(&town.whole, &unlimited, NOW).await.unwrap();
        town.bruno.get(&send).await.shows(200, &["non c&#39;è un limite di chiamate"]);
        town.bruno.post(&send, &[("recipients", "3"), support::ACTIVATED]).await.leads(&page);
        town.bruno.get(&page).await.shows(200, &["non c&#39;è un limite di chiamate"]);
        town.store.pause_flow(&town.whole, flow, NOW).await.unwrap();
        town.bruno.get(&page).await.hides(&["Tempo per inviare"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nature_and_description_stay_editable_and_are_told() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        let page = format!("/flussi/{flow}");
        let natures = town.store.natures(town.whole.organization).await.unwrap();
        let of = |payment| natures.iter().find(|one| one.nature.payment == payment).unwrap().id.to_string();
        let describe = async |nature: &str, description: &str| {
            let form = [("nature", nature), ("description", description)];
            town.bruno.post(&format!("{page}/descrizione"), &form).await
        };
        describe(&of(true), "TARI <2027>").await.leads(&page);
        town.bruno
            .get(&page)
            .await
            .shows(200, &["TARI &#60;2027&#62;", "Descrizione cambiata", "ora: TARI &#60;2027&#62;"])
            .hides(&["TARI <2027>"]);
        let long = "x".repeat(201);
        for bad in ["  ", long.as_str()] {
            describe(&of(true), bad).await.shows(422, &["description-fault", "aria-invalid"]);
        }
        describe(&of(false), "senza pagamento").await.shows(409, &["dopo l’attivazione"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_tallies_are_filters_and_what_is_to_be_examined_alarms() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/flussi/{flow}");
        let outcome = async |row, state: i16, reason: &str| {
            let id = town.row(flow, row).await;
            let set = format!("state = {state}, handled_at = 1760000000000, reason = {reason}");
            ledger.raw(&format!("update notification set {set} where id = {id}")).await;
        };
        outcome(1, 3, "null").await;
        outcome(2, 5, "1").await;
        outcome(3, 5, "2").await;
        let tally = async |set: &str| ledger.raw(&format!("update flow set {set} where id = {flow}")).await;
        tally("state = 4, queued = 0, delivered = 1, unreachable = 2").await;
        town.bruno
            .get(&page)
            .await
            .shows(
                200,
                &["Invio incompleto", "2 non raggiungibili", "0 da esaminare", "non comunicato da IO"],
            )
            .hides(&["state-alarming", "class=\"alarming\"", "hx-sse:connect"]);
        town.bruno
            .get(&format!("{page}?stato=unreachable"))
            .await
            .shows(200, &["TARI di Luigi: il tuo avviso", "TARI di Anna: il tuo avviso", "non usa l’app IO."])
            .hides(&["TARI di Maria"]);
        outcome(2, 7, "20").await;
        outcome(3, 6, "10").await;
        tally("unreachable = 0, uncertain = 1, failed = 1").await;
        town.bruno
            .get(&format!("{page}?stato=to_examine"))
            .await
            .shows(200, &["state-alarming", "class=\"alarming\"", "TARI di Luigi", "TARI di Anna"])
            .hides(&["TARI di Maria"]);
        town.carla.get(&page).await.shows(
            200,
            &[
                "File dei risultati (Excel)",
                "Una persona a cui il messaggio non è arrivato",
                "esito incerto non è nell’elenco",
            ],
        );
        let unreached = town.carla.get(&format!("{page}/non-raggiunti?formato=csv")).await;
        assert_eq!(String::from_utf8_lossy(&unreached.bytes).lines().count(), 2);
        town.bruno.get(&format!("{page}?stato=accepted")).await.shows(200, &["Nessuna notifica"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_export_is_a_file_and_leaves_nothing_behind() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.inactive().await;
        let given = town.carla.get(&format!("/flussi/{flow}/risultati")).await;
        assert_eq!(given.status.as_u16(), 200);
        assert!(given.bytes.starts_with(b"PK"));
        assert_eq!(
            given.headers["content-disposition"],
            format!("attachment; filename=\"flusso-{flow}-risultati.xlsx\"").as_str()
        );
        assert_eq!(given.headers["content-length"], given.bytes.len().to_string().as_str());
        let given = town.carla.get(&format!("/flussi/{flow}/risultati?formato=csv")).await;
        assert_eq!(given.headers["content-type"], "text/csv; charset=utf-8");
        assert!(given.bytes.starts_with(b"\xef\xbb\xbf"));
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_leaves_leaves_nothing_behind() {
    let ledger = staffetta_store::testing::TestLedger::sqlite().await;
    let town = Town::open(&ledger).await;
    let export = format!("/flussi/{}/risultati", town.inactive().await);
    for ms in 0..25 {
        let asked = town.carla.open(&export);
        // Gone while it is made, or with the file not yet read.
        drop(tokio::time::timeout(Duration::from_millis(ms), asked).await);
    }
    let is_empty = || town.left_behind() == 0;
    for _ in 0..3_000 {
        if is_empty() {
            break;
        }
        drop(tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await);
    }
    assert!(is_empty());
    town.store.close().await;
}

#[tokio::test]
async fn a_flow_is_duplicated_without_its_people() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let sent = town.sending().await;
        let page = format!("/flussi/{sent}");
        let duplicate = format!("{page}/duplica");
        town.elsa.get(&page).await.shows(200, &["Duplica", &duplicate]);
        town.carla.get(&page).await.hides(&[&duplicate]);
        town.carla.post(&duplicate, &[]).await.shows(403, &[]);
        town.elena.post(&duplicate, &[]).await.shows(404, &[]);
        let answer = town.elsa.post(&duplicate, &[]).await;
        let compose = answer.header("location").to_owned();
        assert!(compose.ends_with("/componi"), "{compose}");
        let told = ["Copia di TARI di prova", "TARI di {{nome}}: il tuo avviso", "Gentile **{{nome}}**"];
        town.elsa.get(&compose).await.shows(200, &told);
        let copy: FlowId = compose.split('/').nth(2).unwrap().parse().unwrap();
        let found = town.store.find_flow(&town.whole, copy).await.unwrap().unwrap();
        assert_eq!((found.summary.state, found.summary.list), (FlowState::Inactive, None));
        let original = town.store.find_flow(&town.whole, sent).await.unwrap().unwrap();
        assert_eq!((found.summary.nature, found.summary.service), (original.summary.nature, town.tributi));
        assert_eq!((found.subject, found.markdown), (original.subject, original.markdown));
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_tells_what_came_of_a_flow() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.active().await;
        let page = format!("/flussi/{flow}");
        let report = format!("{page}/relazione");
        town.bruno.get(&page).await.hides(&[&report]);
        town.bruno.get(&report).await.shows(409, &["da quando l’invio comincia"]);
        town.store.start_flow(&town.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap();
        let [first, second, third] =
            [town.row(flow, 1).await, town.row(flow, 2).await, town.row(flow, 3).await];
        for (row, outcome) in
            [(first, "state = 3"), (second, "state = 5, reason = 1"), (third, "state = 6, reason = 11")]
        {
            ledger.raw(&format!("update notification set {outcome} where id = {row}")).await;
        }
        let tally = "queued = 0, delivered = 1, unreachable = 1, failed = 1";
        ledger
            .raw(&format!("update flow set state = 4, ended_at = {}, {tally} where id = {flow}", NOW.0))
            .await;
        town.carla.get(&page).await.shows(200, &[&report, &format!("{page}/non-raggiunti")]);
        let told = [
            "TARI di {{nome}}: il tuo avviso",
            "Un messaggio è disponibile su IO (33,3%)",
            "Una persona non è raggiungibile su IO",
            "Una notifica è da esaminare",
            "<td class=\"number\">33,3%</td>",
            "Invio avviato",
        ];
        town.carla.get(&report).await.shows(200, &told);
        town.dario.get(&report).await.shows(404, &[]);
        town.elena.get(&report).await.shows(404, &[]);
        town.store.close().await;
    })
    .await;
}
