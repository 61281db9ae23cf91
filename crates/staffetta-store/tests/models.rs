//! Models: kept for the ente, seen by who composes, changed by who made them, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, Meaning, ModelId};
use staffetta_store::Scope;
use staffetta_store::models::{ModelSaved, NewModel, Start};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{House, NOW, columns, flow, house, new_flow};

fn new_model(house: &House, name: &str) -> NewModel {
    NewModel {
        name: name.to_owned(),
        nature: house.payment_nature,
        subject: "Avviso per {{nome}}".to_owned(),
        markdown: "Gentile {{nome}}, ".repeat(12),
        columns: columns(),
        meanings: Some(vec![Some(Meaning::FiscalCode), None, Some(Meaning::DueDate)]),
        invalid_after_due_date: true,
    }
}

async fn save(ledger: &TestLedger, house: &House, scope: &Scope, flow: FlowId, name: &str) -> ModelSaved {
    ledger.save_model(scope, flow, &new_model(house, name), NOW).await.unwrap()
}

async fn saved(ledger: &TestLedger, house: &House, scope: &Scope, flow: FlowId, name: &str) -> ModelId {
    match save(ledger, house, scope, flow, name).await {
        ModelSaved::Saved(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn names(ledger: &TestLedger, scope: &Scope) -> Vec<String> {
    ledger.models(scope, 10).await.unwrap().into_iter().map(|model| model.name).collect()
}

#[tokio::test]
async fn a_model_is_the_entes_and_its_name_is_one() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
        let id = saved(ledger, &house, &house.operator, flow, "TARI 2026").await;
        for taken in ["TARI 2026", "tari-2026"] {
            assert_eq!(save(ledger, &house, &house.whole, flow, taken).await, ModelSaved::NameTaken);
        }
        saved(ledger, &house, &house.whole, flow, "Mensa").await;
        let found = ledger.find_model(&house.operator, id).await.unwrap().unwrap();
        let new = new_model(&house, "TARI 2026");
        assert_eq!(
            (&found.line.name, &found.line.subject, &found.markdown),
            (&new.name, &new.subject, &new.markdown)
        );
        assert_eq!((&found.columns, &found.meanings), (&new.columns, &new.meanings));
        assert_eq!(
            (found.nature.as_str(), found.line.nature_name.as_str()),
            ("pagamento", "Avviso di pagamento")
        );
        assert!(found.invalid_after_due_date && found.may_change);
        assert_eq!((found.line.created_by.as_str(), found.line.created_at), ("bruno", NOW));
        let named = ledger.model_by_name(&house.whole, "Tari 2026").await.unwrap().unwrap();
        assert_eq!(named.line.id, id);
        assert_eq!(names(ledger, &house.whole).await, ["Mensa", "TARI 2026"]);
        assert_eq!(ledger.models(&house.whole, 1).await.unwrap().len(), 1);
        // Neither who only looks nor another ente has anything of it.
        for other in [&house.looker, &house.stranger] {
            assert!(names(ledger, other).await.is_empty());
            assert_eq!(ledger.find_model(other, id).await.unwrap(), None);
            assert_eq!(ledger.model_by_name(other, "TARI 2026").await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_may_saves_renames_and_deletes() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let tributi = flow(ledger, &house, house.tributi, "Avvisi").await;
        let anagrafe = flow(ledger, &house, house.anagrafe, "Carte").await;
        for (scope, flow) in
            [(&house.looker, tributi), (&house.operator, anagrafe), (&house.stranger, tributi)]
        {
            assert_eq!(save(ledger, &house, scope, flow, "Altro").await, ModelSaved::NotTheirs);
        }
        let mine = saved(ledger, &house, &house.operator, tributi, "Mio").await;
        let theirs = saved(ledger, &house, &house.whole, anagrafe, "Loro").await;
        assert!(!ledger.find_model(&house.operator, theirs).await.unwrap().unwrap().may_change);
        let rename = async |scope: &Scope, id, name| ledger.rename_model(scope, id, name, NOW).await.unwrap();
        assert_eq!(rename(&house.operator, theirs, "Altro").await, ModelSaved::NotTheirs);
        assert_eq!(rename(&house.operator, mine, "loro").await, ModelSaved::NameTaken);
        assert_eq!(rename(&house.operator, mine, "MIO").await, ModelSaved::Saved(mine));
        assert_eq!(rename(&house.stranger, mine, "Altro").await, ModelSaved::NotTheirs);
        for (scope, id) in [(&house.operator, theirs), (&house.looker, mine), (&house.stranger, mine)] {
            assert!(!ledger.delete_model(scope, id, NOW).await.unwrap());
        }
        assert_eq!(names(ledger, &house.whole).await, ["Loro", "MIO"]);
        assert!(ledger.delete_model(&house.operator, mine, NOW).await.unwrap());
        assert!(!ledger.delete_model(&house.operator, mine, NOW).await.unwrap());
        assert!(ledger.delete_model(&house.whole, theirs, NOW).await.unwrap());
        let events = ledger.events_of_organization(&house.whole, 10).await.unwrap();
        let told: Vec<_> =
            events.iter().rev().map(|event| (event.kind.as_str(), event.detail.as_deref())).collect();
        let expected = [
            ("model-saved", Some("Mio")),
            ("model-saved", Some("Loro")),
            ("model-renamed", Some("MIO")),
            ("model-deleted", Some("MIO")),
            ("model-deleted", Some("Loro")),
        ];
        assert_eq!(told[told.len() - expected.len()..], expected);
    })
    .await;
}

#[tokio::test]
async fn a_flow_that_begins_with_a_model_knows_its_file() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let meanings = [Some(Meaning::FiscalCode), None, Some(Meaning::DueDate)];
        let start = Start { columns: Some((b"impronta", &meanings)), invalid_after_due_date: true };
        let new = new_flow(&house, house.tributi, "Avvisi");
        let id = ledger.create_draft_from(&house.operator, &new, start, NOW).await.unwrap().unwrap();
        assert!(ledger.find_flow(&house.operator, id).await.unwrap().unwrap().invalid_after_due_date);
        let known = async || {
            ledger.remembered_meanings(&house.operator, house.tributi, b"impronta").await.unwrap().unwrap()
        };
        assert_eq!(known().await, meanings);
        let file =
            ledger.begin_file(&house.operator, id, "elenco.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_file_part(&house.operator, file, b"codice").await.unwrap());
        assert!(ledger.finish_file(&house.operator, file).await.unwrap());
        let kept = ledger.draft_file(&house.operator, id).await.unwrap().unwrap();
        assert!(kept.invalid_after_due_date);

        // What a person says of the file is what the flow's next file starts with, and outlives another model.
        let chosen = Some(vec![Some(Meaning::FiscalCode), None, None]);
        let of_file = (&b"impronta"[..], &chosen, false);
        assert!(ledger.choose_meanings(&house.operator, file, of_file, NOW).await.unwrap());
        assert!(!ledger.find_flow(&house.operator, id).await.unwrap().unwrap().invalid_after_due_date);
        ledger.create_draft_from(&house.operator, &new, start, NOW).await.unwrap().unwrap();
        assert_eq!(known().await, [Some(Meaning::FiscalCode), None, None]);

        let elsewhere = new_flow(&house, house.anagrafe, "Carte");
        assert_eq!(ledger.create_draft_from(&house.operator, &elsewhere, start, NOW).await.unwrap(), None);
    })
    .await;
}
