//! *Gestione servizi*: whose it is, what is refused at which field, what is recorded, on both databases.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "tests")]

mod support_c;

use axum::http::StatusCode;
use secrecy::ExposeSecret;
use staffetta_domain::{Reason, Rights};
use staffetta_io::simulator::gate::{Grant, SimulatedService};
use staffetta_store::testing::for_each_ledger;
use support_c::{KEY, NOW, Pages, URL};

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
        let pages = Pages::open(ledger).await;
        let (ada, bruno) = (pages.sign_in("ada").await, pages.sign_in("bruno").await);
        let one = format!("/servizi/{}", pages.tributi);
        for path in ["/servizi", "/servizi/nuovo", &one] {
            assert_eq!(pages.get(&ada, path).await.status, StatusCode::OK, "{path}");
            assert_eq!(pages.get(&bruno, path).await.status, StatusCode::FORBIDDEN, "{path}");
            assert!(pages.get("", path).await.location.unwrap().starts_with("/accedi?verso=/servizi"));
        }
        let form = form("Rinominato", URL, "");
        for path in ["/servizi/nuovo", &one, &format!("{one}/riattiva"), &format!("{one}/prova")] {
            assert_eq!(pages.post(&bruno, path, &form).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(pages.post("", path, &form).await.location.as_deref(), Some("/accedi"), "{path}");
        }
        assert!(pages.get(&ada, "/flussi").await.body.contains("href=\"/servizi\""));
        assert!(!pages.get(&bruno, "/flussi").await.body.contains("href=\"/servizi\""));
        for gone in ["/servizi/999", "/servizi/uno"] {
            assert_eq!(pages.get(&ada, gone).await.status, StatusCode::NOT_FOUND, "{gone}");
            assert_eq!(pages.post(&ada, gone, &form).await.status, StatusCode::NOT_FOUND, "{gone}");
        }
        let events = pages.store.events_of_service(&pages.whole, pages.tributi, 10).await.unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
    })
    .await;
}

#[tokio::test]
async fn a_service_is_added_and_its_key_never_comes_out() {
    for_each_ledger(async |ledger| {
        let pages = Pages::open(ledger).await;
        let ada = pages.sign_in("ada").await;
        let add = async |form: &[(&str, &str)]| pages.post(&ada, "/servizi/nuovo", form).await;
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        add(&form("Mensa", URL, "")).await.shows(wrong, "key-fault");
        add(&form(" ", URL, KEY)).await.shows(wrong, "name-fault");
        add(&form("Tributi", URL, KEY)).await.shows(wrong, "name-fault");
        add(&form("Mensa", "http://10.0.0.7", KEY)).await.shows(wrong, "url-fault");
        add(&form("Mensa", "https://10.0.0.7", KEY)).await.shows(wrong, "STAFFETTA_ALLOW_PRIVATE_URLS");
        // What was typed comes back escaped, the key not at all.
        let hostile = add(&form("<script>\"", URL, "due parole")).await;
        hostile.shows(wrong, "&#60;script&#62;&#34;");
        assert!(!hostile.body.contains("due parole"));
        assert_eq!(pages.store.services(&pages.whole, Rights::LOOK).await.unwrap().len(), 2);

        let mut mensa = form("Mensa", URL, KEY);
        mensa[1] = ("io_service_id", " 01GQQZ9HF5GAPRVKJM1VDAVFHM ");
        mensa[4] = ("max_amount", "2500");
        mensa.truncate(5);
        let added = add(&mensa).await;
        let service = pages.store.service_by_name(&pages.whole, "Mensa").await.unwrap().unwrap();
        added.leads(&format!("/servizi/{}?fatto=aggiunto", service.id));
        assert_eq!(service.io_service_id.as_deref(), Some("01GQQZ9HF5GAPRVKJM1VDAVFHM"));
        assert_eq!((service.max_amount.cents(), service.enabled), (250_000, false));
        let page = pages.get(&ada, added.location.as_deref().unwrap()).await;
        page.shows(StatusCode::OK, "Una chiave è registrata").shows(StatusCode::OK, "2.500,00");
        page.shows(StatusCode::OK, "<td>ada</td><td>Aggiunto</td>");
        assert!(!page.body.contains(KEY));
        pages.get(&ada, "/servizi").await.shows(StatusCode::OK, "Disabilitato");
    })
    .await;
}

