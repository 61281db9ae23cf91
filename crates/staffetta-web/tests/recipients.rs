//! The office's file, from its upload to *Attiva*, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use calamine::{Reader, Xlsx};
use futures_util::stream;
use staffetta_desk::{DraftText, create_draft};
use staffetta_domain::FlowId;
use staffetta_store::testing::for_each_ledger;
use std::io::Cursor;
use std::sync::Arc;
use support::{Answer, NOW, Still, Town, Visitor, example, recipients};

const ACCEPT: [(&str, &str); 1] = [("accept_valid", "true")];

impl Town {
    /// A draft with the text of the examples.
    async fn draft(&self) -> FlowId {
        let markdown = std::fs::read_to_string(example("avviso-tari.md")).unwrap();
        let text = DraftText {
            service: self.tributi,
            nature: "pagamento",
            description: "Avviso TARI",
            reference: None,
            subject: "Avviso TARI per {{cognome}}",
            markdown: &markdown,
        };
        create_draft(&self.store, &self.whole, text, NOW).await.unwrap()
    }

    async fn upload_example(&self, person: &Visitor, flow: FlowId, name: &str) -> Answer {
        person.upload(flow, name, &std::fs::read(example(name)).unwrap()).await
    }

    async fn read(&self, person: &Visitor, flow: FlowId, form: &[(&str, &str)]) -> Answer {
        person.post(&format!("{}/leggi", recipients(flow)), form).await
    }
}

fn fact(name: &str, value: &str) -> String {
    format!("<dt>{name}</dt><dd>{value}</dd>")
}

