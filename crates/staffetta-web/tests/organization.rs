//! *Impostazioni dell'ente*, an ente whose sending is held, *Nodi*: whose they are, what is refused, what is told.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{NotificationState as State, Quota};
use staffetta_store::ledger::{Owner, Waiting};
use staffetta_store::nodes::NodeSelf;
use staffetta_store::organizations::Organization;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{NOW, Town};

fn form<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("name", "Comune di Prova"),
        ("calls", "150"),
        ("seconds", "5"),
        ("left", "0"),
        ("content_min", "120"),
        ("approval_above", ""),
        ("repeat_days", "30"),
        ("when", "any"),
        ("from", "08:00"),
        ("until", "20:00"),
    ];
    let is_usual = |(name, _): &(&str, &str)| !changed.iter().any(|(other, _)| other == name);
    usual.into_iter().filter(is_usual).chain(changed.iter().copied()).collect()
}

async fn hold(ledger: &TestLedger, town: &Town) {
    let ente = town.whole.organization;
    let held = format!("update organization set held_at = {}, held_reason = 1 where id = {ente}", NOW.0);
    ledger.raw(&held).await;
}

/// What the form carries of the settings that it shows.
fn seen(known: &Organization) -> String {
    let above = known.approval_above.unwrap_or_default();
    let Organization { name, quota, quota_share, content_min, hours, .. } = known;
    let (days, letter) = (known.repeat_days, known.letter_cents.unwrap_or_default());
    format!("{quota} {quota_share} {content_min} {hours} {above} {days} {letter} {name}")
}

