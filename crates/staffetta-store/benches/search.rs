//! How long a search takes among 1,000,000 notifications and 100,000 flows: p50 and p99 of each filter.
//!
//! `cargo bench -p staffetta-store --bench search [-- NOTIFICATIONS FLOWS]`; PostgreSQL too where
//! `STAFFETTA_TEST_POSTGRES` names a server. 95 of 100 outcomes are Delivered, some of each other state; a draft
//! of a tenth of the notifications stands on top and must cost nothing.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand: it reads the time and prints"
)]

use staffetta_domain::{
    FiscalCode, FlowId, FlowState, ListId, NatureId, NotificationState, ServiceId, UnixMillis,
};
use staffetta_store::Scope;
use staffetta_store::flows::{FlowSearch, NewFlow};
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::{TestLedger, draft, person};
use std::time::{Duration, Instant};

const NOW: UnixMillis = UnixMillis(1_760_000_000_000);
const REPEATS: i64 = 400;
/// Recipients of one flow.
const FLOW_ROWS: i64 = 100_000;

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let flows = numbers.get(1).copied().unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        measure(TestLedger::sqlite().await, rows, flows).await;
        if let Some(postgres) = TestLedger::postgres().await {
            measure(postgres, rows, flows).await;
        }
    });
}

struct Archive {
    scope: Scope,
    service: ServiceId,
    nature: NatureId,
    lists: Vec<(FlowId, ListId)>,
    rows: i64,
}

async fn measure(ledger: TestLedger, rows: i64, flows: i64) {
    let archive = build(&ledger, rows, flows).await;
    println!("{}: {rows} notifications, {flows} flows", ledger.kind());
    notifications(&ledger, &archive).await;
    flows_of(&ledger, &archive).await;
    ledger.remove().await;
}

async fn build(ledger: &TestLedger, rows: i64, flows: i64) -> Archive {
    let (scope, first) = draft(ledger, "Comune").await;
    let known = ledger.find_flow(&scope, first).await.unwrap().unwrap();
    let (service, nature) = (known.summary.service, known.summary.nature);
    let new = NewFlow {
        service,
        nature,
        description: "Avvisi TARI".to_owned(),
        reference: None,
        subject: "Avviso per {{nome}}".to_owned(),
        markdown: "Gentile {{nome}}, ".repeat(20),
    };
    // Flows without recipients, as a ledger of many years has; in raw text, because they are many.
    ledger
        .raw(&format!(
            "insert into flow (organization_id, service_id, nature_id, state, description, created_at, created_by,
               subject, markdown)
             with recursive number(n) as (select 1 union all select n + 1 from number where n < {flows})
             select {}, {service}, {nature}, 3 + n % 2, 'Avviso ' || n, {} + n, 'anna', 'Oggetto', '{}'
             from number",
            scope.organization,
            NOW.0 - 10_000_000,
            new.markdown,
        ))
        .await;
    ledger
        .raw(
            "insert into flow_word (organization_id, word, flow_id)
             select organization_id, 'avviso', id from flow union all
             select organization_id, cast(id % 5000 as text), id from flow",
        )
        .await;
    let mut lists = Vec::new();
    for from in (0..rows).step_by(usize::try_from(FLOW_ROWS).unwrap()) {
        let flow = ledger.create_draft(&scope, &new, NOW).await.unwrap().unwrap();
        let list = fill(ledger, &scope, flow, from, FLOW_ROWS.min(rows - from)).await;
        assert!(ledger.activate_flow(&scope, flow, list, NOW).await.unwrap());
        lists.push((flow, list));
    }
    // The engine's work, in one statement; of each flow the last 500 rows still wait.
    ledger
        .raw(&format!(
            "update notification set state = case when id % 100 < 95 then 3 else 2 + id % 7 end,
               handled_at = {} + id % 1000000, io_message_id = '01HMRBX079WA5SGYBQP1' || id
             where id % 16777216 <= {}",
            NOW.0,
            FLOW_ROWS - 500
        ))
        .await;
    for (flow, _) in &lists {
        ledger.raw(&format!(
            "update flow set state = 2, queued = (select count(*) from notification where flow_id = flow.id and state = 0),
               delivered = (select count(*) from notification where flow_id = flow.id and state = 3),
               failed = (select count(*) from notification where flow_id = flow.id and state = 6) where id = {flow}"
        )).await;
    }
    let hidden = ledger.create_draft(&scope, &new, NOW).await.unwrap().unwrap();
    fill(ledger, &scope, hidden, 0, rows / 10).await;
    if ledger.kind() == "postgres" {
        ledger.raw("vacuum analyze").await;
    }
    Archive { scope, service, nature, lists, rows }
}

