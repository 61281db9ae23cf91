//! Flows: prepared, described, activated, deleted, found, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{FlowId, FlowState, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::flows::{DraftSaved, FlowSearch, FlowText, ImportEnd, NewFlow};
use staffetta_store::lists::{FlowSeen, ListFacts};
use staffetta_store::testing::{for_each_ledger, person};
use support::{NOW, active, columns, fill, flow, house, new_flow, new_row};

#[tokio::test]
async fn a_draft_is_made_saved_and_frozen() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let new = NewFlow {
            reference: Some("2025/7".to_owned()),
            ..new_flow(&house, house.tributi, "TARI, acconto")
        };
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(ledger.create_draft(scope, &new, NOW).await.unwrap(), None);
        }
        let id = ledger.create_draft(&house.operator, &new, NOW).await.unwrap().unwrap();
        assert_eq!(
            ledger.create_draft(&house.whole, &new, NOW).await.unwrap(),
            None,
            "the reference is taken"
        );
        let text = |service| FlowText {
            service,
            nature: house.payment_nature,
            description: "Mensa".to_owned(),
            reference: Some("2025/7".to_owned()),
            subject: "Oggetto nuovo".to_owned(),
            markdown: "Testo".to_owned(),
        };
        let update =
            async |scope, service| ledger.update_draft(scope, id, &text(service), None).await.unwrap();
        assert_eq!(update(&house.looker, house.tributi).await, DraftSaved::NotDraft);
        assert_eq!(update(&house.operator, house.anagrafe).await, DraftSaved::NotDraft);
        assert_eq!(update(&house.operator, house.tributi).await, DraftSaved::Saved { version: 2 });
        let found = ledger.find_flow(&house.operator, id).await.unwrap().unwrap();
        assert_eq!((found.subject.as_str(), found.payment), ("Oggetto nuovo", true));
        assert_eq!(found.summary.nature_name, "Avviso di pagamento");
        assert_eq!(found.summary.reference.as_deref(), Some("2025/7"));
        assert_eq!((found.summary.state, found.summary.created_by.as_str()), (FlowState::Inactive, "bruno"));
        let list = fill(ledger, &house, id, 1, 3).await;
        assert!(ledger.activate_flow(&house.operator, id, list, NOW).await.unwrap());
        assert_eq!(update(&house.whole, house.tributi).await, DraftSaved::NotDraft);
        assert_eq!(ledger.flow_by_reference(&house.whole, "2025/7").await.unwrap().unwrap().0, id);
        assert_eq!(ledger.flow_by_reference(&house.stranger, "2025/7").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn only_a_whole_list_of_the_flow_is_activated() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let reading = ledger.begin_list(&house.whole, id, "a.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_rows(reading, &[new_row(1, 1)]).await.unwrap());
        assert!(!ledger.activate_flow(&house.whole, id, reading, NOW).await.unwrap());
        let empty = fill(ledger, &house, id, 1, 0).await;
        assert!(!ledger.activate_flow(&house.whole, id, empty, NOW).await.unwrap());
        let list = fill(ledger, &house, id, 1, 2).await;
        assert!(!ledger.activate_flow(&house.whole, id, empty, NOW).await.unwrap());
        for scope in [&house.looker, &house.stranger] {
            assert!(!ledger.activate_flow(scope, id, list, NOW).await.unwrap());
        }
        ledger.enable_service(&house.whole, house.tributi, false, NOW).await.unwrap();
        assert!(!ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        ledger.enable_service(&house.whole, house.tributi, true, NOW).await.unwrap();
        assert!(ledger.activate_flow(&house.operator, id, list, NOW).await.unwrap());
        assert!(!ledger.activate_flow(&house.operator, id, list, NOW).await.unwrap());
        assert!(!ledger.delete_flow(&house.whole, id, NOW).await.unwrap());
        assert!(!ledger.deactivate_flow(&house.looker, id, NOW).await.unwrap());
        assert!(ledger.deactivate_flow(&house.operator, id, NOW).await.unwrap());
        assert!(!ledger.deactivate_flow(&house.operator, id, NOW).await.unwrap());
        let events = ledger.events_of_flow(&house.whole, id, 9).await.unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["flow-deactivated", "flow-activated", "flow-created"]);
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_draft_follow_it_to_another_service() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        let list = fill(ledger, &house, id, 1, 50).await;
        // As after a crash in the middle: the flow has moved, its list not yet.
        ledger.raw(&format!("update flow set service_id = {} where id = {id}", house.anagrafe)).await;
        assert!(!ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
        let NewFlow { service, nature, description, reference, subject, markdown } =
            new_flow(&house, house.anagrafe, "Avvisi");
        let text = FlowText { service, nature, description, reference, subject, markdown };
        let saved = ledger.update_draft(&house.whole, id, &text, None).await.unwrap();
        assert_eq!(saved, DraftSaved::Saved { version: 1 });
        let rows = ledger.flow_rows(&house.whole, id, None, 99).await.unwrap().rows;
        assert!(rows.len() == 50 && rows.iter().all(|row| row.service == house.anagrafe));
        assert_eq!(ledger.flow_rows(&house.operator, id, None, 99).await.unwrap().rows, []);
        assert!(ledger.activate_flow(&house.whole, id, list, NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_flow_is_described_at_any_time_but_its_payments_are_frozen() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (id, _) = active(ledger, &house, house.tributi, 1, 2).await;
        let other = ledger.nature_by_code(house.whole.organization, "altro").await.unwrap().unwrap().id;
        let describe = async |scope: &Scope, nature| {
            ledger.describe_flow(scope, id, nature, "Saldo IMU", NOW).await.unwrap()
        };
        assert!(!describe(&house.looker, other).await);
        assert!(!describe(&house.stranger, other).await);
        assert!(!describe(&house.operator, house.payment_nature).await);
        assert!(describe(&house.operator, other).await);
        let found = ledger.find_flow(&house.whole, id).await.unwrap().unwrap().summary;
        assert_eq!((found.description.as_str(), found.nature_name.as_str()), ("Saldo IMU", "Altro"));
        let events = ledger.events_of_flow(&house.whole, id, 2).await.unwrap();
        let told: Vec<_> =
            events.iter().map(|event| (event.kind.as_str(), event.detail.as_deref())).collect();
        assert_eq!(told, [("flow-nature-changed", Some("Altro")), ("flow-renamed", Some("Saldo IMU"))]);
        let draft = flow(ledger, &house, house.tributi, "Bozza").await;
        assert!(ledger.describe_flow(&house.whole, draft, house.payment_nature, "Bozza", NOW).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_deleted_draft_leaves_nothing() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let id = flow(ledger, &house, house.tributi, "Avvisi").await;
        fill(ledger, &house, id, 1, 10).await;
        let reading = ledger.begin_list(&house.whole, id, "b.csv", &columns(), NOW).await.unwrap().unwrap();
        assert!(ledger.add_rows(reading, &[new_row(1, 1)]).await.unwrap());
        for scope in [&house.looker, &house.stranger] {
            assert!(!ledger.delete_flow(scope, id, NOW).await.unwrap());
        }
        assert_eq!(ledger.find_flow(&house.whole, id).await.unwrap().unwrap().summary.recipients, 10);
        assert!(ledger.delete_flow(&house.operator, id, NOW).await.unwrap());
        assert!(ledger.find_flow(&house.whole, id).await.unwrap().is_none());
        for table in ["flow", "flow_word", "list", "recipient", "recipient_key", "notification"] {
            assert_eq!(
                ledger.raw(&format!("select cast(count(*) as text) from {table}")).await,
                ["0"],
                "{table}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_earlier_flow_with_the_same_content_is_told() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (first, _) = active(ledger, &house, house.tributi, 1, 2).await;
        let (second, _) = active(ledger, &house, house.tributi, 1, 2).await;
        let earlier = async |scope: &Scope, not| ledger.earlier_same_flow(scope, b"same", not).await.unwrap();
        assert_eq!(earlier(&house.operator, second).await, Some((first, NOW)));
        assert_eq!(earlier(&house.operator, first).await, Some((second, NOW)));
        assert_eq!(earlier(&house.stranger, second).await, None);
        assert_eq!(ledger.earlier_same_flow(&house.whole, b"other", second).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn flows_are_found_by_everything_that_the_form_asks() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let make = async |scope: &Scope, service, nature, description: &str, day: i64| {
            let new = NewFlow { nature, ..new_flow(&house, service, description) };
            ledger.create_draft(scope, &new, UnixMillis(day)).await.unwrap().unwrap()
        };
        let a = make(&house.whole, house.tributi, house.nature, "TARI 2025 unità domestiche", 10).await;
        let b = make(&house.operator, house.tributi, house.payment_nature, "Tariffa mensa 2025", 20).await;
        let c = make(&house.whole, house.anagrafe, house.nature, "Carte d'identità", 20).await;
        let list = fill(ledger, &house, c, 1, 5).await;
        fill(ledger, &house, b, 5, 5).await;
        assert!(ledger.activate_flow(&house.whole, c, list, NOW).await.unwrap());
        let search = async |scope: &Scope, search: FlowSearch| -> Vec<FlowId> {
            let flows = ledger.search_flows(scope, &search, None, 50).await.unwrap();
            flows.into_iter().map(|flow| flow.id).collect()
        };
        let all = FlowSearch::default;
        let words = |words: &str| FlowSearch { description: words.to_owned(), ..FlowSearch::default() };
        let who = |number| FlowSearch { fiscal_code: Some(person(number)), ..FlowSearch::default() };
        let days = |from: i64, to: i64| FlowSearch {
            from: Some(UnixMillis(from)),
            to: Some(UnixMillis(to)),
            ..FlowSearch::default()
        };
        let expected: [(FlowSearch, &[FlowId]); 19] = [
            (all(), &[c, b, a]),
            (FlowSearch { number: Some(b), ..all() }, &[b]),
            (words("tar"), &[b, a]),
            (words("2025 tari"), &[b, a]),
            (words("UNITA' dom"), &[a]),
            (words("tari mensa"), &[b]),
            (words("xyz"), &[]),
            (FlowSearch { nature: Some(house.nature), ..all() }, &[c, a]),
            (FlowSearch { service: Some(house.tributi), ..all() }, &[b, a]),
            (FlowSearch { state: Some(FlowState::Inactive), ..all() }, &[b, a]),
            (FlowSearch { state: Some(FlowState::Active), service: Some(house.tributi), ..all() }, &[]),
            (FlowSearch { created_by: Some("bruno".to_owned()), ..all() }, &[b]),
            (
                FlowSearch { created_by: Some("anna".to_owned()), service: Some(house.anagrafe), ..all() },
                &[c],
            ),
            (who(5), &[c, b]),
            (who(1), &[c]),
            (who(99), &[]),
            (days(10, 20), &[a]),
            (days(20, 21), &[c, b]),
            (FlowSearch { nature: Some(house.nature), state: Some(FlowState::Active), ..days(0, 99) }, &[c]),
        ];
        for (asked, found) in expected {
            assert_eq!(search(&house.whole, asked.clone()).await, found, "{} {asked:?}", ledger.kind());
            let own: Vec<_> = found.iter().copied().filter(|id| *id != c).collect();
            assert_eq!(
                search(&house.operator, asked.clone()).await,
                own,
                "{} operator {asked:?}",
                ledger.kind()
            );
            assert_eq!(search(&house.stranger, asked).await, []);
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_flows_follow_each_other() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        for number in 0..25 {
            let service = if number % 3 == 0 { house.anagrafe } else { house.tributi };
            let new = new_flow(&house, service, "Avvisi");
            ledger.create_draft(&house.whole, &new, UnixMillis(number / 4)).await.unwrap().unwrap();
        }
        let by_state = FlowSearch { state: Some(FlowState::Inactive), ..FlowSearch::default() };
        let by_words = FlowSearch { description: "avv".to_owned(), ..FlowSearch::default() };
        for search in [FlowSearch::default(), by_state, by_words] {
            let mut found = Vec::new();
            let mut after = None;
            loop {
                let page = ledger.search_flows(&house.whole, &search, after, 4).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.cursor());
                found.extend(page.into_iter().map(|flow| flow.id.0));
            }
            assert_eq!(found, (1..=25).rev().collect::<Vec<_>>(), "{search:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_flow_that_is_imported_shows_when_its_list_is_whole() {
    for_each_ledger(async |ledger| {
        const DAY_MS: i64 = 24 * 3_600_000;
        let house = house(ledger).await;
        let scope = &house.operator;
        let reference = Some("2025/7");
        let new = NewFlow {
            reference: reference.map(str::to_owned),
            ..new_flow(&house, house.tributi, "TARI, acconto")
        };
        let begin = async || {
            let flow = ledger.begin_import(scope, &new, NOW).await.unwrap().unwrap();
            assert_eq!(
                ledger.end_import(scope, flow, None).await.unwrap(),
                ImportEnd::Gone,
                "it has no list"
            );
            let list = ledger.begin_list(scope, flow, "a.csv", &columns(), NOW).await.unwrap().unwrap();
            assert!(ledger.add_rows(list, &[new_row(1, 1)]).await.unwrap());
            (flow, list)
        };
        let finish = async |list| {
            ledger.finish_list(scope, list, ListFacts::default(), b"same", FlowSeen::NEW).await.unwrap()
        };
        let seen = async || {
            let search = FlowSearch { description: "tari".to_owned(), ..FlowSearch::default() };
            let found = ledger.search_flows(scope, &search, None, 10).await.unwrap();
            let all = ledger.search_flows(scope, &FlowSearch::default(), None, 10).await.unwrap();
            assert_eq!(found, all);
            found.into_iter().map(|flow| flow.id).collect::<Vec<_>>()
        };
        let ((first, first_list), (second, second_list), (lost, _)) =
            (begin().await, begin().await, begin().await);
        assert!(finish(first_list).await && finish(second_list).await);
        assert_eq!(seen().await, []);
        assert_eq!(ledger.find_flow(scope, first).await.unwrap(), None);
        assert_eq!(ledger.earlier_same_flow(scope, b"same", lost).await.unwrap(), None);
        assert_eq!(ledger.end_import(&house.stranger, first, reference).await.unwrap(), ImportEnd::Gone);
        assert_eq!(ledger.end_import(scope, first, reference).await.unwrap(), ImportEnd::Done);
        assert_eq!(ledger.end_import(scope, second, reference).await.unwrap(), ImportEnd::ReferenceTaken);
        assert_eq!(seen().await, [first]);
        assert_eq!(ledger.earlier_same_flow(scope, b"same", lost).await.unwrap(), Some((first, NOW)));

        assert_eq!(ledger.sweep_imports(UnixMillis(NOW.0 + DAY_MS)).await.unwrap(), 0);
        assert_eq!(ledger.sweep_imports(UnixMillis(NOW.0 + DAY_MS + 1)).await.unwrap(), 2);
        assert_eq!(seen().await, [first]);
        for (table, rows) in [("flow", "1"), ("flow_import", "0"), ("list", "1"), ("notification", "1")] {
            assert_eq!(ledger.raw(&format!("select cast(count(*) as text) from {table}")).await, [rows]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_is_deleted_or_gets_a_list_but_not_half_of_both() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        for _ in 0..60 {
            let flow = flow(ledger, &house, house.tributi, "Avvisi").await;
            let columns = columns();
            let begin = || ledger.begin_list(&house.whole, flow, "a.csv", &columns, NOW);
            let delete = ledger.delete_flow(&house.whole, flow, NOW);
            let (first, second, deleted, third, fourth) =
                tokio::join!(begin(), begin(), delete, begin(), begin());
            let lists = [first, second, third, fourth].map(Result::unwrap);
            let deleted = deleted.unwrap();
            assert!(deleted || lists.iter().any(Option::is_some));
            assert_eq!(ledger.find_flow(&house.whole, flow).await.unwrap().is_none(), deleted);
        }
    })
    .await;
}
