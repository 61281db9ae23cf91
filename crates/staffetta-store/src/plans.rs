//! Every statement that may meet a large table finds its rows by an index: asked of both databases.

use crate::flows::{self, FlowSearch};
use crate::notifications::statement::{Lead, Run, text};
use crate::notifications::{self, NotificationSearch};
use crate::testing::{TestLedger, for_each_ledger};
use crate::{corrections, deeds, draft_files, errata, events, forecasts, lists, lookups, models};
use staffetta_domain::{FiscalCode, FlowId, FlowState, NatureId, NotificationState, ServiceId, UnixMillis};

/// Tables that may be large, and the names by which the statements call them.
const LARGE: [&str; 18] = [
    "notification",
    "n",
    "recipient",
    "r",
    "recipient_key",
    "k",
    "flow",
    "f",
    "list",
    "l",
    "event",
    "e",
    "draft_file",
    "d",
    "draft_file_part",
    "p",
    "model",
    "m",
];

async fn check(ledger: &TestLedger, name: &str, statement: &str) {
    if ledger.kind() == "sqlite" {
        for step in ledger.raw(&format!("explain query plan {statement}")).await {
            // A partial index that holds only what is being read or removed.
            let rest = step.strip_prefix("SCAN ").filter(|rest| !rest.ends_with("_incomplete"));
            let scanned = rest.and_then(|rest| rest.split(' ').next());
            assert!(scanned.is_none_or(|table| !LARGE.contains(&table)), "{name}: {step}\n{statement}");
        }
    } else {
        for step in ledger.raw(&format!("explain {}", with_values(statement))).await {
            let scanned = step.split_once("Seq Scan on ").and_then(|(_, rest)| rest.split(' ').next());
            assert!(scanned.is_none_or(|table| !LARGE.contains(&table)), "{name}: {step}\n{statement}");
        }
    }
}

/// The statement with a value of any type in each of its places.
fn with_values(statement: &str) -> String {
    let mut parts = statement.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("'5'");
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    text
}

async fn without_seq_scans(ledger: &TestLedger) {
    if let crate::db::Db::Postgres(server) = &ledger.db {
        let pool = &server.pool;
        let name: (String,) = sqlx::query_as("select current_database()").fetch_one(pool).await.unwrap();
        ledger.raw(&format!("alter database {} set enable_seqscan = off", name.0)).await;
        // Only new connections know it.
        pool.set_connect_options(
            pool.connect_options().as_ref().clone().options([("enable_seqscan", "off")]),
        );
        for _ in 0..16 {
            let conn = pool.acquire().await.unwrap();
            conn.close().await.unwrap();
        }
    }
}

/// Of notifications, forecasts, errata and flows.
const READ_AND_CHANGED: [(&str, &str); 38] = [
    ("archive by ente", notifications::archive::OF_ORGANIZATION),
    ("archive by service", notifications::archive::OF_SERVICE),
    ("queued flows", notifications::queued::FLOWS),
    ("interrupted flows", crate::ledger::interrupted::NOT_DONE),
    ("what waits in one", crate::ledger::interrupted::LAST_OF_PIECE),
    ("retries of a list", notifications::queued::RETRIES),
    ("the last doubt of a flow", crate::ledger::decide::LAST_DOUBT),
    ("doubts whose claim is forgotten", crate::ledger::take_over::FORGET_CLAIMS),
    ("never tried of a list", notifications::queued::ABOVE),
    ("rows of a flow", notifications::flow_rows::PAGE),
    ("results of a flow", notifications::results::ALL),
    ("who is not reached", notifications::results::UNREACHED),
    ("begin an errata", errata::BEGIN),
    ("the errata that a flow is", errata::OF_FLOW),
    ("the errata of a flow", errata::OF_SOURCE),
    ("how recipients stand", errata::RECEIPTS),
    ("the next forecast", forecasts::walk::NEXT),
    ("rows of a forecast", forecasts::walk::ROWS),
    ("the segment of a row", corrections::SEGMENT),
    ("other rows of a person", corrections::OTHERS),
    ("keep an attempt", corrections::KEEP),
    ("a notification", notifications::find::FIND),
    ("a reference", notifications::single::SAME),
    ("a form", notifications::single::SAME_FORM),
    ("the list of a flow", notifications::search::FLOW),
    ("a flow", flows::find::FIND),
    ("how far a flow is", flows::progress::PROGRESS),
    ("an earlier flow", flows::same::EARLIER),
    ("a flow by reference", flows::same::BY_REFERENCE),
    ("activate", flows::activate::ACTIVATE),
    ("describe", flows::describe::DESCRIBE),
    ("save", flows::draft::UPDATE),
    ("delete", flows::delete::DELETE),
    ("begin a part", flows::part::BEGIN),
    ("copy a file", flows::part::COPY),
    ("part a draft", flows::part::HOLD),
    ("hold", flows::delete::HOLD),
    ("orphans", flows::delete::ORPHANS),
];

