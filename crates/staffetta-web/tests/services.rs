//! *Gestione servizi*: whose it is, what is refused at which field, what is recorded, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use secrecy::ExposeSecret;
use staffetta_domain::{Reason, Rights};
use staffetta_io::simulator::gate::{Grant, SimulatedService};
use staffetta_store::testing::for_each_ledger;
use support::{KEY, NOW, Town, URL};

const MOVED: &str = "http://127.0.0.1:9/altrove";

fn form<'a>(name: &'a str, base_url: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("io_service_id", ""),
        ("base_url", base_url),
        ("key", key),
        ("max_amount", "10.000,00"),
        ("enabled", "on"),
    ]
}

#[tokio::test]
async fn it_is_the_administrators() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (ada, bruno) = (town.sign_in("ada").await, town.sign_in("bruno").await);
        let one = format!("/servizi/{}", town.tributi);
        for path in ["/servizi", "/servizi/nuovo", &one] {
            ada.get(path).await.shows(200, &[]);
            bruno.get(path).await.shows(403, &[]);
            assert!(town.nobody.get(path).await.location().starts_with("/accedi?verso=/servizi"));
        }
        let form = form("Rinominato", URL, "");
        for path in ["/servizi/nuovo", &one, &format!("{one}/riattiva"), &format!("{one}/prova")] {
            bruno.post(path, &form).await.shows(403, &[]);
            town.nobody.post(path, &form).await.leads("/accedi");
        }
        ada.get("/flussi").await.shows(200, &["href=\"/servizi\""]);
        bruno.get("/flussi").await.hides(&["href=\"/servizi\""]);
        for gone in ["/servizi/999", "/servizi/uno"] {
            ada.get(gone).await.shows(404, &[]);
            ada.post(gone, &form).await.shows(404, &[]);
        }
        let events = town.store.events_of_service(&town.whole, town.tributi, 10).await.unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
    })
    .await;
}

#[tokio::test]
async fn a_service_is_added_and_its_key_never_comes_out() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let ada = &town.ada;
        let add = async |form: &[(&str, &str)]| ada.post("/servizi/nuovo", form).await;
        add(&form("Mensa", URL, "")).await.shows(422, &["key-fault"]);
        add(&form(" ", URL, KEY)).await.shows(422, &["name-fault"]);
        add(&form("Tributi", URL, KEY)).await.shows(422, &["name-fault"]);
        add(&form("Mensa", "http://10.0.0.7", KEY)).await.shows(422, &["url-fault"]);
        add(&form("Mensa", "https://10.0.0.7", KEY)).await.shows(422, &["STAFFETTA_ALLOW_PRIVATE_URLS"]);
        // What was typed comes back escaped, the key not at all.
        let hostile = add(&form("<script>\"", URL, "due parole")).await;
        hostile.shows(422, &["&#60;script&#62;&#34;"]);
        hostile.hides(&["due parole"]);
        assert_eq!(town.store.services(&town.whole, Rights::LOOK).await.unwrap().len(), 2);

        let mut mensa = form("Mensa", URL, KEY);
        mensa[1] = ("io_service_id", " 01GQQZ9HF5GAPRVKJM1VDAVFHM ");
        mensa[4] = ("max_amount", "2500");
        mensa.truncate(5);
        let added = add(&mensa).await;
        let service = town.store.service_by_name(&town.whole, "Mensa").await.unwrap().unwrap();
        added.leads(&format!("/servizi/{}?fatto=aggiunto", service.id));
        assert_eq!(service.io_service_id.as_deref(), Some("01GQQZ9HF5GAPRVKJM1VDAVFHM"));
        assert_eq!((service.max_amount.cents(), service.enabled), (250_000, false));
        let page = ada.get(added.location()).await;
        page.shows(200, &["Una chiave è registrata"]).shows(200, &["2.500,00"]);
        page.shows(200, &["<td>ada</td><td>Aggiunto</td>"]);
        page.hides(&[KEY]);
        ada.get("/servizi").await.shows(200, &["Disabilitato"]);
    })
    .await;
}

