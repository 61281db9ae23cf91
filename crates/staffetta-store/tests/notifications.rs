//! Notifications: single ones written, all of them found and shown, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{
    Columns, FlowId, NotificationId, NotificationState as State, Payee, PaymentTerms, Rights, UnixMillis,
};
use staffetta_store::Scope;
use staffetta_store::events::About;
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::notifications::{NewSingle, NotificationSearch, SingleAdded};
use staffetta_store::testing::{TestLedger, for_each_ledger, person};
use support::{NOW, active, columns, fill, flow, house, new_row, notice, outcome, single};

#[tokio::test]
async fn a_reference_is_one_message() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let add = async |scope: &Scope, new: &NewSingle| ledger.add_single(scope, new, NOW).await.unwrap();
        let new = single(house.tributi, 1, Some("P/1"));
        for scope in [&house.looker, &house.stranger] {
            assert_eq!(add(scope, &new).await, SingleAdded::Forbidden);
        }
        assert_eq!(add(&house.operator, &single(house.anagrafe, 1, None)).await, SingleAdded::Forbidden);
        let SingleAdded::New(id) = add(&house.operator, &new).await else { panic!() };
        assert_eq!(add(&house.whole, &new).await, SingleAdded::Existing(id));
        assert_eq!(
            add(&house.whole, &single(house.tributi, 2, Some("P/1"))).await,
            SingleAdded::ReferenceTaken
        );
        assert_eq!(
            add(&house.whole, &single(house.anagrafe, 1, Some("P/1"))).await,
            SingleAdded::ReferenceTaken
        );
        let mut other = new.clone();
        other.content.payment = None;
        assert_eq!(add(&house.whole, &other).await, SingleAdded::ReferenceTaken);
        assert!(matches!(add(&house.whole, &single(house.tributi, 1, None)).await, SingleAdded::New(_)));
        assert!(matches!(add(&house.whole, &single(house.tributi, 1, None)).await, SingleAdded::New(_)));
        assert_eq!(ledger.raw("select cast(count(*) as text) from list").await, ["3"]);
        ledger.enable_service(&house.whole, house.tributi, false, NOW).await.unwrap();
        assert_eq!(add(&house.whole, &single(house.tributi, 3, None)).await, SingleAdded::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn a_notification_is_shown_whole() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let mut new = single(house.tributi, 1, Some("P/1"));
        let terms = PaymentTerms { invalid_after_due_date: true, payee: Payee::read("80012345676").unwrap() };
        new.content.payment.as_mut().unwrap().terms = terms;
        let SingleAdded::New(id) = ledger.add_single(&house.operator, &new, NOW).await.unwrap() else {
            panic!()
        };
        let found = ledger.find_notification(&house.looker, id).await.unwrap().unwrap();
        assert_eq!(found.subject, new.content.subject.as_str());
        assert_eq!(found.markdown, new.content.markdown.as_str());
        assert_eq!(found.content_hash, Some(new.content.hash()));
        assert_eq!(found.row.terms, terms, "{}", ledger.kind());
        assert_eq!((found.row.state, found.row.flow, found.payment), (State::Queued, None, true));
        assert_eq!((found.row.fiscal_code, found.row.reference.as_deref()), (new.fiscal_code, Some("P/1")));
        assert_eq!((found.created_by.as_deref(), found.row.created_at), (Some("bruno"), Some(NOW)));
        let (flow, list) = active(ledger, &house, house.anagrafe, 10, 3).await;
        let id = NotificationId::new(list, 2);
        let found = ledger.find_notification(&house.whole, id).await.unwrap().unwrap();
        assert_eq!((found.subject.as_str(), found.columns), ("Avviso per {{nome}}", columns()));
        assert_eq!((found.row.flow, found.payment, found.attempt), (Some(flow), false, 1));
        assert_eq!(found.row.cells, Some(new_row(2, 11).cells));
        for scope in [&house.operator, &house.stranger] {
            assert!(ledger.find_notification(scope, id).await.unwrap().is_none());
        }
        let about = About::notification(id);
        let organization = house.whole.organization;
        ledger.record_event(organization, about, "anna", "notification-resent", None, NOW).await.unwrap();
        assert_eq!(ledger.events_of_notification(&house.whole, id, 9).await.unwrap().len(), 1);
        assert_eq!(ledger.events_of_notification(&house.operator, id, 9).await.unwrap(), []);
    })
    .await;
}

