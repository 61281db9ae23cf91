//! The settings of an ente and who may change them, and the nodes as its administrator sees them; on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{Quota, SendingHours};
use staffetta_store::ledger::Owner;
use staffetta_store::nodes::NodeSelf;
use staffetta_store::settings::{SettingsChange, SettingsChanged};
use staffetta_store::testing::for_each_ledger;
use support::{NOW, house};

#[tokio::test]
async fn what_an_administrator_changes_is_written_down() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let ente = async || ledger.organization(house.whole.organization).await.unwrap().unwrap();
        let hours: SendingHours = "08:00-20:00 lun,mar".parse().unwrap();
        let change = SettingsChange {
            name: Some("Comune di Altrove"),
            quota: Some(Quota::NONE),
            quota_share: Some(70),
            content_min: Some(80),
            hours: Some(hours),
            approval_above: Some(Some(500)),
            repeat_days: Some(60),
            letter_cents: Some(Some(105)),
        };
        let before = ente().await;
        let refused = ledger.change_settings(&house.operator, &change, NOW).await.unwrap();
        assert_eq!(refused, SettingsChanged::Forbidden);
        for (wrong, expected) in [
            (SettingsChange { name: Some("Comune vicino"), ..change }, SettingsChanged::NameTaken),
            (SettingsChange { quota_share: Some(0), ..change }, SettingsChanged::OutOfLimits),
            (SettingsChange { content_min: Some(121), ..change }, SettingsChanged::OutOfLimits),
            (SettingsChange { repeat_days: Some(0), ..change }, SettingsChanged::OutOfLimits),
            (SettingsChange { repeat_days: Some(366), ..change }, SettingsChanged::OutOfLimits),
            (SettingsChange { letter_cents: Some(Some(0)), ..change }, SettingsChanged::OutOfLimits),
        ] {
            assert_eq!(ledger.change_settings(&house.whole, &wrong, NOW).await.unwrap(), expected);
        }
        assert_eq!(ente().await, before, "{}", ledger.kind());
        assert!(ledger.events_of_organization(&house.whole, 9).await.unwrap().is_empty());

        let done = ledger.change_settings(&house.whole, &change, NOW).await.unwrap();
        assert_eq!(done, SettingsChanged::Done);
        let known = ente().await;
        assert_eq!((known.name.as_str(), known.quota), ("Comune di Altrove", Quota::NONE));
        assert_eq!((known.quota_share, known.content_min, known.hours), (70, 80, hours));
        assert_eq!((known.approval_above, known.repeat_days, known.letter_cents), (Some(500), 60, Some(105)));
        let one = SettingsChange { quota_share: Some(100), ..SettingsChange::default() };
        ledger.change_settings(&house.whole, &one, NOW).await.unwrap();
        assert_eq!(ente().await.quota, Quota::NONE, "the rest stays");

        let events = ledger.events_of_organization(&house.whole, 12).await.unwrap();
        let told: Vec<_> =
            events.iter().map(|event| (event.kind.as_str(), event.detail.as_deref())).collect();
        let expected = [
            ("organization-quota-share-set", Some("100")),
            ("organization-letter-cost-set", Some("105")),
            ("organization-repeat-days-set", Some("60")),
            ("organization-approval-set", Some("500")),
            ("organization-hours-set", Some("08:00-20:00 lun,mar")),
            ("organization-content-min-set", Some("80")),
            ("organization-quota-share-set", Some("70")),
            ("organization-quota-set", Some("none")),
            ("organization-renamed", Some("Comune di Altrove")),
        ];
        assert_eq!(told, expected, "{}", ledger.kind());
        assert!(events.iter().all(|event| event.actor == "anna"));
        for other in [&house.operator, &house.stranger] {
            assert!(ledger.events_of_organization(other, 9).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn the_nodes_are_told_to_administrators_with_the_one_that_works_their_ente() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        for (id, works) in [("uno", true), ("due", true), ("pagine", false)] {
            let [id, name, version] = [id, "macchina", "0.1.0"].map(str::to_owned);
            let node = NodeSelf { id, name, version, works, stopping: false };
            ledger.tell_node(&node, NOW).await.unwrap();
        }
        let owner = |node: &str| Owner { node: node.to_owned(), alone: false, asks_after_silence: true };
        for (scope, node) in [(&house.whole, "uno"), (&house.stranger, "due")] {
            ledger.take_over(scope.organization, &owner(node), NOW).await.unwrap().unwrap();
        }
        for (scope, worker) in [(&house.whole, "uno"), (&house.stranger, "due")] {
            let mut nodes = ledger.nodes_of(scope, NOW).await.unwrap();
            nodes.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
            let told: Vec<_> =
                nodes.iter().map(|(node, works)| (node.id.as_str(), node.organizations, *works)).collect();
            let expected = [("due", 1, worker == "due"), ("pagine", 0, false), ("uno", 1, worker == "uno")];
            assert_eq!(told, expected, "{}", ledger.kind());
        }
        assert!(ledger.nodes_of(&house.operator, NOW).await.unwrap().is_empty());
        assert_eq!(ledger.nodes(NOW).await.unwrap().len(), 3);
    })
    .await;
}
