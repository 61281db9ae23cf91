//! Enti, natures, services, operators, events and the mark of a demonstration, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use secrecy::SecretString;
use staffetta_domain::{Amount, Quota, Rights, ServiceId};
use staffetta_store::events::About;
use staffetta_store::operators::Verified;
use staffetta_store::services::{NewService, ServiceChange, ServiceChanged};
use staffetta_store::testing::for_each_ledger;
use staffetta_store::{Scope, Store, StoreError};
use support::{NOW, PASSWORD, house};

#[tokio::test]
async fn an_ente_begins_with_ios_quota_and_four_natures() {
    for_each_ledger(async |ledger| {
        let id = ledger.make_organization("Comune", NOW).await.unwrap().unwrap();
        assert_eq!(ledger.make_organization("Comune", NOW).await.unwrap(), None);
        let other = ledger.make_organization("Provincia", NOW).await.unwrap().unwrap();
        let found = ledger.organization_by_name("Comune").await.unwrap().unwrap();
        assert_eq!((found.id, found.quota, found.content_min), (id, Quota::IO_DEFAULT, 120));
        let natures = ledger.natures(id).await.unwrap();
        let codes: Vec<_> = natures.iter().map(|nature| nature.nature.code.as_str()).collect();
        assert_eq!(codes, ["informativo", "promemoria", "pagamento", "altro"]);
        assert!(ledger.nature_by_code(id, "pagamento").await.unwrap().unwrap().nature.payment);
        assert_eq!(ledger.nature_by_code(id, "multa").await.unwrap(), None);

        assert_eq!(ledger.organizations().await.unwrap().len(), 2);
        assert_eq!(ledger.organization(other).await.unwrap().unwrap().content_min, 120);
    })
    .await;
}

#[tokio::test]
async fn a_service_is_changed_by_administrators_and_its_address_only_with_its_key() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let key = SecretString::from("altra chiave");
        let max_amount = Amount::from_cents(50_000).unwrap();
        let new = NewService {
            name: "Scuola",
            io_service_id: None,
            base_url: "https://api.io.pagopa.it",
            key: &key,
            max_amount,
        };
        assert_eq!(ledger.add_service(&house.operator, &new, NOW).await.unwrap(), None);
        let scuola = ledger.add_service(&house.whole, &new, NOW).await.unwrap().unwrap();
        assert_eq!(ledger.add_service(&house.whole, &new, NOW).await.unwrap(), None);

        let change = async |scope: &Scope, change: ServiceChange<'_>| {
            ledger.change_service(scope, scuola, &change, NOW).await.unwrap()
        };
        let elsewhere = Some("https://altrove.example");
        let moved = || ServiceChange { base_url: elsewhere, ..Default::default() };
        assert_eq!(change(&house.operator, moved()).await, ServiceChanged::Missing);
        assert_eq!(change(&house.stranger, moved()).await, ServiceChanged::Missing);
        assert_eq!(change(&house.whole, moved()).await, ServiceChanged::KeyNeeded);
        let same = ServiceChange { base_url: Some("https://api.io.pagopa.it"), ..Default::default() };
        assert_eq!(change(&house.whole, same).await, ServiceChanged::Done);
        let taken = ServiceChange { name: Some("Tributi"), ..Default::default() };
        assert_eq!(change(&house.whole, taken).await, ServiceChanged::NameTaken);
        let with_key = ServiceChange { base_url: elsewhere, key: Some(&key), ..Default::default() };
        assert_eq!(change(&house.whole, with_key).await, ServiceChanged::Done);
        let found = ledger.service(&house.whole, scuola).await.unwrap().unwrap();
        assert_eq!((found.base_url.as_str(), found.max_amount), ("https://altrove.example", max_amount));
        assert_eq!(found.io_service_id, None);
        for (io_service_id, kept) in [("01ABC", Some("01ABC")), ("", None)] {
            let named = ServiceChange { io_service_id: Some(io_service_id), ..Default::default() };
            assert_eq!(change(&house.whole, named).await, ServiceChanged::Done);
            let found = ledger.service(&house.whole, scuola).await.unwrap().unwrap();
            assert_eq!(found.io_service_id.as_deref(), kept);
        }
        assert!(ledger.service_to_try(&house.operator, scuola).await.unwrap().is_none());
        assert!(ledger.service_to_try(&house.stranger, scuola).await.unwrap().is_none());
        let to_try = ledger.service_to_try(&house.whole, scuola).await.unwrap().unwrap();
        assert_eq!(to_try.base_url, "https://altrove.example");
        assert_eq!(secrecy::ExposeSecret::expose_secret(&to_try.key), "altra chiave");

        assert!(!ledger.enable_service(&house.operator, scuola, false, NOW).await.unwrap());
        assert!(ledger.enable_service(&house.whole, scuola, false, NOW).await.unwrap());
        assert!(!ledger.enable_service(&house.whole, scuola, false, NOW).await.unwrap());
        assert!(!ledger.service(&house.whole, scuola).await.unwrap().unwrap().enabled);
        let kinds: Vec<_> = ledger.events_of_service(&house.whole, scuola, 10).await.unwrap();
        let kinds: Vec<_> = kinds.iter().map(|event| event.kind.as_str()).collect();
        let changed = ["service-changed"; 4];
        assert_eq!(kinds, [&["service-disabled"], &changed[..], &["service-added"]].concat());
    })
    .await;
}