async fn found(ledger: &TestLedger, scope: &Scope, search: &NotificationSearch) -> Vec<NotificationId> {
    let page = ledger.search_notifications(scope, search, None, 1_000).await.unwrap();
    page.rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn notifications_are_found_by_everything_that_the_form_asks() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (flow_a, a) = active(ledger, &house, house.tributi, 1, 4).await;
        let draft = flow(ledger, &house, house.tributi, "Bozza").await;
        fill(ledger, &house, draft, 1, 4).await;
        let (flow_b, b) = active(ledger, &house, house.anagrafe, 3, 2).await;
        let one = single(house.tributi, 1, Some("P/1"));
        let SingleAdded::New(one) = ledger.add_single(&house.operator, &one, NOW).await.unwrap() else { panic!() };
        let id = NotificationId::new;
        outcome(ledger, id(a, 1), 3, 100).await;
        outcome(ledger, id(a, 2), 5, 200).await;
        outcome(ledger, id(b, 1), 3, 300).await;
        ledger.raw(&format!("update notification set state = 1 where id = {}", id(a, 3))).await;
        ledger
            .raw(&format!(
                "update flow set state = 2, queued = 1, in_flight = 1, delivered = 1, unreachable = 1 where id = {flow_a}"
            ))
            .await;
        ledger.raw(&format!("update flow set state = 2, queued = 1, delivered = 1 where id = {flow_b}")).await;

        let all = NotificationSearch::default;
        let who = |number| NotificationSearch { fiscal_code: Some(person(number)), ..all() };
        let state = |state| NotificationSearch { state: Some(state), ..all() };
        let days = |from, to| NotificationSearch { from: Some(UnixMillis(from)), to: Some(UnixMillis(to)), ..all() };
        let io = |id: NotificationId| NotificationSearch { io_message_id: Some(format!("IO{id}")), ..all() };
        let of = |flow| NotificationSearch { flow: Some(flow), ..all() };
        let expected: Vec<(NotificationSearch, Vec<NotificationId>)> = vec![
            (all(), vec![one, id(b, 2), id(b, 1), id(a, 4), id(a, 3), id(a, 2), id(a, 1)]),
            (who(1), vec![one, id(a, 1)]),
            (who(3), vec![id(b, 1), id(a, 3)]),
            (who(77), vec![]),
            (NotificationSearch { state: Some(State::Queued), ..who(1) }, vec![one]),
            (NotificationSearch { service: Some(house.anagrafe), ..who(3) }, vec![id(b, 1)]),
            (NotificationSearch { service: Some(house.tributi), ..all() }, vec![one, id(a, 4), id(a, 3), id(a, 2), id(a, 1)]),
            (of(flow_a), vec![id(a, 4), id(a, 3), id(a, 2), id(a, 1)]),
            (of(draft), vec![]),
            (NotificationSearch { state: Some(State::Unreachable), ..of(flow_a) }, vec![id(a, 2)]),
            (NotificationSearch { state: Some(State::Delivered), ..of(flow_a) }, vec![id(a, 1)]),
            (NotificationSearch { state: Some(State::Queued), ..of(flow_a) }, vec![id(a, 4)]),
            (NotificationSearch { state: Some(State::Failed), ..of(flow_a) }, vec![]),
            (state(State::Queued), vec![one, id(b, 2), id(a, 4)]),
            (state(State::InFlight), vec![id(a, 3)]),
            (state(State::Delivered), vec![id(b, 1), id(a, 1)]),
            (state(State::Unreachable), vec![id(a, 2)]),
            (state(State::Uncertain), vec![]),
            (days(100, 300), vec![id(a, 2), id(a, 1)]),
            (days(200, 301), vec![id(b, 1), id(a, 2)]),
            (NotificationSearch { state: Some(State::Delivered), ..days(150, 400) }, vec![id(b, 1)]),
            (io(id(a, 2)), vec![id(a, 2)]),
            (NotificationSearch { notice_number: Some(notice(4)), ..all() }, vec![id(b, 2), id(a, 4)]),
            (NotificationSearch { reference: Some("P/1".to_owned()), ..all() }, vec![one]),
            (NotificationSearch { reference: Some("P/1".to_owned()), ..who(2) }, vec![]),
        ];
        for (asked, wanted) in expected {
            assert_eq!(found(ledger, &house.whole, &asked).await, wanted, "{} {asked:?}", ledger.kind());
            let own: Vec<_> = wanted.into_iter().filter(|id| id.list() != b).collect();
            assert_eq!(found(ledger, &house.operator, &asked).await, own, "{} operator {asked:?}", ledger.kind());
            assert_eq!(found(ledger, &house.stranger, &asked).await, []);
        }
        let page = ledger.search_notifications(&house.whole, &of(flow_b), None, 1).await.unwrap();
        assert_eq!(page.flows[&flow_b].columns, Columns::from_ledger(columns()));
        assert_eq!(page.rows[0].service_name, "Anagrafe");
    })
    .await;
}

