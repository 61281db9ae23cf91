//! *Modelli*: what is shown to whom, a flow that begins with one, and one that is kept from a flow.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use calamine::{Data, Reader, Xlsx};
use staffetta_domain::FlowId;
use staffetta_store::testing::for_each_ledger;
use std::io::Cursor;
use support::{Answer, Town};

const CARD: &str = "/modelli/carta-identita";

/// The rows of a workbook that was given away.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    assert!(answer.header("content-type").contains("spreadsheetml"), "{:?}", answer.headers);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    };
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

impl Town {
    /// A flow that begins with a model.
    async fn begun_with(&self, model: &str, nature: &str) -> FlowId {
        let service = self.tributi.to_string();
        let form =
            [("service", service.as_str()), ("model", model), ("nature", nature), ("description", "Carte")];
        let made = self.elsa.post("/flussi/nuovo", &form).await;
        let to = made.header("location").to_owned();
        to.split('/').nth(2).unwrap_or_else(|| panic!("{}", made.body())).parse().unwrap()
    }
}

#[tokio::test]
async fn shared_models_are_there_for_all_and_their_examples_too() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        town.nobody.get("/modelli").await.leads("/accedi?verso=/modelli");
        let list = town.elsa.get("/modelli").await;
        list.shows(
            200,
            &["Modelli condivisi", CARD, "Errata corrige", "Non c&#39;è ancora", "/flussi/nuovo"],
        );
        town.carla
            .get("/modelli")
            .await
            .shows(200, &[CARD])
            .hides(&["Modelli dell&#39;ente", "/flussi/nuovo\""]);
        let page = town.elsa.get(CARD).await;
        let told = [
            "Promemoria di scadenza",
            "numero_carta",
            "RSSMRA80A41M901L",
            "CA00000AA",
            "/flussi/nuovo?model=carta-identita",
        ];
        page.shows(200, &told).hides(&["Cambia nome", "/elimina"]);
        town.carla.get(CARD).await.shows(200, &["numero_carta"]).hides(&["Usa questo modello"]);
        for missing in ["/modelli/boh", "/modelli/77", "/modelli/77/esempio", "/modelli/carta-identita.toml"]
        {
            town.ada.get(missing).await.shows(404, &[]);
        }
        town.ada.get(&format!("{CARD}/elimina")).await.shows(403, &[]);
        town.ada.post(&format!("{CARD}/nome"), &[("name", "Mia")]).await.shows(403, &[]);

        let example = rows(&town.carla.get(&format!("{CARD}/esempio")).await);
        assert_eq!(example[0], ["codice_fiscale", "nome", "numero_carta", "scadenza"]);
        assert_eq!(example[1], ["RSSMRA80A41M901L", "Maria", "CA00000AA", "18/12/2026"]);
        assert_eq!((example.len(), town.left_behind()), (4, 0));
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_begins_with_a_model() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let new = town.elsa.get("/flussi/nuovo?model=carta-identita").await;
        let filled = [
            "<option value=\"carta-identita\" selected>",
            "<option value=\"promemoria\" selected>",
            "value=\"Scadenza della carta d&#39;identità\"",
            "numero_carta",
        ];
        new.shows(200, &filled);
        let kept = town.elsa.get("/flussi/nuovo?model=tari&nature=altro&description=La%20mia").await;
        kept.shows(200, &["<option value=\"pagamento\" selected>", "value=\"La mia\""]);
        town.elsa.get("/flussi/nuovo").await.hides(&["La tua carta"]);
        let gone = [("model", "77"), ("nature", "altro"), ("description", "x")];
        town.elsa.post("/flussi/nuovo", &gone).await.shows(422, &["Questo modello non c&#39;è più"]);

        // The nature of the model is taken where none was chosen.
        let flow = town.begun_with("carta-identita", "").await;
        let found = town.store.find_flow(&town.whole, flow).await.unwrap().unwrap();
        assert_eq!(found.summary.nature_name, "Promemoria di scadenza");
        assert!(found.markdown.contains("{{numero_carta}}") && found.subject.contains("{{scadenza"));
        assert_eq!(found.summary.description, "Carte");

        // What a file must have is told before there is one, and what is missing in it afterwards.
        let compose = format!("/flussi/{flow}/componi");
        let example = format!("/flussi/{flow}/foglio-di-esempio");
        town.elsa.get(&compose).await.shows(200, &["queste colonne", "numero_carta", &example]);
        let given = rows(&town.elsa.get(&example).await);
        assert_eq!(given[0], ["codice_fiscale", "scadenza", "nome", "numero_carta"]);
        town.elena.get(&example).await.shows(404, &[]);
        let list = b"codice_fiscale;nome;scadenza\nRSSMRA80A41M901L;Maria;18/12/2026\n";
        town.elsa.upload(flow, "elenco.csv", list).await;
        let read = town.elsa.get(&compose).await;
        read.shows(200, &["numero_carta"]).hides(&[&example]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_is_kept_as_a_model_without_its_people() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let sent = town.sending().await;
        let (page, save) = (format!("/flussi/{sent}"), format!("/flussi/{sent}/modello"));
        town.elsa.get(&page).await.shows(200, &[&save]);
        town.carla.get(&page).await.hides(&[&save]);
        for (other, status) in [(&town.carla, 403), (&town.elena, 404)] {
            other.get(&save).await.shows(status, &[]);
            other.post(&save, &[("name", "Mio")]).await.shows(status, &[]);
        }
        town.elsa.get(&save).await.shows(200, &["Nome del modello", "value=\"TARI di prova\""]);
        town.elsa.post(&save, &[("name", "  ")]).await.shows(422, &["name-fault"]);
        let saved = town.elsa.post(&save, &[("name", "TARI <2027>")]).await;
        let model = saved.location().split('?').next().unwrap().to_owned();
        town.elsa
            .get(saved.location())
            .await
            .shows(200, &["Il modello è salvato", "TARI &#60;2027&#62;", "Cambia nome"]);
        town.bruno
            .post(&save, &[("name", "tari 2027")])
            .await
            .shows(422, &["già un modello con questo nome"]);
        let whole =
            ledger.raw("select columns || coalesce(meanings, '') || subject || markdown from model").await;
        let code = ledger.raw("select fiscal_code from recipient order by 1 limit 1").await;
        assert!(!whole[0].contains(&code[0]), "{whole:?}");

        // Everybody who composes uses it; who saved it and the administrators change it.
        town.bruno.get("/modelli").await.shows(200, &[&model, "TARI &#60;2027&#62;"]);
        town.bruno.get(&model).await.shows(200, &["Usa questo modello"]).hides(&["Cambia nome"]);
        town.carla.get("/modelli").await.hides(&[&model]);
        for (other, status) in [(&town.carla, 404), (&town.elena, 404), (&town.bruno, 403)] {
            other.post(&format!("{model}/nome"), &[("name", "Mio")]).await.shows(status, &[]);
            other.get(&format!("{model}/elimina")).await.shows(status, &[]);
            other.post(&format!("{model}/elimina"), &[]).await.shows(status, &[]);
        }
        for other in [&town.carla, &town.elena] {
            other.get(&model).await.shows(404, &[]);
            other.get(&format!("{model}/esempio")).await.shows(404, &[]);
        }
        let example = rows(&town.elsa.get(&format!("{model}/esempio")).await);
        assert_eq!(example.len(), 4);
        assert!(example[1].contains(&"RSSMRA80A41M901L".to_owned()), "{example:?}");
        town.elsa.post(&format!("{model}/nome"), &[("name", "")]).await.shows(422, &["name-fault"]);
        let renamed = town.elsa.post(&format!("{model}/nome"), &[("name", "TARI")]).await;
        town.elsa.get(renamed.location()).await.shows(200, &["Il nome è cambiato", "<h1>TARI</h1>"]);

        let key = model.rsplit('/').next().unwrap();
        town.elsa.get(&format!("/flussi/nuovo?model={key}")).await.shows(200, &["TARI di {{nome}}"]);
        let flow = town.begun_with(key, "").await;
        let (found, original) = (
            town.store.find_flow(&town.whole, flow).await.unwrap().unwrap(),
            town.store.find_flow(&town.whole, sent).await.unwrap().unwrap(),
        );
        assert_eq!((&found.subject, &found.markdown), (&original.subject, &original.markdown));
        assert_eq!((found.summary.nature, found.list), (original.summary.nature, None));

        town.elsa.get(&format!("{model}/elimina")).await.shows(200, &["Elimina il modello “TARI”"]);
        town.ada.post(&format!("{model}/elimina"), &[]).await.leads("/modelli?fatto=eliminato");
        town.ada
            .get("/modelli?fatto=eliminato")
            .await
            .shows(200, &["Il modello è eliminato"])
            .hides(&[&model]);
        town.ada
            .get("/ente")
            .await
            .shows(200, &["Modello salvato: TARI &#60;2027&#62;", "Modello eliminato: TARI"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_flow_without_a_text_is_no_model() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let service = town.tributi.to_string();
        let form = [("service", service.as_str()), ("nature", "altro"), ("description", "Vuoto")];
        let made = town.elsa.post("/flussi/nuovo", &form).await;
        let flow = made.location().split('/').nth(2).unwrap().to_owned();
        let empty = town.elsa.post(&format!("/flussi/{flow}/modello"), &[("name", "Vuoto")]).await;
        empty.shows(422, &["non ha ancora un testo"]);
        town.elsa.get(&format!("/flussi/{flow}/componi")).await.hides(&["foglio-di-esempio"]);
        town.store.close().await;
    })
    .await;
}
