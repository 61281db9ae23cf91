//! What the ledger costs for every message, without any call: rows read, claims made durable, outcomes that ride
//! with the next claims. Processor time says more than the clock here, because the disk is waited for.
//!
//! `cargo bench -p staffetta-store --bench ledger [-- ROWS GROUP]`; PostgreSQL too where `STAFFETTA_TEST_POSTGRES`
//! names a server (its own processor time is not counted).
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand: it reads the time and prints"
)]

use staffetta_domain::{ContentHash, ListId, NotificationId, NotificationState, OrganizationId, UnixMillis};
use staffetta_store::ledger::{ActiveSeen, Change, Claim, Group, Guard};
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::testing::{TestLedger, draft, person};
use std::time::Instant;

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
/// Rows read at a time, as the engine does.
const BATCH: i64 = 512;

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(100_000);
    let group = usize::try_from(numbers.get(1).copied().unwrap_or(96)).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        measure(TestLedger::sqlite().await, rows, group).await;
        if let Some(postgres) = TestLedger::postgres().await {
            measure(postgres, rows, group).await;
        }
    });
}

async fn measure(ledger: TestLedger, rows: i64, group: usize) {
    let (list, organization) = sent(&ledger, rows).await;
    let epoch = ledger.taken(organization, NOW).await.epoch;
    println!("{}: {rows} rows, {group} in a group", ledger.kind());

    let watch = Watch::start();
    let mut claims = Vec::new();
    let mut after = list.bounds().0;
    loop {
        let read = ledger.next_fresh(list, after, None, BATCH).await.unwrap();
        let Some(last) = read.last() else { break };
        after = last.id();
        claims.extend(read.iter().map(|row| Claim {
            id: row.id(),
            flow: row.flow(),
            attempt: row.attempt,
            started_at: Some(NOW),
        }));
    }
    watch.tell("rows read", claims.len());

    // Half of the rows claimed alone, to tell the two apart; the other half as the engine does.
    let (alone, riding) = claims.split_at(claims.len() / 2);
    let mut number = epoch << 40;
    let mut commit = async |claims: Vec<Claim>, changes: Vec<Change>| {
        number += 1;
        let wanted = claims.len();
        let group = Group { organization, epoch, claim: number, claims, changes, now: NOW };
        assert_eq!(ledger.commit_group(&group).await.unwrap().claimed.len(), wanted);
        number
    };
    let watch = Watch::start();
    for claims in alone.chunks(group) {
        commit(claims.to_vec(), Vec::new()).await;
    }
    watch.tell("claims alone", alone.len());
    let watch = Watch::start();
    let mut changes = Vec::new();
    for claims in riding.chunks(group) {
        let name = commit(claims.to_vec(), std::mem::take(&mut changes)).await;
        changes = claims.iter().map(|claim| accepted(claim, name)).collect();
    }
    commit(Vec::new(), changes).await;
    watch.tell("claims, and outcomes riding with them", riding.len());
    ledger.remove().await;
}

fn accepted(claim: &Claim, name: i64) -> Change {
    let NotificationId(id) = claim.id;
    let guard = Guard::Claimed { claim: name, attempt: claim.attempt };
    let mut hash = [0_u8; 16];
    hash[..8].copy_from_slice(&id.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed()).to_le_bytes());
    Change {
        io_message_id: Some(format!("01KE5M{id:020}")),
        next_check_at: Some(NOW.plus_ms(8_000 + id / 10)),
        content_hash: Some(ContentHash(hash)),
        ..Change::new(claim.id, claim.flow, guard, NotificationState::Accepted)
    }
}

/// A flow of so many rows under way.
async fn sent(ledger: &TestLedger, rows: i64) -> (ListId, OrganizationId) {
    let (scope, flow) = draft(ledger, "Comune di Prova").await;
    let columns = ["codice_fiscale", "nome"].map(str::to_owned);
    let list = ledger.begin_list(&scope, flow, "elenco.csv", &columns, NOW).await.unwrap().unwrap();
    let mut from = 1;
    while from <= rows {
        let until = rows.min(from + 19_999);
        let piece: Vec<NewRow> = (from..=until).map(row).collect();
        assert!(ledger.add_rows(list, &piece).await.unwrap());
        from = until + 1;
    }
    let finished = ledger.finish_list(&scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await;
    assert!(finished.unwrap());
    assert!(ledger.activate_flow(&scope, flow, list, NOW).await.unwrap());
    ledger.start_flow(&scope, flow, ActiveSeen::at(NOW), NOW).await.unwrap();
    (list, scope.organization)
}

fn row(number: i64) -> NewRow {
    let fiscal_code = person(number);
    let cells = [fiscal_code.as_str(), "Maria Esposito"].into_iter().collect::<Cells>();
    NewRow {
        row: number,
        fiscal_code,
        cells,
        due_date: None,
        amount: None,
        notice_number: None,
        terms: staffetta_domain::PaymentTerms::default(),
    }
}

struct Watch(Instant, f64);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), cpu_seconds())
    }

    fn tell(self, what: &str, rows: usize) {
        let (seconds, cpu) = (self.0.elapsed().as_secs_f64(), cpu_seconds() - self.1);
        let rows = rows as f64;
        println!("{what:40} {:8.0} rows/s  {:6.1} µs of CPU each", rows / seconds, cpu * 1e6 / rows);
    }
}

/// Processor time of this program, on Linux.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}