#[tokio::test]
async fn pages_of_notifications_follow_each_other() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let mut wanted = Vec::new();
        for round in 0..6_i64 {
            let service = if round % 2 == 0 { house.tributi } else { house.anagrafe };
            let (flow, list) = active(ledger, &house, service, 1, 1 + round * 3).await;
            for row in 1..=1 + round * 3 {
                let id = NotificationId::new(list, row);
                if row % 3 == 0 {
                    outcome(ledger, id, 3, row / 4).await;
                }
                wanted.push(id);
            }
            let delivered = round;
            let queued = 1 + round * 2;
            ledger
                .raw(&format!(
                    "update flow set state = 2, queued = {queued}, delivered = {delivered} where id = {flow}"
                ))
                .await;
            for who in 0..3 {
                let one = single(house.tributi, who, None);
                let SingleAdded::New(id) = ledger.add_single(&house.whole, &one, NOW).await.unwrap() else {
                    panic!()
                };
                wanted.push(id);
            }
            let draft = support::flow(ledger, &house, house.tributi, "Bozza").await;
            fill(ledger, &house, draft, 1, 5).await;
        }
        wanted.reverse();
        let all = NotificationSearch::default;
        let searches = [
            all(),
            NotificationSearch { service: Some(house.tributi), ..all() },
            NotificationSearch { state: Some(State::Queued), ..all() },
            NotificationSearch { state: Some(State::Delivered), ..all() },
            NotificationSearch { from: Some(UnixMillis(1)), ..all() },
            NotificationSearch { fiscal_code: Some(person(1)), ..all() },
        ];
        for search in searches {
            for scope in [&house.whole, &house.operator] {
                let whole = found(ledger, scope, &search).await;
                assert!(!whole.is_empty());
                for limit in [1, 4, 7] {
                    let mut pages = Vec::new();
                    let mut after = None;
                    loop {
                        let page = ledger.search_notifications(scope, &search, after, limit).await.unwrap();
                        let Some(last) = page.rows.last() else { break };
                        after = Some(last.cursor());
                        pages.extend(page.rows.iter().map(|row| row.id));
                    }
                    assert_eq!(pages, whole, "{} {search:?} by {limit}", ledger.kind());
                }
            }
        }
        assert_eq!(found(ledger, &house.whole, &all()).await, wanted);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_one_notification_however_often_it_is_sent() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let form = NewSingle { form_token: Some("un-modulo".to_owned()), ..single(house.tributi, 1, None) };
        let add = || ledger.add_single(&house.operator, &form, NOW);
        let (first, second) = tokio::join!(add(), add());
        let (first, second) = (first.unwrap(), second.unwrap());
        let (SingleAdded::New(new), SingleAdded::Existing(known)) =
            (if matches!(first, SingleAdded::New(_)) { (first, second) } else { (second, first) })
        else {
            panic!("{first:?} {second:?}");
        };
        assert_eq!(new, known);
        let other = NewSingle { form_token: form.form_token.clone(), ..single(house.tributi, 2, None) };
        let other = ledger.add_single(&house.operator, &other, NOW).await.unwrap();
        assert_eq!(other, SingleAdded::FormUsed(new));
        let named =
            NewSingle { form_token: Some("altro".to_owned()), ..single(house.tributi, 1, Some("P/1")) };
        let named = ledger.add_single(&house.operator, &named, NOW).await.unwrap();
        assert!(matches!(named, SingleAdded::New(_)));
        let taken =
            NewSingle { form_token: Some("terzo".to_owned()), ..single(house.tributi, 2, Some("P/1")) };
        let taken = ledger.add_single(&house.operator, &taken, NOW).await.unwrap();
        assert_eq!(taken, SingleAdded::ReferenceTaken);
        assert_eq!(ledger.raw("select cast(count(*) as text) from notification").await, ["2"]);
    })
    .await;
}