/// Of files, lists, searches, models and events.
const KEPT: [(&str, &str); 42] = [
    ("begin a file", draft_files::keep::BEGIN),
    ("count parts", draft_files::keep::COUNT),
    ("take a file", draft_files::keep::TAKE),
    ("a draft's file", draft_files::find::FIND),
    ("a part", draft_files::find::PART),
    ("give up files", draft_files::sweep::GIVE_UP),
    ("stale files", draft_files::sweep::STALE),
    ("void what was read", draft_files::reading::UNCHECK),
    ("cells put right", draft_files::reading::CELLS),
    ("void what was read with all", draft_files::exclusion::UNCHECK),
    ("give up who is left out", draft_files::exclusion::GIVE_UP_EXCLUDING),
    ("who is left out", draft_files::exclusion::FIND),
    ("flows with the same texts", lists::already::SAME_TEXTS),
    ("who got the same", lists::already::SAME_PERSONS),
    ("rows of who got the same", lists::already::ROWS),
    ("what else is sent", flows::under_way::ELSEWHERE),
    ("rows of a person", lists::of_person::OF_PERSON),
    ("narrow rows", lists::rows::NARROW),
    ("count rows", lists::rows::COUNT),
    ("planned starts that are due", crate::ledger::planned::DUE),
    ("attach", lists::finish::ATTACH),
    ("sweep", lists::sweep::TAKE),
    ("wrong rows", lists::wrong::PAGE),
    ("keys of notices", lists::keys::ADD[0]),
    ("keys of people", lists::keys::ADD[1]),
    ("keys of a segment to remove", lists::keys::REMOVE_PIECE),
    ("keys of people to remove", lists::keys::REMOVE_SHARED[0]),
    ("keys of notices to remove", lists::keys::REMOVE_SHARED[1]),
    ("searches for people", lookups::OF_ENTE),
    ("searches for a person", lookups::OF_PERSON),
    ("deeds on a flow", deeds::OF_FLOW),
    ("deeds on rows", deeds::OF_ROWS),
    ("models of an ente", models::find::LIST),
    ("a model", models::find::FIND),
    ("a model by name", models::find::BY_NAME),
    ("whose name it is", models::save::NAMED),
    ("rename a model", models::change::RENAME),
    ("delete a model", models::change::DELETE),
    ("events of a flow", events::BY_FLOW),
    ("events of a notification", events::BY_NOTIFICATION),
    ("events of a service", events::BY_SERVICE),
    ("events of an ente", events::BY_ORGANIZATION),
];

#[tokio::test]
async fn fixed_statements_use_an_index() {
    for_each_ledger(async |ledger| {
        without_seq_scans(ledger).await;
        for (name, statement) in READ_AND_CHANGED.into_iter().chain(KEPT) {
            check(ledger, name, statement).await;
        }
    })
    .await;
}