#[tokio::test]
async fn only_what_differs_is_changed_and_another_address_wants_the_key() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let ada = &town.ada;
        let path = format!("/servizi/{}", town.tributi);
        let save = async |form: &[(&str, &str)]| ada.post(&path, form).await;
        save(&form("Tributi", URL, "")).await.leads(&format!("{path}?fatto=niente"));
        let refused = save(&form("Tributi e tasse", MOVED, "")).await;
        refused.shows(422, &["key-fault"]);
        refused.shows(422, &["Tributi e tasse"]);
        let taken = save(&form("Anagrafe", URL, KEY)).await;
        taken.shows(422, &["scrivi di nuovo anche la chiave"]);
        save(&form("Tributi e tasse", MOVED, "altra-chiave")).await.leads(&format!("{path}?fatto=salvato"));
        let mut off = form("Tributi e tasse", MOVED, "");
        off.truncate(5);
        save(&off).await.leads(&format!("{path}?fatto=salvato"));
        let found = town.store.service(&town.whole, town.tributi).await.unwrap().unwrap();
        assert_eq!(
            (found.name.as_str(), found.base_url.as_str(), found.enabled),
            ("Tributi e tasse", MOVED, false)
        );
        let to_try = town.store.service_to_try(&town.whole, town.tributi).await.unwrap().unwrap();
        assert_eq!(to_try.key.expose_secret(), "altra-chiave");
        let page = ada.get(&path).await;
        page.shows(200, &["<td>Modificato: nome, indirizzo, chiave</td>"]);
        page.shows(200, &["<td>Disabilitato</td>"]);
    })
    .await;
}

#[tokio::test]
async fn a_paused_service_says_why_and_is_reactivated_once() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let ada = &town.ada;
        let path = format!("/servizi/{}", town.tributi);
        ada.get(&path).await.hides(&["/riattiva"]);
        let (reason, told) = (Reason::KeyRefused, Some("HTTP 401"));
        assert!(town.store.pause_service(town.tributi, None, reason, told, NOW).await.unwrap());
        ada.get("/servizi").await.shows(200, &["IO non riconosce la chiave del servizio"]);
        let page = ada.get(&path).await;
        page.shows(200, &["/riattiva"]).shows(200, &["IO ha detto: HTTP 401"]);
        page.shows(200, &["<td>Staffetta</td><td>Si è messo in pausa: IO non riconosce"]);
        let resume = async || ada.post(&format!("{path}/riattiva"), &[]).await;
        resume().await.leads(&format!("{path}?fatto=riattivato"));
        resume().await.leads(&format!("{path}?fatto=attivo"));
        ada.get(&path).await.shows(200, &["<td>ada</td><td>Riattivato</td>"]);
    })
    .await;
}

#[tokio::test]
async fn a_trial_tells_what_io_says_of_the_key_and_sends_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let ada = &town.ada;
        let path = format!("/servizi/{}", town.tributi);
        let service = |key: &str, grant| SimulatedService {
            account: "ente".to_owned(),
            label: "Tributi".to_owned(),
            key: key.to_owned(),
            grant,
        };
        for (key, grant, words) in [
            ("un'altra", Grant::Full, "IO non riconosce la chiave"),
            (KEY, Grant::Nothing, "IO non consente a questo servizio"),
            (KEY, Grant::TestRecipients, "La chiave è giusta"),
            (KEY, Grant::Full, "La chiave è giusta"),
        ] {
            town.simulator.register(service(key, grant));
            let tried = ada.post(&format!("{path}/prova"), &[]).await;
            tried.leads(&format!("{path}?fatto=provata"));
            let page = ada.get(&format!("{path}?fatto=provata")).await;
            let told = page.body().split("role=\"status\">").nth(2).unwrap();
            assert!(told.starts_with(words), "{words}: {told}");
            page.hides(&[KEY]);
        }
        assert_eq!(town.simulator.stats(false)["messages"], 0);
        let events = town.store.events_of_service(&town.whole, town.tributi, 10).await.unwrap();
        let told: Vec<_> = events.iter().filter_map(|event| event.detail.as_deref()).collect();
        assert_eq!(told, ["right", "right", "not-permitted", "wrong-key"]);
        assert!(events.iter().take(4).all(|event| event.actor == "ada"));
    })
    .await;
}