#[tokio::test]
async fn a_test_is_of_a_flow_that_is_not_sent_yet_and_counts_nowhere_in_it() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let only_composes = composer(ledger, &house, "elsa", Rights::COMPOSE).await;
        let composer = composer(ledger, &house, "elio", Rights::OF_TEST[0]).await;
        let (flow, _) = active(ledger, &house, house.tributi, 1, 3).await;
        let before = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().summary;
        let of = |service, test_of, who: i64| NewSingle {
            test_of: Some(test_of),
            form_token: Some(format!("modulo-{who}")),
            ..single(service, who, None)
        };
        let add = async |scope: &Scope, new: &NewSingle| ledger.add_single(scope, new, NOW).await.unwrap();
        // Who composes and sends may not write single notifications, but may try what they compose; who only composes
        // may write to nobody, and the fiscal code of a test is their own word.
        assert_eq!(add(&only_composes, &of(house.tributi, flow, 9)).await, SingleAdded::Forbidden);
        assert_eq!(add(&composer, &single(house.tributi, 1, None)).await, SingleAdded::Forbidden);
        let SingleAdded::New(test) = add(&composer, &of(house.tributi, flow, 1)).await else { panic!() };
        assert_eq!(add(&composer, &of(house.tributi, flow, 1)).await, SingleAdded::Existing(test));
        for (scope, new) in [
            (&house.looker, of(house.tributi, flow, 2)),
            (&house.stranger, of(house.tributi, flow, 2)),
            (&house.whole, of(house.anagrafe, flow, 2)),
            (&house.whole, of(house.tributi, FlowId(flow.0 + 9), 2)),
        ] {
            assert_eq!(add(scope, &new).await, SingleAdded::Forbidden, "{}", scope.actor);
        }
        let after = ledger.find_flow(&house.whole, flow).await.unwrap().unwrap().summary;
        assert_eq!(after, before, "{}", ledger.kind());
        let events = ledger.events_of_flow(&house.whole, flow, 9).await.unwrap();
        let told: Vec<_> = events
            .iter()
            .filter(|event| event.kind == "flow-tested")
            .map(|event| event.detail.clone())
            .collect();
        assert_eq!(told, [Some(test.to_string())]);

        let SingleAdded::New(other) = add(&house.whole, &single(house.tributi, 1, None)).await else {
            panic!()
        };
        let tests = NotificationSearch { only_tests: true, ..NotificationSearch::default() };
        for search in [
            tests.clone(),
            NotificationSearch { flow: Some(flow), ..tests.clone() },
            NotificationSearch { fiscal_code: Some(person(1)), ..tests.clone() },
            NotificationSearch { state: Some(State::Queued), service: Some(house.tributi), ..tests.clone() },
        ] {
            assert_eq!(found(ledger, &house.whole, &search).await, [test], "{search:?}");
        }
        let elsewhere = NotificationSearch { flow: Some(FlowId(flow.0 + 9)), ..tests.clone() };
        assert_eq!(found(ledger, &house.whole, &elsewhere).await, []);
        assert_eq!(found(ledger, &house.stranger, &tests).await, []);
        let row = |id| ledger.find_notification(&house.whole, id);
        assert_eq!(row(test).await.unwrap().unwrap().row.test_of, Some(flow));
        assert_eq!(row(other).await.unwrap().unwrap().row.test_of, None);

        ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap();
        assert_eq!(
            add(&composer, &of(house.tributi, flow, 3)).await,
            SingleAdded::Forbidden,
            "it is being sent"
        );
    })
    .await;
}

/// Who may only compose for *Tributi*.
async fn composer(ledger: &TestLedger, house: &support::House, name: &str, rights: Rights) -> Scope {
    let (ente, services) = (house.whole.organization, [(house.tributi, rights)]);
    let id = ledger.add_operator(ente, name, &support::PASSWORD, false, &services, NOW).await.unwrap();
    ledger.scope_of(ente, id.unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn one_that_went_wrong_is_written_again_once() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let add = async |scope: &Scope, who, corrects| {
            ledger
                .add_single(scope, &NewSingle { corrects, ..single(house.tributi, who, None) }, NOW)
                .await
                .unwrap()
        };
        let SingleAdded::New(wrong) = add(&house.operator, 1, None).await else { panic!() };
        let open = add(&house.operator, 2, Some(wrong)).await;
        assert_eq!(open, SingleAdded::Corrected(None), "it has not gone wrong");
        ledger.raw(&format!("update notification set state = 7 where id = {wrong}")).await;
        let doubt = add(&house.operator, 2, Some(wrong)).await;
        assert_eq!(doubt, SingleAdded::Corrected(None), "nobody knows whether it went wrong");
        ledger.raw(&format!("update notification set state = 6 where id = {wrong}")).await;
        assert_eq!(add(&house.looker, 2, Some(wrong)).await, SingleAdded::Forbidden);
        let SingleAdded::New(newer) = add(&house.operator, 2, Some(wrong)).await else { panic!() };
        assert_eq!(add(&house.operator, 3, Some(wrong)).await, SingleAdded::Corrected(Some(newer)));
        assert_eq!(ledger.raw("select cast(count(*) as text) from notification").await, ["2"]);
        for (about, kind, other) in [(wrong, "single-rewritten", newer), (newer, "single-corrects", wrong)] {
            let events = ledger.events_of_notification(&house.operator, about, 9).await.unwrap();
            let told: Vec<_> =
                events.iter().map(|event| (event.kind.as_str(), event.detail.clone())).collect();
            assert_eq!(told, [(kind, Some(other.to_string()))], "{}", ledger.kind());
        }
    })
    .await;
}