#[tokio::test]
async fn every_search_of_flows_uses_the_index_of_its_lead() {
    for_each_ledger(async |ledger| {
        without_seq_scans(ledger).await;
        use flows::search::{Lead, statement};
        let leads = [
            (Lead::Number, "f USING INTEGER PRIMARY KEY (rowid=?)"),
            (Lead::FiscalCode, "flow_by_list"),
            (Lead::Words, "f USING INTEGER PRIMARY KEY (rowid=?)"),
            (Lead::Operator, "flow_by_operator"),
            (Lead::Service, "flow_by_service"),
            (Lead::Nature, "flow_by_nature"),
            (Lead::Organization, "flow_by_date"),
        ];
        let words = ["tari".to_owned(), "2025".to_owned()];
        let postgres = ledger.kind() == "postgres";
        let full = FlowSearch {
            number: Some(FlowId(1)),
            nature: Some(NatureId(1)),
            service: Some(ServiceId(1)),
            state: Some(FlowState::Sent),
            from: Some(UnixMillis(1)),
            to: Some(UnixMillis(2)),
            created_by: Some("anna".to_owned()),
            fiscal_code: Some(FiscalCode::FICTITIOUS),
            description: String::new(),
        };
        for search in [FlowSearch::default(), full] {
            for (lead, index) in leads {
                let statement = statement(&search, &words, lead, postgres);
                check(ledger, &format!("{lead:?}"), &statement).await;
                if !postgres {
                    let plan = ledger.raw(&format!("explain query plan {statement}")).await.join("\n");
                    assert!(plan.contains(index), "{lead:?}: {plan}");
                    let sorts = plan.contains("TEMP B-TREE FOR ORDER BY");
                    let few = matches!(lead, Lead::Number | Lead::FiscalCode | Lead::Words);
                    assert!(few || !sorts, "{lead:?} sorts: {plan}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_search_of_notifications_uses_the_index_of_its_lead() {
    for_each_ledger(async |ledger| {
        without_seq_scans(ledger).await;
        let leads = [
            (Lead::FiscalCode, "k USING PRIMARY KEY (segment=? AND value=?"),
            (Lead::NoticeNumber, "k USING PRIMARY KEY (segment=? AND value=?"),
            (Lead::IoMessageId, "notification_by_io_id"),
            (Lead::Reference, "notification_by_reference"),
            (Lead::Range, "n USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
            (Lead::Ranges, "n USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
            (Lead::FlowOutcome, "notification_by_flow_state (flow_id=? AND state=? AND rowid>? AND rowid<?)"),
            (Lead::InFlight, "notification_in_flight (organization_id=? AND rowid>? AND rowid<?)"),
            (Lead::SingleQueued, "notification_single_queued (organization_id=? AND rowid>? AND rowid<?)"),
            (Lead::Test, "notification_test (organization_id=? AND id>? AND id<?)"),
            (Lead::Retry, "notification_retry (organization_id=? AND retry_at>?)"),
            (Lead::NeverTried, "n USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
        ];
        let postgres = ledger.kind() == "postgres";
        let full = NotificationSearch {
            fiscal_code: Some(FiscalCode::FICTITIOUS),
            service: Some(ServiceId(1)),
            flow: Some(FlowId(1)),
            state: Some(NotificationState::Failed),
            from: Some(UnixMillis(1)),
            to: Some(UnixMillis(2)),
            io_message_id: Some("a".to_owned()),
            notice_number: Some("3".to_owned()),
            reference: Some("P/1".to_owned()),
            only_tests: true,
        };
        for search in [NotificationSearch::default(), full] {
            for (lead, index) in leads {
                let run = Run { state: search.state, ..Run::new(lead, 50) };
                let statement = text(&search, &run, postgres);
                check(ledger, &format!("{lead:?}"), &statement).await;
                if !postgres {
                    let plan = ledger.raw(&format!("explain query plan {statement}")).await.join("\n");
                    assert!(plan.contains(index), "{lead:?}: {plan}");
                    let few =
                        matches!(lead, Lead::FiscalCode | Lead::NoticeNumber | Lead::Reference | Lead::Retry);
                    assert!(few || !plan.contains("TEMP B-TREE FOR ORDER BY"), "{lead:?} sorts: {plan}");
                }
            }
        }
    })
    .await;
}
