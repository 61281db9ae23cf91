//! A flow is made, written and saved on its page, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::FlowId;
use staffetta_store::testing::for_each_ledger;
use support::{NOW, PASSWORD, Town, Visitor, example};

impl Town {
    /// A flow just made by someone.
    async fn new_flow(&self, person: &Visitor) -> FlowId {
        let service = self.tributi.to_string();
        let form = [("service", service.as_str()), ("nature", "pagamento"), ("description", "Avviso TARI")];
        let made = person.post("/flussi/nuovo", &form).await;
        let to = made.header("location").to_owned();
        to.strip_prefix("/flussi/").unwrap().strip_suffix("/componi").unwrap().parse().unwrap()
    }

    /// Saves texts as the page does.
    async fn save<'a>(&self, person: &Visitor, flow: FlowId, more: &[(&'a str, &'a str)]) -> support::Answer {
        let service = self.tributi.to_string();
        let mut form = vec![("service", service.as_str()), ("nature", "pagamento")];
        for (name, value) in [("description", "Avviso TARI"), ("subject", ""), ("markdown", "")] {
            if !more.iter().any(|(given, _)| *given == name) {
                form.push((name, value));
            }
        }
        form.extend_from_slice(more);
        person.post(&format!("/flussi/{flow}/bozza"), &form).await
    }
}