#[tokio::test]
async fn services_are_seen_by_right_and_resumed_by_who_may_send() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let names = async |scope: &Scope, rights| -> Vec<String> {
            ledger.services(scope, rights).await.unwrap().into_iter().map(|service| service.name).collect()
        };
        assert_eq!(names(&house.whole, Rights::LOOK).await, ["Anagrafe", "Tributi"]);
        assert_eq!(names(&house.operator, Rights::SEND).await, ["Tributi"]);
        assert_eq!(names(&house.looker, Rights::LOOK).await, ["Tributi"]);
        assert_eq!(names(&house.looker, Rights::COMPOSE).await, Vec::<String>::new());
        assert_eq!(names(&house.stranger, Rights::LOOK).await, Vec::<String>::new());
        assert!(ledger.service(&house.operator, house.anagrafe).await.unwrap().is_none());
        assert!(ledger.service_by_name(&house.operator, "Anagrafe").await.unwrap().is_none());
        assert!(ledger.service_by_name(&house.stranger, "Tributi").await.unwrap().is_none());

        assert!(!ledger.resume_service(&house.whole, house.tributi, NOW).await.unwrap());
        ledger
            .raw(&format!(
                "update service set paused_reason = 60, paused_at = 5 where id = {}",
                house.tributi
            ))
            .await;
        let paused = ledger.service(&house.looker, house.tributi).await.unwrap().unwrap().paused.unwrap();
        assert_eq!((paused.reason as i16, paused.at.0), (60, 5));
        for scope in [&house.looker, &house.stranger] {
            assert!(!ledger.resume_service(scope, house.tributi, NOW).await.unwrap());
        }
        assert!(ledger.resume_service(&house.operator, house.tributi, NOW).await.unwrap());
        assert!(ledger.service(&house.whole, house.tributi).await.unwrap().unwrap().paused.is_none());
    })
    .await;
}

#[tokio::test]
async fn operators_are_verified_and_bounded() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let organization = house.whole.organization;
        let right = || SecretString::from("una frase lunga abbastanza");
        let verify =
            async |name, password| ledger.verify_operator(organization, name, password, NOW).await.unwrap();
        assert_eq!(verify("bruno", right()).await, Verified::Right(house.operator.operator.unwrap()));
        assert_eq!(verify("bruno", SecretString::from("un'altra frase lunga")).await, Verified::Wrong);
        assert_eq!(verify("nessuno", right()).await, Verified::Wrong);
        let elsewhere = house.stranger.organization;
        let verified = ledger.verify_operator(elsewhere, "bruno", right(), NOW).await.unwrap();
        assert_eq!(verified, Verified::Wrong);

        let add = async |name, admin, services: &[(ServiceId, Rights)]| {
            ledger.add_operator(organization, name, &PASSWORD, admin, services, NOW).await.unwrap()
        };
        assert_eq!(add("bruno", false, &[]).await, None);
        assert_eq!(add("elena", false, &[(ServiceId(999), Rights::LOOK)]).await, None);
        let admin = add("Ada", true, &[]).await.unwrap();
        let scope = ledger.scope_of(organization, admin).await.unwrap().unwrap();
        assert_eq!((scope.operator, scope.actor.as_str()), (None, "Ada"));
        assert_eq!(ledger.scope_of(house.stranger.organization, admin).await.unwrap(), None);
        let operators = ledger.operators(organization).await.unwrap();
        let names: Vec<_> = operators.iter().map(|operator| operator.name.as_str()).collect();
        assert_eq!(names, ["Ada", "bruno", "carla"]);
        assert_eq!(operators[2].services, [(house.tributi, Rights::LOOK)]);
        assert!(operators[0].admin && !operators[1].admin);
    })
    .await;
}

#[tokio::test]
async fn events_are_told_to_those_whose_they_are() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let flow = support::flow(ledger, &house, house.anagrafe, "Carte").await;
        let organization = house.whole.organization;
        ledger
            .record_event(organization, About::flow(flow), "staffetta", "flow-warned", Some("perché"), NOW)
            .await
            .unwrap();
        let events = ledger.events_of_flow(&house.whole, flow, 10).await.unwrap();
        assert_eq!(events[0].detail.as_deref(), Some("perché"));
        assert_eq!(
            (events[1].kind.as_str(), events[1].actor.as_str(), events.len()),
            ("flow-created", "anna", 2)
        );
        assert_eq!(ledger.events_of_flow(&house.whole, flow, 1).await.unwrap().len(), 1);
        for scope in [&house.operator, &house.stranger] {
            assert_eq!(ledger.events_of_flow(scope, flow, 10).await.unwrap(), []);
            assert_eq!(ledger.events_of_service(scope, house.anagrafe, 10).await.unwrap(), []);
        }
    })
    .await;
}

#[tokio::test]
async fn a_demonstration_is_marked_and_another_key_is_refused() {
    for_each_ledger(async |ledger| {
        assert!(!ledger.is_demo().await.unwrap());
        ledger.mark_demo().await.unwrap();
        ledger.mark_demo().await.unwrap();
        assert!(ledger.is_demo().await.unwrap());
        let mut options = ledger.options().clone();
        let again = Store::open(&options).await.unwrap();
        assert!(again.is_demo().await.unwrap());
        again.close().await;
        options.key_file = ledger.folder().join("other");
        std::fs::write(&options.key_file, "A".repeat(43) + "=").unwrap();
        assert!(matches!(Store::open(&options).await, Err(StoreError::OtherKey)));
    })
    .await;
}