#[tokio::test]
async fn the_file_is_read_its_wrong_rows_told_and_the_good_ones_go_on() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let live = bruno.live();
        for name in ["elenco-300.csv", "elenco-300.xlsx"] {
            let flow = town.draft().await;
            let told = town.upload_example(&live, flow, name).await;
            told.shows(
                200,
                &[
                    name,
                    "8 righe del file sono sbagliate",
                    "Prosegui con le 291 righe giuste",
                    "È un codice di 11 cifre",
                    "39901000083134541",
                    "data-placeholder=\"Cognome\"",
                    "diventa la scadenza su IO: alle 23:59:59",
                    "Riga 256: ",
                    "due rate",
                ],
            );
            told.shows(
                200,
                &[if name.ends_with("csv") { "punto e virgola (caratteri Windows" } else { "File Excel" }],
            );
            assert_eq!(told.body().matches("<td class=\"number\">").count(), 8);
            for (name, value) in [
                ("Righe lette", "300"),
                ("Righe giuste", "291"),
                ("Righe scartate", "8"),
                ("Codici fiscali messi in ordine", "3"),
                ("Righe ripetute, tenute una volta sola", "1"),
                ("Righe della stessa persona con altro contenuto", "1"),
            ] {
                told.shows(200, &[&fact(name, value)]);
            }
            let sheet = bruno.get(&format!("/flussi/{flow}/righe-da-correggere")).await;
            assert!(
                sheet.header("content-disposition").contains("righe-da-correggere"),
                "{:?}",
                sheet.headers
            );
            let mut book = Xlsx::new(Cursor::new(sheet.bytes)).unwrap();
            assert_eq!(book.worksheet_range_at(0).unwrap().unwrap().rows().count(), 9);

            let told = town.read(&live, flow, &ACCEPT).await;
            told.shows(200, &["L&#39;elenco è pronto: 291 destinatari", &fact("Righe lette", "300")]);
            told.hides(&["Prosegui con"]);
            assert_eq!(told.header("hx-trigger"), "list-read");
        }
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_goes_from_one_recipient_to_the_next() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.draft().await);
        town.upload_example(&live, flow, "elenco-300.csv").await;
        town.read(&live, flow, &ACCEPT).await;
        let path = |position: i64| format!("/flussi/{flow}/anteprima?posizione={position}");
        let first = live.get(&path(1)).await;
        first.shows(
            200,
            &[
                "Destinatario 1 di 291",
                "Gentile Emma Lattanzi",
                "Scade il",
                "30/04/2027",
                "62,95",
                "3990 1002 7335 7586 49",
                "da 10 a 120",
                "Vai alla quadratura",
            ],
        );
        // Those that lead nowhere keep their places.
        first.shows(200, &["Precedente</button>", "Primo</button>"]).hides(&["Precedente</a>", "Primo</a>"]);
        live.get(&path(2)).await.shows(200, &["Precedente", "Destinatario 2 di 291", "Successivo"]);
        live.get(&path(9_999)).await.shows(200, &["Destinatario 291 di 291"]).hides(&["Successivo</a>"]);
        let page = bruno.get(&format!("/flussi/{flow}/componi?posizione=2")).await;
        page.shows(200, &["Destinatario 2 di 291", "pronto: 291", &fact("Righe lette", "300")]);
        let elsa = town.elsa.live();
        elsa.get(&path(1)).await.shows(200, &["serve chi può inviare"]).hides(&["Vai alla quadratura"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_goes_to_the_longest_the_shortest_and_whom_is_looked_for() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.draft().await);
        town.upload_example(&live, flow, "elenco-300.csv").await;
        town.read(&live, flow, &ACCEPT).await;
        let path = format!("/flussi/{flow}/anteprima");
        let facts = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().list.unwrap().facts;
        let (shortest, longest) = (facts.shortest_row.unwrap(), facts.longest_row.unwrap());
        let shown = live.get(&path).await;
        let leads = |row: i64| format!("hx-get=\"{path}?posizione={row}\"");
        shown.shows(200, &["Il più corto", &leads(shortest), "Il più lungo", &leads(longest)]);
        live.get(&format!("{path}?posizione={longest}")).await.hides(&["Il più lungo</a>"]);

        let seek = async |person: &Visitor, text: &str| {
            person.post(&path, &[("cerca", text), ("posizione", "2")]).await
        };
        seek(&live, " 290 ").await.shows(200, &["Destinatario 290 di 291"]);
        for beyond in ["0", "292"] {
            let fault = seek(&live, beyond).await;
            fault.shows(422, &["Scrivi un numero da 1 a 291", "Destinatario 2 di 291", "aria-invalid"]);
        }
        let code = "LTTMME92P66M919R";
        seek(&live, &code.to_lowercase()).await.shows(200, &["Destinatario 1 di 291", code]);
        seek(&live, "LTTMME92P66").await.shows(422, &["preview-seek-fault"]);
        seek(&live, "RSSMRA85T10A562S").await.shows(422, &["nessun messaggio per questo codice fiscale"]);
        // Without a script the page that follows says nothing of the person in its address.
        seek(bruno, code).await.leads(&format!("/flussi/{flow}/componi?posizione=1#anteprima"));
        seek(bruno, "292").await.shows(409, &["Scrivi un numero"]);
        // Each search by fiscal code is written down.
        assert_eq!(town.store.lookups(&town.whole, None, 10).await.unwrap().len(), 3);
        for (person, status) in [(&town.carla, 403), (&town.elena, 404)] {
            seek(person, "1").await.shows(status, &[]);
        }
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_balance_is_shown_and_what_was_seen_is_activated() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.draft().await);
        let address = format!("/flussi/{flow}/attiva");
        bruno
            .get(&address)
            .await
            .shows(200, &["Mancano i destinatari", "Torna a comporre"])
            .hides(&["name=\"list\""]);
        town.upload_example(&live, flow, "elenco-300.csv").await;
        bruno.get(&address).await.shows(200, &["l&#39;elenco non è ancora pronto"]);
        town.read(&live, flow, &ACCEPT).await;
        let list = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
        let list = list.to_string();
        bruno.get(&address).await.shows(
            200,
            &[
                "<strong>291</strong>",
                "<strong>110.098,17 €</strong>",
                &fact("Importo più piccolo", "40,25 €"),
                &fact("Importo più grande", "1.674,31 €"),
                "meno di un minuto",
                "due rate",
                &format!("name=\"list\" value=\"{list}\""),
            ],
        );
        let asked = bruno.post(&address, &[("list", &list)]).await;
        asked.shows(422, &["id=\"accept-fault\"", "serve la tua conferma", "aria-invalid=\"true\""]);
        let other = [("list", "1"), ("accept_different", "true")];
        if list != "1" {
            bruno.post(&address, &other).await.shows(409, &["L&#39;elenco è cambiato"]);
        }
        bruno.post(&address, &[("list", "uno")]).await.shows(400, &[]);
        let agreed = [("list", list.as_str()), ("accept_different", "true")];

        // The same list with the same message, in a second flow.
        let second = town.draft().await;
        town.upload_example(&live, second, "elenco-300.csv").await;
        let told = town.read(&live, second, &ACCEPT).await;
        let warning = format!("è già nel flusso {flow} del");
        told.shows(200, &[&warning, &format!("href=\"/flussi/{flow}\"")]);
        bruno
            .get(&format!("/flussi/{second}/attiva"))
            .await
            .shows(200, &[&warning, &format!("href=\"/flussi/{flow}\"")]);

        town.store.enable_service(&town.whole, town.tributi, false, NOW).await.unwrap();
        bruno.post(&address, &agreed).await.shows(409, &["Il servizio “Tributi” è disabilitato"]);
        town.store.enable_service(&town.whole, town.tributi, true, NOW).await.unwrap();
        bruno.post(&address, &agreed).await.leads(&format!("/flussi/{flow}"));
        let found = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!(found.summary.state, staffetta_domain::FlowState::Active);
        // What was left out can still be downloaded.
        let sheet = bruno.get(&format!("/flussi/{flow}/righe-da-correggere")).await;
        assert!(sheet.bytes.starts_with(b"PK"), "{:?}", sheet.status);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_can_be_no_list_is_refused_and_what_was_there_stays() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.draft().await);
        let none = live.upload(flow, "", b"").await;
        none.shows(422, &["Carica il file dei destinatari"]);
        let pdf = live.upload(flow, "C:\\modulo <1>.pdf", b"%PDF-1.7\n%\xe2\xe3\n").await;
        pdf.shows(200, &["Il file “modulo &#60;1&#62;.pdf” non è stato preso", "Il file è un PDF"]);
        pdf.hides(&["Resta quello che c"]);
        town.upload_example(&live, flow, "elenco-300.csv").await;
        town.read(&live, flow, &ACCEPT).await;
        let told = live.upload(flow, "senza.csv", b"CF;nome;Nome\nRSSMRA85T10A562S;Anna;Roma\n").await;
        told.shows(
            200,
            &[
                "“senza.csv” non è stato preso",
                "La colonna “Nome” c’è più di una volta",
                "Resta quello che c",
                "pronto: 291",
                "elenco-300.csv",
            ],
        );
        // The page shows the same to those without scripts.
        bruno
            .upload(flow, "vuoto.csv", b"codice_fiscale;nome\n")
            .await
            .leads(&format!("/flussi/{flow}/componi#destinatari"));
        bruno
            .get(&format!("/flussi/{flow}/componi"))
            .await
            .shows(200, &["“vuoto.csv” non è stato preso", "pronto: 291"]);
        // One that is a list, but not for this message, is kept.
        let other = live.upload(flow, "altro.csv", b"codice_fiscale;nome\nRSSMRA85T10A562S;Anna\n").await;
        other.shows(200, &["non vanno ancora d&#39;accordo", "altro.csv", "Il segnaposto “cognome”"]);
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_text_wants_the_list_checked_again() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let bruno = &town.bruno;
        let (live, flow) = (bruno.live(), town.draft().await);
        town.upload_example(&live, flow, "elenco-300.csv").await;
        town.read(&live, flow, &ACCEPT).await;
        let service = town.tributi.to_string();
        let text = [
            ("service", service.as_str()),
            ("nature", "informativo"),
            ("description", "Avviso TARI"),
            ("subject", "Un altro avviso"),
            ("markdown", &"Gentile {{nome}}, ".repeat(12)),
            ("version", "1"),
        ];
        live.post(&format!("/flussi/{flow}/bozza"), &text).await.shows(200, &["value=\"2\""]);
        let told = live.get(&recipients(flow)).await;
        told.shows(
            200,
            &["Il testo è cambiato dopo il controllo", "submit, load delay:2s", "Controlla l&#39;elenco"],
        );
        // Not by itself on a page just opened.
        bruno
            .get(&format!("/flussi/{flow}/componi"))
            .await
            .shows(200, &["read-again"])
            .hides(&["load delay:2s"]);
        // Rows that were wrong for the payment are good now: it asks anew all the same.
        let told = town.read(&live, flow, &[]).await;
        told.shows(200, &["righe del file sono sbagliate", "Prosegui con le 293 righe giuste"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_reading_is_not_waited_for() {
    for_each_ledger(async |ledger| {
        let town = Town::with_clock(ledger, Arc::new(Still { waits: false })).await;
        let live = town.bruno.live();
        let flow = town.draft().await;
        let mut told = town.upload_example(&live, flow, "elenco-5000.csv").await;
        told.shows(200, &["Sto leggendo il file", "hx-trigger=\"load delay:1s\""]);
        assert_eq!(told.header("hx-trigger"), "");
        let mut looks = 0;
        while told.body().contains("Sto leggendo") {
            looks += 1;
            assert!(looks < 100_000);
            tokio::task::yield_now().await;
            told = live.get(&recipients(flow)).await;
        }
        told.shows(200, &["Prosegui con le 4.975 righe giuste", &fact("Righe lette", "5.000")]);
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
        // After a restart nothing is remembered, and the page offers to read again.
        let ledger_again = staffetta_store::Store::open(ledger.options()).await.unwrap();
        assert!(ledger_again.draft_file(&town.whole, flow).await.unwrap().is_some());
        ledger_again.close().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_read_of_a_file_that_is_not_wanted() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.draft().await;
        let unread = || {
            Body::from_stream(stream::once(async {
                panic!("the body was read") as Result<Bytes, std::io::Error>
            }))
        };
        let carla = &town.carla;
        let answer = carla.send(Request::post(recipients(flow)), unread()).await;
        answer.shows(403, &[]);
        let elena = &town.elena;
        elena.send(Request::post(recipients(flow)), unread()).await.shows(404, &[]);
        let answer = town.nobody.live().send(Request::post(recipients(flow)), unread()).await;
        answer.shows(401, &["sessione è finita"]);
        let bruno = town.bruno.live();
        let huge = Request::post(recipients(flow)).header(header::CONTENT_LENGTH, 3_u64 << 30);
        bruno.send(huge, unread()).await.shows(413, &["Il file è troppo grande: il massimo è 2048 MB"]);
        // A browser that leaves in the middle leaves nothing.
        let start =
            "--CONFINE\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ncodice";
        let broken =
            Body::from_stream(stream::iter([Ok(Bytes::from(start)), Err(std::io::Error::other("gone"))]));
        bruno.send(Request::post(recipients(flow)), broken).await.shows(400, &[]);
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}
