//! A single notification: who may write one, what is said of faults, and that one form is one message.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_store::notifications::SingleAdded;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{Answer, NOW, PASSWORD, Town, Visitor, single};

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
            town.nobody.post(page, &[]).await.leads("/accedi?verso=/notifiche/nuova");
        }
        for other in [&town.carla, &town.dario] {
            other.get("/notifiche/nuova").await.shows(403, &[]);
            other.post("/notifiche/nuova", &[("form_token", "x")]).await.shows(403, &[]);
            other.live().post("/notifiche/anteprima", &[]).await.shows(403, &[]);
        }
        let page = town.bruno.get("/notifiche/nuova").await;
        page.shows(200, &["Tributi", "Il messaggio parte subito e non si può richiamare", "data-no-enter"]);
        let form = [("service", "999"), ("form_token", "x")];
        town.bruno.post("/notifiche/nuova", &form).await.shows(403, &[]);
        town.bruno.post("/notifiche/nuova", &[]).await.shows(400, &[]);
        assert_eq!(count(ledger).await, "0");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn all_faults_are_told_at_their_fields_and_nothing_is_recorded() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let token = token(&town.bruno.get("/notifiche/nuova").await);
        let short = format!("<i>{}", "x".repeat(116));
        let form = [
            ("form_token", token.as_str()),
            ("fiscal_code", "RSSMRA80A01H501X"),
            ("subject", "nove car."),
            ("markdown", &short),
            ("due_date", "2027-02-31"),
            ("amount", "1.234"),
        ];
        let answer = town.bruno.post("/notifiche/nuova", &form).await;
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
        let token = token(&town.bruno.get("/notifiche/nuova").await);
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
        let press = || town.bruno.post("/notifiche/nuova", &[]);
        press().await.shows(400, &[]);
        let (first, second) = {
            let form = form(" rssmra80a01h501u");
            tokio::join!(
                town.bruno.post("/notifiche/nuova", &form),
                town.bruno.post("/notifiche/nuova", &form)
            )
        };
        assert_eq!(count(ledger).await, "1");
        assert_eq!(first.location(), second.location());
        town.bruno.get(first.location()).await.shows(
            200,
            &["è stata aggiunta", "codice fiscale è stato corretto", "RSSMRA80A01H501U", "every 1s", "bruno"],
        );
        // Written after going back: another notification, if that is what they want.
        let other = town.bruno.post("/notifiche/nuova", &form("VRDLGI85M01F205D")).await;
        other.shows(422, &["Con questo stesso modulo", "VRDLGI85M01F205D"]).hides(&[&token]);
        assert_eq!(count(ledger).await, "1");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_being_written_is_found_again_by_its_person_until_it_is_added() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let page = async |person: &Visitor| person.get("/notifiche/nuova").await;
        let token = token(&page(&town.bruno).await);
        let service = town.tributi.to_string();
        let form = [
            ("form_token", token.as_str()),
            ("service", service.as_str()),
            ("fiscal_code", "RSSMRA80A01H501U"),
            ("subject", "Appuntamento <b>"),
            ("markdown", "Gentile cittadina,\r\n\"ti aspettiamo\""),
        ];
        let live = town.bruno.live();
        live.post("/notifiche/anteprima", &form).await.shows(200, &["Appuntamento"]);
        page(&town.bruno).await.shows(
            200,
            &[
                "Ritrovi qui quello che stavi scrivendo il 18/11/2026",
                "non è stato inviato niente",
                "value=\"Appuntamento &#60;b&#62;\"",
                "&#34;ti aspettiamo&#34;</textarea>",
                "RSSMRA80A01H501U",
                "selected>Tributi",
                &token,
            ],
        );
        // It is nobody else's, nor does anybody else keep one who may not write.
        page(&town.ada).await.shows(200, &[]).hides(&["Ritrovi qui", "Appuntamento"]);
        town.carla.live().post("/notifiche/anteprima", &form).await.shows(403, &[]);
        town.carla.post("/notifiche/nuova/bozza", &form).await;
        let kept = ledger.raw("select cast(count(*) as text) from single_draft").await;
        assert_eq!(kept, ["1"]);
        // With its faults it is kept, too.
        let faulty = [form[0], form[1], ("subject", "nove car."), ("reference", "P/9")];
        town.bruno.post("/notifiche/nuova", &faulty).await.shows(422, &[]);
        page(&town.bruno).await.shows(200, &["nove car.", "value=\"P/9\""]).hides(&["Appuntamento"]);
        // Another window's form is not this one's to give up.
        town.bruno.post("/notifiche/nuova/scarta", &[("form_token", "altra")]).await.leads("/notifiche");
        page(&town.bruno).await.shows(200, &["Ritrovi qui"]);
        let over = [("form_token", token.as_str()), ("then", "new")];
        town.bruno.post("/notifiche/nuova/scarta", &over).await.leads("/notifiche/nuova");
        page(&town.bruno).await.hides(&["Ritrovi qui", "nove car.", &token]);
        // What was blanked is nothing to find.
        live.post("/notifiche/anteprima", &form).await.shows(200, &[]);
        live.post("/notifiche/anteprima", &[form[0], form[1]]).await.shows(200, &[]);
        page(&town.bruno).await.hides(&["Ritrovi qui"]);
        assert_eq!(count(ledger).await, "0");
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_while_it_is_written_loses_nothing_and_sends_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let token = token(&town.bruno.get("/notifiche/nuova").await);
        let service = town.tributi.to_string();
        let form = [
            ("form_token", token.as_str()),
            ("service", service.as_str()),
            ("fiscal_code", "RSSMRA80A01H501U"),
            ("subject", "Appuntamento allo sportello"),
            ("markdown", TEXT),
        ];
        town.end_session("bruno").await;
        let part = town.bruno.live().post("/notifiche/anteprima", &form).await;
        part.shows(401, &["La tua sessione è finita", "formaction=\"/notifiche/nuova/bozza\""]);
        for press in ["/notifiche/nuova", "/notifiche/nuova/bozza", "/notifiche/anteprima"] {
            let asked = town.bruno.post(press, &form).await;
            asked.shows(
                401,
                &["non è stato inviato niente", "name=\"written\"", "value=\"/notifiche/nuova\""],
            );
            // A wrong password keeps it, the right one leads back to it.
            let wrong = town.sign_in_on(&asked, "bruno", "sbagliata").await;
            wrong.shows(422, &["non sono giusti", "name=\"written\"", &TEXT[..30]]);
            let right = town.sign_in_on(&wrong, "bruno", PASSWORD).await;
            right.leads("/notifiche/nuova");
            assert_eq!(count(ledger).await, "0");
        }
        let again = town.sign_in("bruno").await;
        let page = again.get("/notifiche/nuova").await;
        page.shows(200, &["Ritrovi qui", "Appuntamento allo sportello", &TEXT[..30], &token]);
        let added = again.post("/notifiche/nuova", &form).await;
        assert_eq!(count(ledger).await, "1");
        again.get("/notifiche/nuova").await.hides(&["Ritrovi qui", &token]);
        // A saving that arrives after it was added brings nothing back, and the form is still that one message.
        again.live().post("/notifiche/anteprima", &form).await.shows(200, &[]);
        again.get("/notifiche/nuova").await.hides(&["Ritrovi qui", &token]);
        again.post("/notifiche/nuova", &form).await.leads(added.location());
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
        let part = town.bruno.live().post("/notifiche/anteprima", &form).await;
        part.shows(
            200,
            &["Tributi", "Prova &#60;script&#62;", "<strong>forte</strong>", "31/01/2027", "19,90 €"],
        )
        .hides(&["<script", "<img", "href=", "<html"]);
        let whole = town.bruno.post("/notifiche/anteprima", &form).await;
        whole.shows(200, &["<html", "value=\"Prova &#60;script&#62;\"", "<strong>forte</strong>"]);
        town.nobody
            .live()
            .post("/notifiche/anteprima", &form)
            .await
            .shows(401, &["La tua sessione è finita"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn one_that_went_wrong_is_the_beginning_of_another() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let SingleAdded::New(wrong) =
            town.store.add_single(&town.whole, &single(town.tributi), NOW).await.unwrap()
        else {
            panic!("not added");
        };
        let page = format!("/notifiche/{wrong}");
        let rewrite = format!("{page}/riscrivi");
        town.bruno.get(&page).await.hides(&["Correggi e scrivi di nuovo"]);
        town.bruno.post(&rewrite, &[]).await.shows(409, &["non si può correggere"]);
        ledger.raw(&format!("update notification set state = 6, reason = 10 where id = {wrong}")).await;
        town.bruno.get(&page).await.shows(200, &["Correggi e scrivi di nuovo"]);
        town.carla.get(&page).await.hides(&["Correggi e scrivi di nuovo"]);
        town.carla.post(&rewrite, &[]).await.shows(403, &[]);
        town.elena.post(&rewrite, &[]).await.shows(404, &[]);

        // What somebody is writing is not thrown away.
        let before = token(&town.bruno.get("/notifiche/nuova").await);
        let writing = [("form_token", before.as_str()), ("subject", "Un altro avviso")];
        town.bruno.live().post("/notifiche/anteprima", &writing).await.shows(200, &[]);
        town.bruno.post(&rewrite, &[]).await.shows(409, &["Stai già scrivendo"]);
        town.bruno.post("/notifiche/nuova/scarta", &[("form_token", &before)]).await;

        town.bruno.post(&rewrite, &[]).await.leads("/notifiche/nuova");
        let form = town.bruno.get("/notifiche/nuova").await;
        let id = wrong.to_string();
        let told = format!("prende il posto della {id}");
        form.shows(
            200,
            &[&told, "RSSMRA80A01H501U", "Appuntamento confermato", "Gentile cittadina, Gentile"],
        );
        let tributi = town.tributi.to_string();
        let token = token(&form);
        let corrected = [
            ("form_token", token.as_str()),
            ("corrects", id.as_str()),
            ("service", tributi.as_str()),
            ("fiscal_code", "VRDLGI85M01F205D"),
            ("subject", "Appuntamento confermato"),
            ("markdown", TEXT),
        ];
        let added = town.bruno.post("/notifiche/nuova", &corrected).await;
        let to = added.header("location").split('?').next().unwrap().to_owned();
        town.bruno.get(&to).await.shows(200, &["Scritta al posto di un", &format!("notifica {id}")]);
        town.bruno.get(&page).await.shows(200, &["Corretta e scritta di nuovo"]);
        let again = [
            ("form_token", "un-altro-modulo"),
            corrected[1],
            corrected[2],
            corrected[3],
            corrected[4],
            corrected[5],
        ];
        town.bruno
            .post("/notifiche/nuova", &again)
            .await
            .shows(422, &["Non è stato inviato niente", "è già stata scritta"]);
        assert_eq!(count(ledger).await, "2");
        town.store.close().await;
    })
    .await;
}
