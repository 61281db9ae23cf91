//! Signing in, sessions, and what a person looked for or is writing, on both databases.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use secrecy::SecretString;
use staffetta_domain::UnixMillis;
use staffetta_store::notifications::SingleAdded;
use staffetta_store::operators::{OperatorChange, Verified};
use staffetta_store::sessions::{SESSION_IDLE_MS, SESSION_LENGTH_MS};
use staffetta_store::testing::{TestLedger, for_each_ledger, person};
use support::{NOW, house, single};

const fn after(ms: i64) -> UnixMillis {
    UnixMillis(NOW.0 + ms)
}

#[tokio::test]
async fn after_wrong_passwords_none_is_tried_for_a_while_and_longer_each_time() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let try_at = async |password: &str, ms| {
            let password = SecretString::from(password);
            ledger.verify_operator(house.whole.organization, "bruno", password, after(ms)).await.unwrap()
        };
        let right = "una frase lunga abbastanza";
        for _ in 0..4 {
            assert_eq!(try_at("sbagliata", 0).await, Verified::Wrong);
        }
        assert!(matches!(try_at(right, 0).await, Verified::Right(_)), "four are forgiven, and forgotten");
        for _ in 0..5 {
            assert_eq!(try_at("sbagliata", 0).await, Verified::Wrong);
        }
        assert_eq!(try_at(right, 29_999).await, Verified::Locked { until: after(30_000) });
        assert_eq!(try_at("sbagliata", 30_000).await, Verified::Wrong);
        assert_eq!(try_at(right, 30_001).await, Verified::Locked { until: after(90_000) });
        assert!(matches!(try_at(right, 90_000).await, Verified::Right(_)));
        assert_eq!(try_at("sbagliata", 90_000).await, Verified::Wrong);
        assert!(matches!(try_at(right, 90_000).await, Verified::Right(_)), "the count began anew");
    })
    .await;
}

#[tokio::test]
async fn a_profile_keeps_a_fiscal_code_and_ends_sessions_elsewhere() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let operator = house.operator.operator.unwrap();
        let ente = house.whole.organization;
        for (token, at) in [(b"uno".as_slice(), 0), (b"due", 0), (b"vecchia", -SESSION_IDLE_MS - 1)] {
            ledger.begin_session(ente, operator, token, after(at)).await.unwrap();
        }
        let looker = house.looker.operator.unwrap();
        ledger.begin_session(ente, looker, b"altra persona", NOW).await.unwrap();
        let profile = async || {
            let found = ledger.profile(&house.operator, operator, b"uno", NOW).await.unwrap().unwrap();
            (found.fiscal_code, found.other_sessions)
        };
        assert_eq!(profile().await, (None, 1));
        let code = person(7);
        let set = async |code| {
            ledger.set_own_fiscal_code(&house.operator, operator, code, NOW).await.unwrap();
        };
        set(Some(&code)).await;
        set(Some(&code)).await;
        // Of another ente nothing is seen or changed.
        ledger.set_own_fiscal_code(&house.stranger, operator, None, NOW).await.unwrap();
        assert_eq!(ledger.profile(&house.stranger, operator, b"uno", NOW).await.unwrap(), None);
        assert_eq!(ledger.own_fiscal_code(&house.stranger, operator).await.unwrap(), None);
        assert_eq!(ledger.own_fiscal_code(&house.operator, operator).await.unwrap(), Some(code));
        assert_eq!(ledger.end_other_sessions(operator, b"uno").await.unwrap(), 2);
        assert_eq!(profile().await, (Some(code), 0));
        assert!(ledger.session(b"altra persona", NOW).await.unwrap().is_some());
        set(None).await;
        assert_eq!(profile().await, (None, 0));
        let events = ledger.events_of_organization(&house.whole, 9).await.unwrap();
        let told: Vec<_> =
            events.iter().map(|event| (event.kind.as_str(), event.actor.as_str(), &event.detail)).collect();
        assert_eq!(
            told,
            [("operator-code-removed", "bruno", &None), ("operator-code-set", "bruno", &None)],
            "the code itself is in no event"
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_after_a_day_and_when_told() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let operator = house.operator.operator.unwrap();
        let begin = async |token: &[u8]| {
            ledger.begin_session(house.whole.organization, operator, token, NOW).await.unwrap();
        };
        let at = async |token: &[u8], ms| ledger.session(token, after(ms)).await.unwrap();
        begin(b"uno").await;
        begin(b"due").await;
        let found = at(b"uno", 0).await.unwrap();
        assert_eq!((found.operator, found.admin), (operator, false));
        assert_eq!(found.scope, house.operator);
        assert_eq!(at(b"tre", 0).await, None);
        assert_eq!(at(b"due", SESSION_IDLE_MS + 1).await, None, "idle");
        for hours in 1..=12 {
            assert!(at(b"uno", hours * 3_600_000).await.is_some(), "used every hour");
        }
        assert_eq!(at(b"uno", SESSION_LENGTH_MS + 1).await, None, "a working day");

        begin(b"tre").await;
        begin(b"quattro").await;
        ledger.end_session(b"tre").await.unwrap();
        assert_eq!(at(b"tre", 0).await, None);
        ledger.end_sessions_of(operator).await.unwrap();
        assert_eq!(at(b"quattro", 0).await, None);
    })
    .await;
}