#[tokio::test]
async fn a_new_flow_wants_a_service_of_the_persons_a_nature_and_a_description() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let page = bruno.get("/flussi/nuovo").await;
        page.shows(200, &["Nuovo flusso", "Tributi", "Informativo", "data-lens=\"service-lens\""]);
        page.hides(&["Anagrafe"]);
        let empty = bruno.post("/flussi/nuovo", &[("description", "<b>  ")]).await;
        empty.shows(422, &["Scegli il servizio", "Scegli la natura", "value=\"&#60;b&#62;  \""]);
        let foreign = town.anagrafe.to_string();
        let form = [("service", foreign.as_str()), ("nature", "pagamento"), ("description", "x")];
        bruno
            .post("/flussi/nuovo", &form)
            .await
            .shows(422, &["id=\"service-fault\"", "non è abilitato per te"]);
        let flow = town.new_flow(bruno).await;
        let found = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!((found.summary.created_by.as_str(), found.summary.service), ("bruno", town.tributi));
        let page = bruno.get(&format!("/flussi/{flow}/componi")).await;
        page.shows(
            200,
            &[
                "Componi il flusso",
                "Avviso TARI",
                "name=\"version\" value=\"1\"",
                "hx-sync=\"this:queue last\"",
            ],
        );

        town.store.enable_service(&town.whole, town.tributi, false, NOW).await.unwrap();
        bruno.get("/flussi/nuovo").await.shows(403, &["Non sei abilitato"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn each_page_is_for_those_who_may() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.new_flow(&town.bruno).await;
        let nobody = town.nobody;
        nobody.get("/flussi/nuovo").await.leads("/accedi?verso=/flussi/nuovo");
        nobody
            .get(&format!("/flussi/{flow}/attiva"))
            .await
            .leads(&format!("/accedi?verso=/flussi/{flow}/attiva"));
        let parts = ["componi", "destinatari", "anteprima", "attiva", "divisi"];
        for (person, status) in [(&town.carla, 403), (&town.elena, 404)] {
            for part in parts {
                person.get(&format!("/flussi/{flow}/{part}")).await.shows(status, &[]);
            }
            let posts = [
                ("bozza", ""),
                ("destinatari/leggi", ""),
                ("attiva", "1"),
                ("dividi", "1"),
                ("destinatari/gia-ricevuto", ""),
                ("destinatari/gia-ricevuto/rimetti", ""),
            ];
            for (part, list) in posts {
                let answer = person.post(&format!("/flussi/{flow}/{part}"), &[("list", list)]).await;
                answer.shows(status, &[]);
            }
        }
        town.carla.get("/flussi/nuovo").await.shows(403, &[]);
        let elsa = &town.elsa;
        elsa.get(&format!("/flussi/{flow}/componi")).await.shows(200, &[]);
        elsa.get(&format!("/flussi/{flow}/attiva")).await.shows(403, &[]);
        elsa.post(&format!("/flussi/{flow}/attiva"), &[("list", "1")]).await.shows(403, &[]);
        for gone in ["/flussi/999999/componi", "/flussi/uno/componi"] {
            elsa.get(gone).await.shows(404, &[]);
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_saves_itself_and_tells_what_it_kept_back() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.new_flow(bruno).await);
        let text = [("subject", "Avviso <i>"), ("markdown", "Gentile {{nome}}"), ("version", "1")];
        let saved = town.save(&live, flow, &text).await;
        saved.shows(200, &["Bozza salvata alle ", "name=\"version\" value=\"2\""]);
        assert_eq!(saved.header("hx-trigger"), "draft-saved, draft-changed");
        // The same again, as after an answer that was lost.
        let again = town.save(&live, flow, &text).await;
        again.shows(200, &["value=\"2\""]);
        let same = town.save(&live, flow, &[text[0], text[1], ("version", "2")]).await;
        assert_eq!(same.header("hx-trigger"), "draft-saved");

        let blank = [("description", " "), ("subject", "Avviso due"), ("version", "2")];
        let kept_back = town.save(&live, flow, &blank).await;
        kept_back.shows(200, &["ma non tutto", "La descrizione non può essere vuota", "value=\"3\""]);
        let stale = town.save(&live, flow, &[("subject", "Vecchio"), ("version", "2")]).await;
        stale.shows(409, &["in un&#39;altra finestra", "data-draft-reload"]).hides(&["name=\"version\""]);
        assert_eq!(stale.header("hx-trigger"), "draft-unsaved");
        let other = town.new_flow(bruno).await;
        town.save(&live, other, &[("reference", "TARI/1")]).await.shows(200, &[]);
        let taken = town.save(&live, flow, &[("reference", "TARI/1"), ("version", "3")]).await;
        taken.shows(200, &[&format!("già del flusso {other}"), "#reference-fault"]);
        let found = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!((found.summary.description.as_str(), found.version), ("Avviso TARI", 4));

        town.store.enable_service(&town.whole, town.tributi, false, NOW).await.unwrap();
        let disabled = town.save(&live, flow, &[("subject", "Tre"), ("version", "4")]).await;
        disabled.shows(422, &["La bozza non è salvata", "non è abilitato per te"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn when_the_session_is_over_the_text_stays_with_the_person() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let flow = town.new_flow(bruno).await;
        bruno.post("/esci", &[]).await.leads("/accedi");
        let text = [("subject", "Avviso \"A\""), ("markdown", "\nUna <riga>"), ("version", "1")];
        let told = town.save(&bruno.live(), flow, &text).await;
        told.shows(401, &["sessione è finita", "href=\"/accedi\" target=\"_blank\""]);
        told.hides(&["name=\"version\""]);
        let told = town.save(bruno, flow, &text).await;
        told.shows(401, &["Avviso &#34;A&#34;", ">\n\nUna &#60;riga&#62;</textarea>", "target=\"_blank\""]);
        // The other parts of the page stay too.
        bruno.live().get(&format!("/flussi/{flow}/anteprima")).await.shows(401, &["sessione è finita"]);
        let again = town.sign_in("bruno").await;
        town.save(&again.live(), flow, &text).await.shows(200, &["Bozza salvata"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_script_the_same_form_saves() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let flow = town.new_flow(bruno).await;
        let text = [("subject", "Avviso"), ("markdown", "uno\r\ndue"), ("version", "1")];
        town.save(bruno, flow, &text).await.leads(&format!("/flussi/{flow}/componi"));
        let found = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!(found.markdown, "uno\ndue");
        // A stale window gets its own text back.
        let stale = [("subject", "Il mio testo"), ("version", "1")];
        let told = town.save(bruno, flow, &stale).await;
        told.shows(409, &["value=\"Il mio testo\"", "in un&#39;altra finestra"]);
        let blank = [("description", ""), ("subject", "Avviso tre"), ("version", "2")];
        let told = town.save(bruno, flow, &blank).await;
        told.shows(422, &["La descrizione non può", "name=\"version\" value=\"3\"", "value=\"Avviso tre\""]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_text_is_shown_as_the_app_shows_it_and_can_do_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let flow = town.new_flow(bruno).await;
        let markdown =
            "---\n**forte** <script>alert(1)</script> ![logo](https://altrove.it/x.png) {{via}}\n\n---";
        town.save(bruno, flow, &[("subject", "Breve"), ("markdown", markdown)]).await;
        let shown = bruno.live().get(&format!("/flussi/{flow}/anteprima?posizione=7")).await;
        shown.shows(
            200,
            &[
                "<strong>forte</strong>",
                "&lt;script&gt;",
                "[Immagine: logo]",
                "segnaposto si vedono",
                "{{via}}",
                "L’oggetto ha 5 caratteri",
                "Le prime righe del contenuto",
                "copia che IO manda per e-mail",
                "Del contenuto non si legge niente",
            ],
        );
        shown.hides(&["<img"]);
        let page = bruno.get(&format!("/flussi/{flow}/anteprima?posizione=7")).await;
        page.leads(&format!("/flussi/{flow}/componi?posizione=7#anteprima"));
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_that_is_no_draft_any_more_has_its_own_page() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let flow = town.new_flow(bruno).await;
        let markdown = std::fs::read_to_string(example("avviso-tari.md")).unwrap();
        town.save(bruno, flow, &[("subject", "Avviso TARI"), ("markdown", &markdown)]).await;
        bruno.upload(flow, "elenco.csv", &std::fs::read(example("elenco-300.csv")).unwrap()).await;
        let read =
            bruno.post(&format!("/flussi/{flow}/destinatari/leggi"), &[("accept_valid", "true")]).await;
        read.leads(&format!("/flussi/{flow}/componi#destinatari"));
        let list = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
        let agreed = [("list", &*list.to_string()), ("accept_different", "true")];
        bruno.post(&format!("/flussi/{flow}/attiva"), &agreed).await.leads(&format!("/flussi/{flow}"));
        for part in ["componi", "destinatari", "anteprima", "attiva"] {
            bruno.get(&format!("/flussi/{flow}/{part}")).await.leads(&format!("/flussi/{flow}"));
        }
        bruno.post(&format!("/flussi/{flow}/attiva"), &agreed).await.leads(&format!("/flussi/{flow}"));
        let part = bruno.live().get(&format!("/flussi/{flow}/anteprima")).await;
        assert_eq!(
            (part.status.as_u16(), part.header("hx-redirect")),
            (200, format!("/flussi/{flow}").as_str())
        );
        let late = town.save(&bruno.live(), flow, &[("subject", "Tardi")]).await;
        late.shows(409, &["non è più Inattivo"]);
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_before_the_flow_is_there_loses_no_field() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let service = town.tributi.to_string();
        let form = [("service", service.as_str()), ("nature", "pagamento"), ("description", "TARI \"2027\"")];
        town.end_session("bruno").await;
        let asked = town.bruno.post("/flussi/nuovo", &form).await;
        asked.shows(401, &["La tua sessione è finita", "value=\"/flussi/nuovo\""]);
        let wrong = town.sign_in_on(&asked, "bruno", "sbagliata").await;
        wrong.shows(422, &["non sono giusti"]);
        let right = town.sign_in_on(&wrong, "bruno", PASSWORD).await;
        assert!(right.location().starts_with("/flussi/nuovo?modulo="), "{}", right.location());
        let bruno = town.sign_in("bruno").await;
        let page = bruno.get(right.location()).await;
        page.shows(200, &["value=\"TARI &#34;2027&#34;\"", "value=\"pagamento\" selected"]);
        // It is its person's, and no flow was made of it.
        let ada = town.ada.get(right.location()).await;
        ada.shows(200, &[]).hides(&["2027"]);
        bruno.get("/flussi").await.shows(200, &["ancora nessun flusso"]);
        town.store.close().await;
    })
    .await;
}