#[tokio::test]
async fn only_what_differs_is_changed_and_another_address_wants_the_key() {
    for_each_ledger(async |ledger| {
        let pages = Pages::open(ledger).await;
        let ada = pages.sign_in("ada").await;
        let path = format!("/servizi/{}", pages.tributi);
        let save = async |form: &[(&str, &str)]| pages.post(&ada, &path, form).await;
        save(&form("Tributi", URL, "")).await.leads(&format!("{path}?fatto=niente"));
        let refused = save(&form("Tributi e tasse", MOVED, "")).await;
        refused.shows(StatusCode::UNPROCESSABLE_ENTITY, "key-fault");
        refused.shows(StatusCode::UNPROCESSABLE_ENTITY, "Tributi e tasse");
        let taken = save(&form("Anagrafe", URL, KEY)).await;
        taken.shows(StatusCode::UNPROCESSABLE_ENTITY, "scrivi di nuovo anche la chiave");
        save(&form("Tributi e tasse", MOVED, "altra-chiave")).await.leads(&format!("{path}?fatto=salvato"));
        let mut off = form("Tributi e tasse", MOVED, "");
        off.truncate(5);
        save(&off).await.leads(&format!("{path}?fatto=salvato"));
        let found = pages.store.service(&pages.whole, pages.tributi).await.unwrap().unwrap();
        assert_eq!(
            (found.name.as_str(), found.base_url.as_str(), found.enabled),
            ("Tributi e tasse", MOVED, false)
        );
        let to_try = pages.store.service_to_try(&pages.whole, pages.tributi).await.unwrap().unwrap();
        assert_eq!(to_try.key.expose_secret(), "altra-chiave");
        let page = pages.get(&ada, &path).await;
        page.shows(StatusCode::OK, "<td>Modificato: nome, indirizzo, chiave</td>");
        page.shows(StatusCode::OK, "<td>Disabilitato</td>");
    })
    .await;
}

#[tokio::test]
async fn a_paused_service_says_why_and_is_reactivated_once() {
    for_each_ledger(async |ledger| {
        let pages = Pages::open(ledger).await;
        let ada = pages.sign_in("ada").await;
        let path = format!("/servizi/{}", pages.tributi);
        assert!(!pages.get(&ada, &path).await.body.contains("/riattiva"));
        let (reason, told) = (Reason::KeyRefused, Some("HTTP 401"));
        assert!(pages.store.pause_service(pages.tributi, reason, told, NOW).await.unwrap());
        pages.get(&ada, "/servizi").await.shows(StatusCode::OK, "IO non riconosce la chiave del servizio");
        let page = pages.get(&ada, &path).await;
        page.shows(StatusCode::OK, "/riattiva").shows(StatusCode::OK, "IO ha detto: HTTP 401");
        page.shows(StatusCode::OK, "<td>Staffetta</td><td>Si è messo in pausa: IO non riconosce");
        let resume = async || pages.post(&ada, &format!("{path}/riattiva"), &[]).await;
        resume().await.leads(&format!("{path}?fatto=riattivato"));
        resume().await.leads(&format!("{path}?fatto=attivo"));
        pages.get(&ada, &path).await.shows(StatusCode::OK, "<td>ada</td><td>Riattivato</td>");
    })
    .await;
}

#[tokio::test]
async fn a_trial_tells_what_io_says_of_the_key_and_sends_nothing() {
    for_each_ledger(async |ledger| {
        let pages = Pages::open(ledger).await;
        let ada = pages.sign_in("ada").await;
        let path = format!("/servizi/{}", pages.tributi);
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
            pages.simulator.register(service(key, grant));
            let tried = pages.post(&ada, &format!("{path}/prova"), &[]).await;
            tried.leads(&format!("{path}?fatto=provata"));
            let page = pages.get(&ada, &format!("{path}?fatto=provata")).await;
            let told = page.body.split("role=\"status\">").nth(2).unwrap();
            assert!(told.starts_with(words), "{words}: {told}");
            assert!(!page.body.contains(KEY));
        }
        assert_eq!(pages.simulator.stats(false)["messages"], 0);
        let events = pages.store.events_of_service(&pages.whole, pages.tributi, 10).await.unwrap();
        let told: Vec<_> = events.iter().filter_map(|event| event.detail.as_deref()).collect();
        assert_eq!(told, ["right", "right", "not-permitted", "wrong-key"]);
        assert!(events.iter().take(4).all(|event| event.actor == "ada"));
    })
    .await;
}
