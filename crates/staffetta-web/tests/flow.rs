//! The flow's page, its acts, its export: who sees what, and what comes too late.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support_b;

use axum::http::Method;
use staffetta_domain::FlowState;
use staffetta_store::testing::for_each_ledger;
use std::time::Duration;
use support_b::Town;

#[tokio::test]
async fn only_who_may_sees_and_acts() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/flussi/{flow}");
        town.get("", &page).await.leads(&format!("/accedi?verso={page}"));
        for stranger in [&town.dario, &town.elsewhere] {
            for path in [page.clone(), format!("{page}/avanzamento"), format!("{page}/esporta")] {
                town.get(stranger, &path).await.shows(404, &[]);
            }
            for act in ["pausa", "interrompi", "inattivo", "elimina"] {
                town.post(stranger, &format!("{page}/{act}"), &[]).await.shows(404, &[]);
            }
        }
        town.get(&town.bruno, &page).await.shows(200, &["Pausa", "Interrompi l’invio", "Modifica natura"]);
        town.get(&town.carla, &page).await.shows(200, &["TARI di prova", "In invio"]).hides(&[
            "Pausa",
            "Interrompi l’invio",
            "Modifica natura",
        ]);
        for act in ["pausa", "riprendi", "interrompi", "inattivo", "elimina"] {
            town.post(&town.carla, &format!("{page}/{act}"), &[]).await.shows(403, &[]);
        }
        for asked in ["invia", "interrompi", "elimina"] {
            town.get(&town.carla, &format!("{page}/{asked}")).await.shows(403, &[]);
        }
        let described = [("nature", "1"), ("description", "altro")];
        town.post(&town.carla, &format!("{page}/descrizione"), &described).await.shows(403, &[]);
        town.post(&town.carla, &format!("{page}/invia"), &[("recipients", "3")]).await.shows(403, &[]);
        for nothing in ["/flussi/uno", "/flussi/999999"] {
            town.get(&town.bruno, nothing).await.shows(404, &[]);
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
        let act = async |act: &str| town.post(&town.bruno, &format!("{page}/{act}"), &[]).await;
        let send = format!("{page}/invia");
        town.get(&town.bruno, &send).await.shows(200, &["Quadratura", "1.259,55 €", "5,00 €", "1.234,56 €"]);
        for wrong in ["", "2", "tre", "-3"] {
            town.post(&town.bruno, &send, &[("recipients", wrong)])
                .await
                .shows(422, &["non è stato inviato niente", "aria-invalid", "recipients-fault"]);
        }
        assert_eq!(state().await, FlowState::Active);
        town.post(&town.bruno, &send, &[("recipients", " 3 ")]).await.leads(&page);
        assert_eq!(state().await, FlowState::Sending);
        let again = town.post(&town.bruno, &send, &[("recipients", "3")]).await;
        again.shows(409, &["non si può inviare", "In invio"]);
        act("inattivo").await.shows(409, &["Inattivo: si può fare solo finché è Attivo"]);
        act("pausa").await.leads(&page);
        act("pausa").await.shows(409, &["è già in pausa"]);
        town.get(&town.bruno, &page).await.shows(200, &["In pausa", "Riprendi", "0 di 3 (0%)"]);
        act("riprendi").await.leads(&page);
        act("riprendi").await.shows(409, &["non è in pausa"]);
        let asked = town.get(&town.bruno, &format!("{page}/interrompi")).await;
        asked.shows(200, &["3 non sono ancora partite", "non riprende da solo"]);
        act("interrompi").await.leads(&page);
        assert_eq!(state().await, FlowState::Inactive, "no call had left");
        act("interrompi").await.shows(409, &["non è in invio"]);
        town.get(&town.bruno, &page).await.shows(
            200,
            &[
                "Continua a comporre",
                "Invio avviato",
                "Invio messo in pausa",
                "Invio ripreso",
                "da bruno</span>",
            ],
        );
        town.get(&town.bruno, &format!("{page}/elimina")).await.shows(200, &["i suoi 3 destinatari"]);
        act("elimina").await.leads("/flussi");
        town.get(&town.bruno, &page).await.shows(404, &[]);
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
            town.post(&town.bruno, &format!("{page}/descrizione"), &form).await
        };
        describe(&of(true), "TARI <2027>").await.leads(&page);
        town.get(&town.bruno, &page)
            .await
            .shows(200, &["TARI &#60;2027&#62;", "Natura o descrizione cambiate"])
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
        town.get(&town.bruno, &page)
            .await
            .shows(
                200,
                &["Invio incompleto", "2 non raggiungibili", "0 da esaminare", "non comunicato da IO"],
            )
            .hides(&["state-alarming", "class=\"alarming\"", "hx-sse:connect"]);
        town.get(&town.bruno, &format!("{page}?stato=unreachable"))
            .await
            .shows(200, &["TARI di Luigi: il tuo avviso", "TARI di Anna: il tuo avviso", "non usa l’app IO."])
            .hides(&["TARI di Maria"]);
        outcome(2, 7, "20").await;
        outcome(3, 6, "10").await;
        tally("unreachable = 0, uncertain = 1, failed = 1").await;
        town.get(&town.bruno, &format!("{page}?stato=to_examine"))
            .await
            .shows(200, &["state-alarming", "class=\"alarming\"", "TARI di Luigi", "TARI di Anna"])
            .hides(&["TARI di Maria"]);
        town.get(&town.bruno, &format!("{page}?stato=accepted")).await.shows(200, &["Nessuna notifica"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_export_is_a_file_and_leaves_nothing_behind() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.inactive().await;
        let given = town.get(&town.carla, &format!("/flussi/{flow}/esporta")).await;
        assert_eq!(given.status.as_u16(), 200);
        assert!(given.bytes.starts_with(b"PK"));
        assert_eq!(
            given.headers["content-disposition"],
            format!("attachment; filename=\"flusso-{flow}.xlsx\"").as_str()
        );
        assert_eq!(given.headers["content-length"], given.bytes.len().to_string().as_str());
        assert_eq!(std::fs::read_dir(&town.folder).unwrap().count(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_leaves_leaves_nothing_behind() {
    let ledger = staffetta_store::testing::TestLedger::sqlite().await;
    let town = Town::open(&ledger).await;
    let export = format!("/flussi/{}/esporta", town.inactive().await);
    for ms in 0..25 {
        let asked = town.ask(Method::GET, &town.carla, &export, &[], &[]);
        // Gone while it is made, or with the file not yet read.
        drop(tokio::time::timeout(Duration::from_millis(ms), asked).await);
    }
    let is_empty = || std::fs::read_dir(&town.folder).unwrap().count() == 0;
    for _ in 0..100 {
        if is_empty() {
            break;
        }
        drop(tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await);
    }
    assert!(is_empty());
    town.store.close().await;
}