#[tokio::test]
async fn the_settings_are_the_administrators_and_every_change_is_told() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let ente = async || town.store.organization(town.whole.organization).await.unwrap().unwrap();
        for path in ["/ente", "/nodi", "/ente/fermo"] {
            for other in [&town.bruno, &town.carla] {
                other.get(path).await.shows(403, &[]);
            }
            town.nobody.get(path).await.leads(&format!("/accedi?verso={path}"));
        }
        town.bruno.post("/ente", &form(&[("name", "Altro")])).await.shows(403, &[]);
        town.bruno.get("/flussi").await.hides(&["href=\"/ente\"", "href=\"/nodi\""]);
        town.ada.get("/flussi").await.shows(200, &["href=\"/ente\"", "href=\"/nodi\""]);
        town.ada
            .get("/ente")
            .await
            .shows(200, &["value=\"Comune di Prova\"", "value=\"150\"", "Nessuna modifica"]);
        let save = async |changed: &[(&'static str, &'static str)]| {
            let seen = seen(&ente().await);
            town.ada.post("/ente", &form(&[&[("seen", seen.as_str())], changed].concat())).await
        };
        let late = town.ada.post("/ente", &form(&[("seen", "200/5 100 120 any 0 Comune di Prova")])).await;
        late.shows(
            409,
            &["qualcun altro ha cambiato le impostazioni", "value=\"150/5 100 120 any 0 30 0 Comune"],
        );
        save(&[]).await.leads("/ente?fatto=niente");
        for (changed, faults) in [
            (&[("name", " ")][..], &["name-fault"][..]),
            (&[("name", "Comune vicino")], &["name-fault", "già un altro ente"]),
            (&[("calls", "molte")], &["quota-fault", "value=\"molte\""]),
            (&[("left", "100"), ("content_min", "79")], &["left-fault", "content-fault", "2 campi"]),
            (&[("when", "some")], &["hours-fault", "almeno un giorno"]),
            (&[("repeat_days", "366"), ("letter_cost", "un euro")], &["repeat-fault", "letter-fault"]),
            (&[("when", "some"), ("lun", "on"), ("from", "21:00")], &["hours-fault"]),
        ] {
            save(changed).await.shows(422, faults).shows(422, &["aria-invalid"]);
        }
        let hours = [("when", "some"), ("lun", "on"), ("ven", "on"), ("until", "00:00")];
        let first = [&[("calls", "200"), ("left", "30")][..], &hours].concat();
        save(&first).await.leads("/ente?fatto=salvato");
        let known = ente().await;
        assert_eq!((known.quota, known.quota_share), (Quota { calls: Some(200), window_ms: 5_000 }, 70));
        assert_eq!(known.hours.to_string(), "08:00-24:00 lun,ven");
        let page = town.ada.get("/ente?fatto=salvato").await;
        page.shows(
            200,
            &[
                "Le impostazioni sono salvate",
                "<td>ada</td><td>Limite di chiamate: 200 ogni 5 secondi</td>",
                "<td>ada</td><td>Quota lasciata ad altri programmi: 30%</td>",
                "dalle 08:00 alle 24:00 (lun,ven)",
                "name=\"ven\" checked",
            ],
        );
        page.hides(&["name=\"sab\" checked", "Nome: "]);
        save(&[("repeat_days", "60"), ("letter_cost", "1,05")]).await.leads("/ente?fatto=salvato");
        assert_eq!((ente().await.repeat_days, ente().await.letter_cents), (60, Some(105)));
        town.ada.get("/ente").await.shows(200, &["Costo di una lettera: 1,05 €", "value=\"1,05\""]);
        save(&[("name", "Comune <nuovo>"), ("unlimited", "on"), ("content_min", "80")])
            .await
            .leads("/ente?fatto=salvato");
        assert_eq!(ente().await.quota, Quota::NONE);
        town.ada.get("/ente").await.shows(
            200,
            &["Nome: Comune &#60;nuovo&#62;", "Limite di chiamate: nessuno", "contenuto: 80 caratteri"],
        );
        town.elena.get("/ente").await.shows(200, &["Nessuna modifica"]).hides(&["nuovo"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_held_ente_says_so_everywhere_and_goes_on_by_a_typed_word() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        town.ada.get("/ente/fermo").await.leads("/ente?fatto=nonfermi");
        hold(ledger, &town).await;
        for path in ["/flussi", "/notifiche", &format!("/flussi/{flow}")] {
            let band = ["Gli invii dell’ente sono fermi", "Fermi dal 18/11/2026"];
            town.carla.get(path).await.shows(200, &band).shows(200, &["Avvisa chi amministra"]);
            town.ada.get(path).await.shows(200, &band).shows(200, &["href=\"/ente/fermo\""]);
            town.elena.get(path).await.hides(&band);
        }
        town.ada
            .get("/ente/fermo")
            .await
            .shows(200, &["TARI di prova", "scrivi: incerto", "scrivi: riprendi"]);
        let release = async |person: &support::Visitor, choice: &str, word: &str| {
            let held = NOW.0.to_string();
            person.post("/ente/fermo", &[("choice", choice), ("word", word), ("held", &held)]).await
        };
        release(&town.bruno, "riprendi", "riprendi").await.shows(403, &[]);
        for (choice, word, fault) in [
            ("riprendi", "incerto", "resume-fault"),
            ("incerto", "", "doubt-fault"),
            ("incerto", "sì", "doubt-fault"),
        ] {
            release(&town.ada, choice, word).await.shows(422, &[fault, "aria-invalid", "restano fermi"]);
        }
        let ente = async || town.store.organization(town.whole.organization).await.unwrap().unwrap();
        assert!(ente().await.held.is_some());
        release(&town.elena, "incerto", "incerto").await.leads("/ente?fatto=nonfermi");
        let released = release(&town.ada, "incerto", " Incerto ").await;
        released.leads("/ente?fatto=incerti&quanti=3");
        assert!(ente().await.held.is_none());
        town.ada
            .get(released.location())
            .await
            .shows(
                200,
                &[
                    "3 notifiche sono diventate Esito incerto",
                    "<td>ada</td><td>Invii ripresi: ciò che aspettava",
                ],
            )
            .hides(&["Fermi dal"]);
        let tally = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary.tally;
        assert_eq!(tally.count(State::Uncertain), 3, "{}", ledger.kind());
        release(&town.ada, "riprendi", "riprendi").await.leads("/ente?fatto=nonfermi");
        hold(ledger, &town).await;
        release(&town.ada, "riprendi", "RIPRENDI").await.leads("/ente?fatto=ripresi");
        town.ada.get("/ente?fatto=ripresi").await.shows(200, &["Gli invii dell’ente riprendono."]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_nodes_are_shown_without_the_names_of_other_enti() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.ada.get("/nodi").await.shows(200, &["Nessun nodo ha dato segno", "nessun nodo si occupa"]);
        for (id, works, stopping) in [("alfa", true, false), ("beta", true, true), ("gamma", false, false)] {
            let [id, name, version] = [id, &format!("nodo-{id}"), "0.1.0"].map(str::to_owned);
            let node = NodeSelf { id, name, version, works, stopping };
            town.store.tell_node(&node, NOW).await.unwrap();
        }
        let owner = |node: &str| Owner { node: node.to_owned(), alone: false, asks_after_silence: true };
        town.store.take_over(town.whole.organization, &owner("alfa"), NOW).await.unwrap().unwrap();
        let neighbour = town.store.organization_by_name("Comune vicino").await.unwrap().unwrap().id;
        town.store.take_over(neighbour, &owner("beta"), NOW).await.unwrap().unwrap();
        town.ada
            .get("/nodi")
            .await
            .shows(
                200,
                &[
                    "affidati a nodo-alfa (alfa)",
                    "nodo-beta",
                    "nodo-gamma",
                    "Invia",
                    "Si sta fermando",
                    "Solo pagine",
                    "si occupa di questo ente",
                ],
            )
            .hides(&["Comune vicino"]);
        town.elena.get("/nodi").await.shows(200, &["affidati a nodo-beta"]).hides(&["Comune di Prova"]);
        let part = "/nodi/elenco";
        town.ada.get(part).await.shows(200, &["affidati a nodo-alfa"]).hides(&["<html"]);
        town.bruno.get(part).await.shows(403, &[]);
        town.nobody.live().get(part).await.shows(401, &["La tua sessione è finita"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_that_may_have_left_is_stopped_and_nothing_is_sent_again_without_a_word() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (sending, ready) = (town.sending().await, town.active().await);
        hold(ledger, &town).await;
        ledger.raw("update organization set went_back_at = held_at").await;
        let held = "Prima chi amministra Staffetta decide come riprendere";
        town.ada.get(&format!("/flussi/{sending}/interrompi")).await.shows(409, &[held]);
        for (flow, act) in [(sending, "interrompi"), (ready, "inattivo")] {
            town.ada.post(&format!("/flussi/{flow}/{act}"), &[]).await.shows(409, &[held]);
        }
        town.ada.get("/ente/fermo").await.shows(
            200,
            &["Flussi attivi", "possono essere già stati inviati", &format!("/flussi/{ready}\"")],
        );
        town.store.release_organization(&town.whole, Waiting::GoesOn, NOW, NOW).await.unwrap();

        let path = format!("/flussi/{ready}/invia");
        let page = town.ada.get(&path).await;
        page.shows(200, &["più vecchio degli invii già fatti", "name=\"all_the_same\""]);
        let form = [support::ACTIVATED, ("recipients", "3")];
        town.ada.post(&path, &form).await.shows(422, &["conferma di aver controllato"]);
        let knowing = [form[0], form[1], ("all_the_same", "true")];
        town.ada.post(&path, &knowing).await.leads(&format!("/flussi/{ready}"));
        town.store.close().await;
    })
    .await;
}