async fn fill(ledger: &TestLedger, scope: &Scope, flow: FlowId, from: i64, rows: i64) -> ListId {
    let columns = ["codice_fiscale", "nome"].map(str::to_owned);
    let list = ledger.begin_list(scope, flow, "elenco.csv", &columns, NOW).await.unwrap().unwrap();
    for start in (0..rows).step_by(20_000) {
        let group: Vec<NewRow> = (start..rows.min(start + 20_000))
            .map(|row| NewRow {
                row: row + 1,
                fiscal_code: person(from + row),
                cells: [person(from + row).as_str(), "Maria Esposito"].into_iter().collect::<Cells>(),
                due_date: None,
                amount: None,
                notice_number: None,
            })
            .collect();
        assert!(ledger.add_rows(list, &group).await.unwrap());
    }
    assert!(ledger.finish_list(scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await.unwrap());
    list
}

async fn notifications(ledger: &TestLedger, archive: &Archive) {
    type Make = fn(&Archive, i64) -> NotificationSearch;
    let searches: [(&str, Make); 12] = [
        ("nothing", |_, _| NotificationSearch::default()),
        ("fiscal code", |archive, number| NotificationSearch {
            fiscal_code: who(archive, number),
            ..Default::default()
        }),
        ("service", |archive, _| NotificationSearch { service: Some(archive.service), ..Default::default() }),
        ("flow", |archive, number| NotificationSearch { flow: flow(archive, number), ..Default::default() }),
        ("flow, Failed", |archive, number| NotificationSearch {
            flow: flow(archive, number),
            state: Some(NotificationState::Failed),
            ..Default::default()
        }),
        ("Queued", |_, _| state(NotificationState::Queued)),
        ("Delivered", |_, _| state(NotificationState::Delivered)),
        ("Uncertain", |_, _| state(NotificationState::Uncertain)),
        ("dates", |_, number| NotificationSearch {
            from: from(number),
            to: to(number),
            ..Default::default()
        }),
        ("service, Delivered, dates", |archive, number| NotificationSearch {
            service: Some(archive.service),
            from: from(number),
            to: to(number),
            ..state(NotificationState::Delivered)
        }),
        ("IO id", |archive, number| NotificationSearch {
            io_message_id: Some(format!("01HMRBX079WA5SGYBQP1{}", (archive.lists[0].1.0 << 24) + 1 + number)),
            ..Default::default()
        }),
        ("reference", |_, number| NotificationSearch {
            reference: Some(format!("P/{number}")),
            ..Default::default()
        }),
    ];
    for (name, make) in searches {
        let mut times = Vec::new();
        let mut after = None;
        let mut rows = 0;
        for number in 0..REPEATS {
            let search = make(archive, number);
            let start = Instant::now();
            let page = ledger.search_notifications(&archive.scope, &search, after, 50).await.unwrap();
            times.push(start.elapsed());
            rows += page.rows.len();
            // Where the search is always the same, page after page.
            let same = matches!(name, "nothing" | "service" | "Queued" | "Delivered" | "Uncertain");
            after = page.rows.last().map(|row| row.cursor()).filter(|_| same);
        }
        told(&format!("notifications by {name}"), rows, &mut times);
    }
}

async fn flows_of(ledger: &TestLedger, archive: &Archive) {
    type Make = fn(&Archive, i64) -> FlowSearch;
    let searches: [(&str, Make); 10] = [
        ("nothing", |_, _| FlowSearch::default()),
        ("number", |_, number| FlowSearch { number: Some(FlowId(number + 1)), ..Default::default() }),
        ("a word of all", |_, _| words("avv")),
        ("a word of few", |_, number| words(&number.to_string())),
        ("a word of all and one of few", |_, number| words(&format!("avviso {}", number + 4_000))),
        ("service", |archive, _| FlowSearch { service: Some(archive.service), ..Default::default() }),
        ("nature", |archive, _| FlowSearch { nature: Some(archive.nature), ..Default::default() }),
        ("state", |_, _| FlowSearch { state: Some(FlowState::Sent), ..Default::default() }),
        ("operator, dates", |_, number| FlowSearch {
            created_by: Some("anna".to_owned()),
            from: Some(UnixMillis(NOW.0 - 10_000_000 + number)),
            to: Some(UnixMillis(NOW.0 - 10_000_000 + number + 500)),
            ..Default::default()
        }),
        ("fiscal code", |archive, number| FlowSearch {
            fiscal_code: who(archive, number),
            ..Default::default()
        }),
    ];
    for (name, make) in searches {
        let mut times = Vec::new();
        let mut after = None;
        let mut rows = 0;
        for number in 0..REPEATS {
            let search = make(archive, number);
            let start = Instant::now();
            let page = ledger.search_flows(&archive.scope, &search, after, 50).await.unwrap();
            times.push(start.elapsed());
            rows += page.len();
            let same = matches!(name, "nothing" | "a word of all" | "service" | "nature" | "state");
            after = page.last().map(|flow| flow.cursor()).filter(|_| same);
        }
        told(&format!("flows by {name}"), rows, &mut times);
    }
}

fn who(archive: &Archive, number: i64) -> Option<FiscalCode> {
    Some(person(number * 7_919 % archive.rows))
}

fn flow(archive: &Archive, number: i64) -> Option<FlowId> {
    Some(archive.lists[usize::try_from(number).unwrap() % archive.lists.len()].0)
}

fn state(state: NotificationState) -> NotificationSearch {
    NotificationSearch { state: Some(state), ..Default::default() }
}

fn from(number: i64) -> Option<UnixMillis> {
    Some(UnixMillis(NOW.0 + number * 1_000))
}

fn to(number: i64) -> Option<UnixMillis> {
    Some(UnixMillis(NOW.0 + number * 1_000 + 90_000))
}

fn words(words: &str) -> FlowSearch {
    FlowSearch { description: words.to_owned(), ..Default::default() }
}

fn told(name: &str, rows: usize, times: &mut [Duration]) {
    times.sort();
    let at = |part: usize| times[times.len() * part / 100].as_secs_f64() * 1_000.0;
    println!("  {name:<45} p50 {:>7.2} ms  p99 {:>7.2} ms  ({rows} rows)", at(50), at(99));
}
