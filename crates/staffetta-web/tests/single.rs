//! A single notification: who may write one, what is said of faults, and that one form is one message.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support_b;

use staffetta_store::testing::{TestLedger, for_each_ledger};
use support_b::{Answer, Town};

const TEXT: &str = "Gentile cittadina, ti aspettiamo lunedì alle 9 allo sportello dell'anagrafe: porta con te un \
documento e la ricevuta che hai avuto per posta.";

/// The number that a form was given.
fn token(page: &Answer) -> String {
    let (_, rest) = page.body().split_once("name=\"form_token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn count(ledger: &TestLedger) -> String {
    ledger.raw("select cast(count(*) as text) from notification").await.remove(0)
}

#[tokio::test]
async fn only_who_may_writes_one() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        for page in ["/notifiche/nuova", "/notifiche/anteprima"] {
            town.post("", page, &[]).await.leads("/accedi");
        }
        for other in [&town.carla, &town.dario] {
            town.get(other, "/notifiche/nuova").await.shows(403, &[]);
            town.post(other, "/notifiche/nuova", &[("form_token", "x")]).await.shows(403, &[]);
            town.post_part(other, "/notifiche/anteprima", &[]).await.shows(403, &[]);
        }
        let page = town.get(&town.bruno, "/notifiche/nuova").await;
        page.shows(200, &["Tributi", "Il messaggio parte subito e non si può richiamare", "data-no-enter"]);
        let form = [("service", "999"), ("form_token", "x")];
        town.post(&town.bruno, "/notifiche/nuova", &form).await.shows(403, &[]);
        town.post(&town.bruno, "/notifiche/nuova", &[]).await.shows(400, &[]);
        assert_eq!(count(ledger).await, "0");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn all_faults_are_told_at_their_fields_and_nothing_is_recorded() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let token = token(&town.get(&town.bruno, "/notifiche/nuova").await);
        let short = format!("<i>{}", "x".repeat(116));
        let form = [
            ("form_token", token.as_str()),
            ("fiscal_code", "RSSMRA80A01H501X"),
            ("subject", "nove car."),
            ("markdown", &short),
            ("due_date", "2027-02-31"),
            ("amount", "1.234"),
        ];
        let answer = town.post(&town.bruno, "/notifiche/nuova", &form).await;
        let fields = ["service", "fiscal_code", "subject", "markdown", "due_date", "amount", "notice_number"];
        for field in fields {
            answer.shows(422, &[&format!("id=\"{field}-fault\"")]);
        }
        answer.shows(
            422,
            &[
                "ne servono almeno 10",
                "ne servono almeno 120",
                "&#60;i&#62;xxx",
                "nove car.",
                "2027-02-31",
                &token,
            ],
        );
        assert_eq!(count(ledger).await, "0");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn one_form_is_one_message_and_leads_to_its_outcome() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let token = token(&town.get(&town.bruno, "/notifiche/nuova").await);
        let service = town.tributi.to_string();
        let form = |code: &'static str| {
            [
                ("form_token", token.as_str()),
                ("service", service.as_str()),
                ("fiscal_code", code),
                ("subject", "Appuntamento allo sportello"),
                ("markdown", TEXT),
            ]
        };
        let press = || town.post(&town.bruno, "/notifiche/nuova", &[]);
        press().await.shows(400, &[]);
        let (first, second) = {
            let form = form(" rssmra80a01h501u");
            tokio::join!(
                town.post(&town.bruno, "/notifiche/nuova", &form),
                town.post(&town.bruno, "/notifiche/nuova", &form)
            )
        };
        assert_eq!(count(ledger).await, "1");
        assert_eq!(first.location(), second.location());
        town.get(&town.bruno, first.location()).await.shows(
            200,
            &["è stata aggiunta", "codice fiscale è stato corretto", "RSSMRA80A01H501U", "every 1s", "bruno"],
        );
        // Written after going back: another notification, if that is what they want.
        let other = town.post(&town.bruno, "/notifiche/nuova", &form("VRDLGI85M01F205D")).await;
        other.shows(422, &["Con questo stesso modulo", "VRDLGI85M01F205D"]).hides(&[&token]);
        assert_eq!(count(ledger).await, "1");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_is_what_would_be_sent_and_can_do_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let service = town.tributi.to_string();
        let form = [
            ("service", service.as_str()),
            ("subject", "Prova <script>"),
            ("markdown", "**forte** <img src=x onerror=alert(1)> [qui](javascript:alert(1))"),
            ("due_date", "2027-01-31"),
            ("amount", "19,9"),
            ("notice_number", "301000000000000001"),
        ];
        let part = town.post_part(&town.bruno, "/notifiche/anteprima", &form).await;
        part.shows(
            200,
            &["Tributi", "Prova &#60;script&#62;", "<strong>forte</strong>", "31/01/2027", "19,90 €"],
        )
        .hides(&["<script", "<img", "href=", "<html"]);
        let whole = town.post(&town.bruno, "/notifiche/anteprima", &form).await;
        whole.shows(200, &["<html", "value=\"Prova &#60;script&#62;\"", "<strong>forte</strong>"]);
        town.post_part("", "/notifiche/anteprima", &form).await.shows(401, &["La tua sessione è finita"]);
        town.store.close().await;
    })
    .await;
}
