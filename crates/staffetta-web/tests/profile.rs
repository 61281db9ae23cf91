//! *Il tuo profilo* and *Invia una prova a me*, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, NotificationId};
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::testing::for_each_ledger;
use support::{Answer, PASSWORD, Town, Visitor};

/// An operator's, who does not exist.
const CODE: &str = "MRTMTT25D09F205Z";
/// The first of the town's list.
const OTHER: &str = "RSSMRA80A01H501U";

async fn keep_code(person: &Visitor) {
    person.post("/profilo/codice-fiscale", &[("fiscal_code", CODE)]).await.leads("/profilo?fatto=codice");
}

/// Sends what a page of a test shows.
async fn confirm(person: &Visitor, flow: FlowId, page: &Answer, more: &[(&str, &str)]) -> Answer {
    let fields = ["posizione", "seen", "form_token"].map(|name| (name, page.hidden(name)));
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend_from_slice(more);
    person.post(&format!("/flussi/{flow}/prova"), &form).await
}

fn sent(answer: &Answer) -> NotificationId {
    let to = answer.location();
    to.strip_prefix("/notifiche/").unwrap().strip_suffix("?aggiunta=prova").unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_profile_keeps_a_fiscal_code_that_is_one() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.nobody.get("/profilo").await.leads("/accedi?verso=/profilo");
        // Also who has no service, and who administers the ente.
        for person in [&town.dario, &town.ada] {
            let page = person.get("/profilo").await;
            page.shows(200, &["Il tuo profilo", "Solo in questo browser", "href=\"/profilo\""]);
        }
        let bruno = &town.bruno;
        let wrong = bruno.post("/profilo/codice-fiscale", &[("fiscal_code", "MRTMTT25D09F205X")]).await;
        wrong.shows(422, &["fiscal-code-fault", "value=\"MRTMTT25D09F205X\""]);
        keep_code(bruno).await;
        bruno.get("/profilo?fatto=codice").await.shows(200, &["è salvato", CODE]);
        town.carla.get("/profilo").await.hides(&[CODE]);
        town.ada
            .get("/ente")
            .await
            .shows(200, &["Codice fiscale nel proprio profilo: cambiato"])
            .hides(&[CODE]);
        let removed = bruno.post("/profilo/codice-fiscale", &[("fiscal_code", " ")]).await;
        removed.leads("/profilo?fatto=codice-tolto");
        bruno.get("/profilo").await.hides(&[CODE]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_other_sessions_end() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (here, elsewhere) = (&town.bruno, town.sign_in("bruno").await);
        here.get("/profilo").await.shows(200, &["anche in altri browser"]);
        here.post("/profilo/sessioni", &[]).await.leads("/profilo?fatto=sessioni");
        elsewhere.get("/profilo").await.leads("/accedi?verso=/profilo");
        here.get("/profilo").await.shows(200, &["Solo in questo browser"]);

        let new = "un'altra frase lunga";
        let change = async |current: &str, new: &str, again: &str| {
            here.post("/profilo/password", &[("current", current), ("new", new), ("again", again)]).await
        };
        for (current, new, again, fault) in [
            (PASSWORD, new, "diversa", "non sono uguali"),
            (PASSWORD, "undici-11ab", "undici-11ab", "almeno 12 caratteri"),
            ("sbagliata", new, new, "La password di adesso non è giusta"),
        ] {
            change(current, new, again).await.shows(422, &[fault]).hides(&[new, PASSWORD]);
        }
        let changed = change(PASSWORD, new, new).await;
        changed.leads("/profilo?fatto=password");
        assert!(changed.header("set-cookie").starts_with("__Host-staffetta="));
        // The session of before is over, too: a new one began.
        here.get("/profilo").await.leads("/accedi?verso=/profilo");
        let ente = town.whole.organization.to_string();
        for (password, status) in [(PASSWORD, 422), (new, 303)] {
            let form = [("name", "bruno"), ("password", password), ("organization", &ente)];
            let answer = town.nobody.post("/accedi", &form).await;
            assert_eq!(answer.status.as_u16(), status);
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_test_goes_to_who_asks_for_it_once_and_without_the_payment() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (bruno, flow) = (&town.bruno, town.inactive().await);
        let path = format!("/flussi/{flow}/prova?posizione=1");
        let preview = bruno.live().get(&format!("/flussi/{flow}/anteprima")).await;
        preview.shows(200, &[&format!("href=\"{path}\""), "Invia una prova a me"]);
        let profile = format!("href=\"/profilo?flusso={flow}&amp;posizione=1\"");
        bruno
            .get(&path)
            .await
            .shows(200, &["serve il tuo codice fiscale", &profile])
            .hides(&["Invia la prova"]);
        let kept = [("fiscal_code", CODE), ("flusso", &*flow.to_string()), ("posizione", "1")];
        bruno.post("/profilo/codice-fiscale", &kept).await.leads(&path);

        let page = bruno.get(&path).await;
        page.shows(
            200,
            &[
                "arriva subito, con IO, sul tuo telefono",
                CODE,
                "dati di un’altra persona",
                "TARI di Maria",
                "Parte senza",
            ],
        );
        page.hides(&["301000000000000001", "3010 0000", OTHER]);
        let first = confirm(bruno, flow, &page, &[]).await;
        let test = sent(&first);
        // Pressed twice.
        assert_eq!(sent(&confirm(bruno, flow, &page, &[]).await), test);
        let detail = town.store.find_notification(&town.whole, test).await.unwrap().unwrap();
        assert_eq!((detail.row.fiscal_code.as_str(), detail.row.test_of), (CODE, Some(flow)));
        assert_eq!((detail.row.flow, detail.row.amount, detail.row.notice_number), (None, None, None));
        assert_eq!(detail.subject, "TARI di Maria: il tuo avviso");
        bruno.get(first.location()).await.shows(
            200,
            &[
                "La prova è in coda",
                "test-badge",
                "il flusso non la conta",
                &format!("href=\"/flussi/{flow}\""),
            ],
        );
        // The same form, with another choice made after going back.
        confirm(bruno, flow, &page, &[("with_payment", "si")]).await.shows(409, &["è già partita la prova"]);
        let page = bruno.get(&path).await;
        let paid = sent(&confirm(bruno, flow, &page, &[("with_payment", "si")]).await);
        let paid = town.store.find_notification(&town.whole, paid).await.unwrap().unwrap().row;
        assert_eq!(paid.amount.map(|amount| amount.cents()), Some(1_999));
        assert_eq!(
            paid.notice_number.map(|number| number.as_str().to_owned()).as_deref(),
            Some("301000000000000001")
        );

        let found = town.bruno.post("/notifiche/elenca", &[("tests", "si")]).await;
        let list = town.bruno.get(found.location()).await;
        list.shows(200, &["test-badge", "value=\"si\" checked", &format!("/notifiche/{test}")]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_tried_is_what_was_seen_and_only_before_the_sending() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        keep_code(&town.bruno).await;
        let (bruno, flow) = (&town.bruno, town.active().await);
        let path = format!("/flussi/{flow}/prova");
        bruno.get(&format!("/flussi/{flow}")).await.shows(200, &["Invia una prova a me"]);
        for (person, status) in [(&town.carla, 403), (&town.elena, 404)] {
            person.get(&path).await.shows(status, &[]);
            person
                .post(&path, &[("posizione", "1"), ("seen", "00"), ("form_token", "x")])
                .await
                .shows(status, &[]);
        }
        let page = bruno.get(&format!("{path}?posizione=2")).await;
        page.shows(200, &["TARI di Luigi"]);
        // Another message than the one that was seen.
        let token = page.hidden("form_token");
        let form = [("posizione", "3"), ("seen", &page.hidden("seen")), ("form_token", &token)];
        bruno.post(&path, &form).await.shows(409, &["Il messaggio è cambiato", "TARI di Anna"]);
        bruno
            .post(&path, &[("posizione", "2"), ("seen", "niente"), ("form_token", "x")])
            .await
            .shows(409, &["Il messaggio è cambiato"]);
        sent(&confirm(bruno, flow, &page, &[]).await);
        bruno.get(&format!("/flussi/{flow}")).await.shows(200, &["Prova inviata a sé stessi"]);
        let summary = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary;
        assert_eq!((summary.recipients, summary.tally.total()), (3, 3));
        let late = bruno.get(&path).await;
        town.store.start_flow(&town.whole, flow, ActiveSeen::at(support::NOW), support::NOW).await.unwrap();
        confirm(bruno, flow, &late, &[]).await.shows(409, &["già partito"]);
        bruno.get(&path).await.shows(409, &["già partito"]).hides(&["Invia la prova"]);
        town.store.close().await;
    })
    .await;
}