#[tokio::test]
async fn the_ledger_keeps_no_token() {
    let ledger = TestLedger::sqlite().await;
    let house = house(&ledger).await;
    let operator = house.operator.operator.unwrap();
    let token = b"questo non deve restare scritto";
    ledger.begin_session(house.whole.organization, operator, token, NOW).await.unwrap();
    let found = ledger.raw("select count(*) || '' from session where instr(token_hash, 'scritto') > 0").await;
    assert_eq!(found, ["0"]);
    ledger.remove().await;
}

#[tokio::test]
async fn a_search_has_one_name_and_is_its_persons() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (bruno, carla) = (house.operator.operator.unwrap(), house.looker.operator.unwrap());
        let save = async |who, name, form| ledger.save_search(who, name, form, NOW).await.unwrap();
        assert_eq!(save(bruno, "a", "{1}").await, "a");
        assert_eq!(save(bruno, "b", "{1}").await, "a");
        assert_eq!(save(bruno, "c", "{2}").await, "c");
        assert_eq!(save(carla, "d", "{1}").await, "d");
        assert_eq!(ledger.saved_search(bruno, "a").await.unwrap().as_deref(), Some("{1}"));
        assert_eq!(ledger.saved_search(carla, "a").await.unwrap(), None);
        let month = 31 * 86_400_000;
        assert_eq!(
            ledger.save_search(bruno, "e", "{2}", after(month)).await.unwrap(),
            "c",
            "looked for again"
        );
        assert_eq!(ledger.sweep_searches(after(month)).await.unwrap(), 2);
        assert_eq!(ledger.saved_search(bruno, "a").await.unwrap(), None);
        assert!(ledger.saved_search(bruno, "c").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_being_written_is_its_persons_until_it_is_added_or_too_old() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let (bruno, carla) = (house.operator.operator.unwrap(), house.looker.operator.unwrap());
        let found = async |ms| {
            let found = ledger.single_draft(&house.operator, bruno, after(ms)).await.unwrap();
            found.map(|draft| (draft.form, draft.written_at))
        };
        let keep = async |who, token, form, ms| {
            ledger.keep_single_draft(who, token, form, after(ms)).await.unwrap();
        };
        keep(bruno, "modulo-1", "{1}", 0).await;
        keep(bruno, "modulo-1", "{2}", 5).await;
        assert_eq!(found(5).await, Some(("{2}".to_owned(), after(5))));
        // Nothing is kept for one who may write none.
        keep(carla, "modulo-3", "{3}", 0).await;
        assert_eq!(ledger.single_draft(&house.looker, carla, NOW).await.unwrap(), None);
        assert_eq!(ledger.raw("select cast(count(*) as text) from single_draft").await, ["1"]);

        let end = async |who, token| ledger.end_single_draft(who, token, after(6)).await.unwrap();
        end(bruno, "modulo-2").await;
        end(carla, "modulo-1").await;
        assert!(found(6).await.is_some(), "another window's");
        end(bruno, "modulo-1").await;
        assert_eq!(found(6).await, None);
        // A saving that comes late brings nothing back; another form is another one.
        keep(bruno, "modulo-1", "{2}", 7).await;
        assert_eq!(found(7).await, None);
        keep(bruno, "modulo-5", "{5}", 8).await;
        assert!(found(8).await.is_some());
        end(bruno, "modulo-5").await;
        end(bruno, "modulo-6").await;
        keep(bruno, "modulo-6", "{6}", 9).await;
        assert_eq!(found(9).await, None, "ended before anything of it was kept");

        // Nor what was added before a crash kept its end from being written.
        let mut new = single(house.tributi, 1, None);
        new.form_token = Some("modulo-1".to_owned());
        assert!(matches!(ledger.add_single(&house.operator, &new, NOW).await.unwrap(), SingleAdded::New(_)));
        keep(bruno, "modulo-1", "{2}", 10).await;
        assert_eq!(found(10).await, None);
        keep(bruno, "modulo-2", "{4}", 10).await;
        let week = 7 * 86_400_000;
        assert!(found(10 + week).await.is_some());
        assert_eq!(found(11 + week).await, None, "too old");
        assert_eq!(ledger.sweep_single_drafts(after(10 + week)).await.unwrap(), 1, "what carla had not kept");
        assert_eq!(ledger.sweep_single_drafts(after(11 + week)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn another_password_signs_out_whoever_had_the_old_one() {
    for_each_ledger(async |ledger| {
        let house = house(ledger).await;
        let organization = house.whole.organization;
        let bruno = house.operator.operator.unwrap();
        ledger.begin_session(organization, bruno, b"un gettone", NOW).await.unwrap();
        let other = SecretString::from("un'altra frase lunga");
        let hashed = staffetta_store::passwords::hash_password(&other).unwrap();
        let change = OperatorChange { password: Some(&hashed), ..OperatorChange::default() };
        assert!(!ledger.change_operator(house.stranger.organization, bruno, &change).await.unwrap());
        assert!(ledger.session(b"un gettone", NOW).await.unwrap().is_some());
        assert!(ledger.change_operator(organization, bruno, &change).await.unwrap());
        assert!(ledger.session(b"un gettone", NOW).await.unwrap().is_none());
        let verified = ledger.verify_operator(organization, "bruno", other, NOW).await.unwrap();
        assert_eq!(verified, Verified::Right(bruno));
    })
    .await;
}
