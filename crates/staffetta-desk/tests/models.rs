//! Models: each shared one goes the whole way with its own example, and a flow becomes one, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_desk::{
    Activation, DraftText, ListRead, Model, ModelKey, ModelNotSaved, Upload, activate, choose_columns,
    create_draft, create_draft_from, duplicate_flow, find_model, model_named, own_models, rename_model,
    save_model, shared_models, upload_list, write_model_example,
};
use staffetta_domain::{FlowId, Meaning, Rights};
use staffetta_store::testing::for_each_ledger;
use std::path::Path;
use support::{NOW, Office, office};

impl Office {
    fn text<'a>(&self, nature: &'a str, markdown: &'a str) -> DraftText<'a> {
        let subject = "Avviso per il mese in corso";
        DraftText { service: self.service, nature, description: "Prova", reference: None, subject, markdown }
    }

    async fn begun_with(&self, model: &Model) -> FlowId {
        let text = self.text(&model.nature, "");
        create_draft_from(&self.store, &self.scope, text, model, NOW).await.unwrap()
    }

    async fn upload(&self, flow: FlowId, path: &Path) -> ListRead {
        let upload = Upload { path, file_name: "elenco.xlsx", accept_valid: false };
        upload_list(&self.store, &self.scope, flow, upload, NOW).await.unwrap()
    }
}

#[tokio::test]
async fn each_shared_model_is_activated_with_its_own_example() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let folder = tempfile::tempdir().unwrap();
        for model in shared_models() {
            let flow = office.begun_with(model).await;
            let path = folder.path().join(format!("{}.xlsx", model.key));
            assert_eq!(write_model_example(model, NOW, &path).unwrap(), 3);
            let ready = match office.upload(flow, &path).await {
                ListRead::Ready(ready) => *ready,
                other => panic!("{}: {other:?}", model.key),
            };
            assert_eq!((ready.report.valid_rows, ready.report.repaired_rows), (3, 0), "{}", model.key);
            // Nothing is asked: no row twice, no date that has passed.
            let activation = Activation::of(ready.list);
            activate(&office.store, &office.scope, flow, activation, NOW).await.unwrap();
        }
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_model_of_the_ente_keeps_what_the_columns_mean() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let folder = tempfile::tempdir().unwrap();
        let markdown =
            "Gentile {{Utente}}, la quota di {{Totale | euro}} è da pagare entro il {{Entro | data}}. "
                .repeat(3);
        let flow = create_draft(store, scope, office.text("pagamento", &markdown), NOW).await.unwrap();
        let path = folder.path().join("elenco.csv");
        let header = "Utente;Chi paga;Totale;Entro;Avviso\n";
        std::fs::write(&path, format!("{header}Anna;RSSMRA80A41M901L;12,50;18/12/2026;399000000000000001\n"))
            .unwrap();
        assert!(matches!(office.upload(flow, &path).await, ListRead::Plan(_)));
        let meanings = [
            None,
            Some(Meaning::FiscalCode),
            Some(Meaning::Amount),
            Some(Meaning::DueDate),
            Some(Meaning::NoticeNumber),
        ];
        assert!(choose_columns(store, scope, flow, (meanings.to_vec(), true), NOW).await.unwrap());
        let id = save_model(store, scope, flow, " Quote ", NOW).await.unwrap();
        let again = save_model(store, scope, flow, "quote", NOW).await;
        assert!(matches!(again, Err(ModelNotSaved::NameTaken)));
        assert!(matches!(save_model(store, scope, flow, " ", NOW).await, Err(ModelNotSaved::Name)));

        let model = find_model(store, scope, ModelKey::Own(id)).await.unwrap().unwrap();
        assert_eq!(
            (model.name.as_str(), model.nature.as_str(), &model.markdown),
            ("Quote", "pagamento", &markdown)
        );
        assert!(model.invalid_after_due_date && model.may_change);
        let kept: Vec<_> =
            model.columns.iter().map(|column| (column.name.as_str(), column.meaning)).collect();
        let names = ["Utente", "Chi paga", "Totale", "Entro", "Avviso"];
        assert_eq!(kept, names.into_iter().zip(meanings).collect::<Vec<_>>());

        // Another flow of it reads such a file without being told, its own example first.
        let example = folder.path().join("esempio.xlsx");
        write_model_example(&model, NOW, &example).unwrap();
        let other = office.begun_with(&model).await;
        assert!(matches!(office.upload(other, &example).await, ListRead::Ready(_)));
        let file = store.draft_file(scope, other).await.unwrap().unwrap();
        assert!(file.invalid_after_due_date);
        assert_eq!(file.meanings.as_deref(), Some(&meanings[..]));
        // A copy of a flow, too, begins with the terms of its payment.
        let copy = duplicate_flow(store, scope, other, NOW).await.unwrap();
        assert!(store.find_flow(scope, copy).await.unwrap().unwrap().invalid_after_due_date);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_without_a_file_becomes_a_model_too() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let markdown = "Gentile {{nome}}, ti aspettiamo il {{giorno | data_estesa}}. ".repeat(4);
        let flow = create_draft(store, scope, office.text("informativo", &markdown), NOW).await.unwrap();
        save_model(store, scope, flow, "TARI", NOW).await.unwrap();
        // Of an own and a shared one with the same name the own one is meant.
        let model = model_named(store, scope, "tari").await.unwrap().unwrap();
        let names: Vec<&str> = model.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["codice_fiscale", "nome", "giorno"]);
        let folder = tempfile::tempdir().unwrap();
        let example = folder.path().join("esempio.xlsx");
        write_model_example(&model, NOW, &example).unwrap();
        let other = office.begun_with(&model).await;
        assert!(matches!(office.upload(other, &example).await, ListRead::Ready(_)));

        let looker = office.operator("carla", Rights::LOOK).await;
        assert!(matches!(
            save_model(store, &looker, flow, "Altro", NOW).await,
            Err(ModelNotSaved::NotTheirs)
        ));
        assert!(own_models(store, &looker).await.unwrap().is_empty());
        let composer = office.operator("elsa", Rights::COMPOSE).await;
        let ModelKey::Own(id) = model.key else { panic!("{:?}", model.key) };
        assert!(matches!(
            rename_model(store, &composer, id, "Mio", NOW).await,
            Err(ModelNotSaved::NotTheirs)
        ));
        assert_eq!(own_models(store, &composer).await.unwrap().len(), 1);
        let empty = create_draft(store, scope, office.text("informativo", " "), NOW).await.unwrap();
        assert!(matches!(save_model(store, scope, empty, "Vuoto", NOW).await, Err(ModelNotSaved::NoText)));
        office.store.close().await;
    })
    .await;
}
