//! The office's file, read as its operator says on the page; on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::body::Body;
use axum::http::Request;
use calamine::{Reader, Xlsx};
use staffetta_desk::{DraftText, create_draft};
use staffetta_domain::FlowId;
use staffetta_store::testing::for_each_ledger;
use std::io::Cursor;
use support::{Answer, NOW, Town, Visitor, recipients};

const LIST: &str = "intestatario;dovuto;quando;avviso
RSSMRA85T10A562S;19,99;30/06/2027;301000000000000001
MRTMTT25D09F205;2,50;30/06/2027;301000000000000002
";
const CHOSEN: [(&str, &str); 4] = [
    ("column-0", "fiscal-code"),
    ("column-1", "amount"),
    ("column-2", "due-date"),
    ("column-3", "notice-number"),
];

impl Town {
    async fn draft(&self) -> FlowId {
        let text = DraftText {
            service: self.tributi,
            nature: "pagamento",
            description: "Avviso",
            reference: None,
            subject: "Avviso di pagamento",
            markdown: &"Le scriviamo per un avviso di pagamento a suo nome. ".repeat(5),
        };
        create_draft(&self.store, &self.whole, text, NOW).await.unwrap()
    }
}

async fn exclude(person: &Visitor, flow: FlowId, text: &str) -> Answer {
    let body = format!(
        "--CONFINE\r\nContent-Disposition: form-data; name=\"file\"; filename=\"pagati.csv\"\r\n\r\n{text}\r\n--CONFINE--\r\n"
    );
    person.send(Request::post(format!("{}/esclusi", recipients(flow))), Body::from(body)).await
}

#[tokio::test]
async fn columns_are_said_cells_put_right_and_people_left_out() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let live = town.bruno.live();
        let flow = town.draft().await;
        let at = recipients(flow);
        let told = live.upload(flow, "elenco.csv", LIST.as_bytes()).await;
        told.shows(
            200,
            &[
                "Manca la colonna del codice fiscale",
                "punto e virgola",
                "<details class=\"compose-columns\" id=\"columns\" open>",
                "RSSMRA85T10A562S · MRTMTT25D09F205",
            ],
        );
        let told = live.post(&format!("{at}/colonne"), &CHOSEN).await;
        told.shows(
            200,
            &[
                "Codice fiscale di lunghezza sbagliata <span class=\"compose-kind-count\">1</span>",
                "name=\"value\" value=\"MRTMTT25D09F205\"",
                "Prosegui con la sola riga giusta",
            ],
        );
        let file = told.hidden("file");
        let cell = |value| [("file", &*file), ("line", "3"), ("column", "intestatario"), ("value", value)];
        let told = live.post(&format!("{at}/cella"), &cell("MRTMTT25D09F205Z")).await;
        told.shows(200, &["pronto: 2 destinatari", "<dt>Celle corrette qui</dt><dd>1</dd>"]);

        let sheet = town.bruno.get(&format!("/flussi/{flow}/elenco-controllato")).await;
        let mut book = Xlsx::new(Cursor::new(sheet.bytes)).unwrap();
        assert_eq!(book.worksheet_range_at(0).unwrap().unwrap().rows().count(), 3);

        let told = exclude(&live, flow, "nome\nAnna\n").await;
        told.shows(422, &["non ha né il codice fiscale né il numero avviso", "pronto: 2 destinatari"]);
        let told = exclude(&live, flow, "numero avviso\n301000000000000009\n").await;
        told.shows(200, &["il file degli esclusi non esclude nessuno", "un numero avviso da escludere"]);
        let told = exclude(&live, flow, "numero avviso\n301000000000000002\n").await;
        told.shows(200, &["è pronto: un destinatario", "<dt>Righe lasciate fuori</dt><dd>1</dd>"]);
        let page = town.bruno.get(&format!("/flussi/{flow}/attiva")).await;
        page.shows(
            200,
            &[
                "<dt>Righe lasciate fuori</dt><dd>1</dd>",
                "<dt>Prima scadenza</dt><dd>30/06/2027</dd>",
                "<dt>Celle corrette qui</dt><dd>1</dd>",
            ],
        );
        live.post(&format!("{at}/esclusi/togli"), &[]).await.shows(200, &["pronto: 2 destinatari"]);

        // What was seen of a file says nothing of the next one.
        live.upload(flow, "elenco.csv", LIST.as_bytes()).await;
        live.post(&format!("{at}/cella"), &cell("X")).await.shows(409, &["la correzione non è stata presa"]);
        assert_eq!(town.left_behind(), 0);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_with_several_days_is_divided_once() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let (live, flow) = (town.bruno.live(), town.draft().await);
        let page = format!("/flussi/{flow}");
        let trace = "taxcode,expedition_date,notice_number,amount
RSSMRA85T10A562S,2027-01-04,301000000000000001,100
MRTMTT25D09F205Z,,301000000000000002,200
";
        let told = live.upload(flow, "traccia.csv", trace.as_bytes()).await;
        told.shows(200, &["Questo elenco ha 2 date di spedizione", "senza data", "Dividi in 2 flussi"]);
        let list = told.hidden("list");
        town.bruno.get(&format!("{page}/divisi")).await.shows(404, &[]);
        town.bruno
            .post(&format!("{page}/dividi"), &[("list", "999")])
            .await
            .shows(409, &["non si può dividere"]);
        let divided = [("list", list.as_str())];
        town.bruno.post(&format!("{page}/dividi"), &divided).await.leads(&format!("{page}/divisi"));
        let parts = ["Il flusso è diviso in 2", "spedizione senza data", "spedizione 04/01/2027"];
        town.bruno.get(&format!("{page}/divisi")).await.shows(200, &parts);
        town.bruno.post(&format!("{page}/dividi"), &divided).await.shows(409, &["non si può dividere"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn pasted_codes_are_a_file_and_forms_made_by_hand_change_nothing() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let live = town.bruno.live();
        let flow = town.draft().await;
        let at = recipients(flow);
        let paste = async |codes: &str| live.post(&format!("{at}/incolla"), &[("codes", codes)]).await;
        paste(" \n;").await.shows(422, &["Non c&#39;è nessun codice"]);
        paste("RSSMRA85T10A562S MRTMTT25D09F205Z").await.shows(200, &["codici incollati.csv", "importo"]);
        for (path, form) in [
            ("colonne", &[("column-0", "altro")][..]),
            ("colonne", &[("column-0", ""), ("column-1", "")]),
            ("foglio", &[("sheet", "Elenco")]),
        ] {
            live.post(&format!("{at}/{path}"), form).await.shows(400, &[]);
        }
        // Who may only look changes nothing.
        let look = town.carla.live();
        for (path, form) in [
            ("colonne", &[("column-0", "fiscal-code")][..]),
            ("foglio", &[("sheet", "Elenco")]),
            ("incolla", &[("codes", "RSSMRA85T10A562S")]),
            ("cella", &[("file", "1"), ("line", "2"), ("column", "codice_fiscale"), ("value", "X")]),
            ("esclusi/togli", &[]),
        ] {
            let told = look.post(&format!("{at}/{path}"), form).await;
            assert!([403, 404].contains(&told.status.as_u16()), "{path}: {}", told.status);
        }
        let told = exclude(&look, flow, "cf\nRSSMRA85T10A562S\n").await;
        assert!([403, 404].contains(&told.status.as_u16()), "{}", told.status);
        let kept = town.store.draft_file(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!((kept.revision, kept.meanings), (1, None));
        town.store.close().await;
    })
    .await;
}
