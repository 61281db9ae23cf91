//! The ledger's statements say what the protocol's functions say: seeded rows, claims, outcomes, doubts and decisions
//! go through both, on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_domain::NotificationState as State;
use staffetta_domain::protocol::{Decision, Expected, Permission, Row, Standing};
use staffetta_domain::{FlowId, ListId, NotificationId};
use staffetta_store::Scope;
use staffetta_store::ledger::{ActiveSeen, Change, Claim, Doubts, Group, GroupDone, Guard, Switched};
use staffetta_store::testing::{TestLedger, for_each_ledger};
use support::{NOW, active, house};

const ROWS: i64 = 40;
const ROUNDS: u64 = 30;
/// Claims that rows may be held by.
const CLAIMS: [i64; 3] = [5, 6, 7];

struct Bench<'a> {
    ledger: &'a TestLedger,
    scope: Scope,
    flow: FlowId,
    list: ListId,
}

impl Bench<'_> {
    async fn new(ledger: &TestLedger) -> Bench<'_> {
        let house = house(ledger).await;
        let (flow, list) = active(ledger, &house, house.tributi, 10, ROWS).await;
        assert_eq!(
            ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
            Switched::Done
        );
        Bench { ledger, scope: house.whole, flow, list }
    }

    fn id(&self, row: usize) -> NotificationId {
        NotificationId::new(self.list, i64::try_from(row).unwrap() + 1)
    }

    /// Puts rows and ente into the ledger as they are.
    async fn set(&self, rows: &[Row], standing: Standing) {
        let values: Vec<String> = (0..)
            .zip(rows)
            .map(|(number, row)| {
                let claim = row.claim.map_or("null".to_owned(), |claim| claim.to_string());
                format!("({}, {}, {}, {claim})", self.id(number), row.state as i16, row.attempt)
            })
            .collect();
        let update = format!(
            "update notification set state = v.column2, attempt = v.column3, claim = cast(v.column4 as bigint)
             from (values {}) as v where id = v.column1",
            values.join(",")
        );
        self.ledger.raw(&update).await;
        let count = |state| rows.iter().filter(|row| row.state == state).count();
        let tally: Vec<String> =
            State::ALL.map(|state| format!("{} = {}", state.code(), count(state))).into_iter().collect();
        self.ledger
            .raw(&format!("update flow set state = 2, {} where id = {}", tally.join(", "), self.flow))
            .await;
        let held = standing.held.map_or("null".to_owned(), |hold| (hold as i16).to_string());
        self.ledger
            .raw(&format!(
                "update organization set epoch = {}, last_claim = {}, held_reason = {held}, held_at = {held}",
                standing.epoch, standing.last_claim
            ))
            .await;
    }

    async fn rows(&self) -> Vec<Row> {
        let told = self
            .ledger
            .raw("select state || ' ' || attempt || ' ' || coalesce(claim, -1) from notification order by id")
            .await;
        told.iter()
            .map(|text| {
                let numbers: Vec<i64> = text.split(' ').map(|number| number.parse().unwrap()).collect();
                Row {
                    state: State::from_number(i16::try_from(numbers[0]).unwrap()).unwrap(),
                    attempt: i16::try_from(numbers[1]).unwrap(),
                    claim: (numbers[2] >= 0).then_some(numbers[2]),
                }
            })
            .collect()
    }

    async fn check(&self, expected: &[Row], what: &str) {
        assert_eq!(self.rows().await, expected, "{}: {what}", self.ledger.kind());
        let told = self.ledger.find_flow(&self.scope, self.flow).await.unwrap().unwrap().summary.tally;
        for state in State::ALL {
            let count = expected.iter().filter(|row| row.state == state).count();
            assert_eq!(told.count(state), i64::try_from(count).unwrap(), "{what}: {state:?}");
        }
    }

    async fn commit(&self, epoch: i64, claims: Vec<Claim>, changes: Vec<Change>) -> GroupDone {
        let organization = self.scope.organization;
        let group = Group { organization, epoch, claim: 9, claims, changes, now: NOW };
        self.ledger.commit_group(&group).await.unwrap()
    }
}

fn some_row(chance: &mut ChaCha8Rng) -> Row {
    let state = *State::ALL.choose(chance).unwrap();
    let held = matches!(state, State::InFlight | State::Uncertain);
    // Of a doubt that a person raised no claim is known.
    let known = state == State::InFlight || chance.random_bool(0.7);
    let claim = (held && known).then(|| *CLAIMS.choose(chance).unwrap());
    Row { state, attempt: chance.random_range(1..=3), claim }
}

/// What an engine may write of a row: what a claim, a profile or a status check led to.
fn some_change(bench: &Bench<'_>, number: usize, chance: &mut ChaCha8Rng) -> (Change, Expected) {
    let attempt = chance.random_range(1..=3);
    let (expected, outcomes): (_, &[State]) = match chance.random_range(0..4) {
        0 => (Expected::Queued(attempt), &[State::Unreachable, State::Failed, State::Queued]),
        1 => (
            Expected::Accepted(attempt),
            &[State::Delivered, State::Rejected, State::Failed, State::Accepted],
        ),
        _ => (
            Expected::Claimed { claim: *CLAIMS.choose(chance).unwrap(), attempt },
            &[State::Accepted, State::Failed, State::Queued, State::Uncertain],
        ),
    };
    let guard = match expected {
        Expected::Queued(attempt) => Guard::Queued { attempt, started_at: Some(NOW) },
        Expected::Accepted(attempt) => Guard::Accepted { attempt },
        Expected::Claimed { claim, attempt } => Guard::Claimed { claim, attempt },
    };
    let to = *outcomes.choose(chance).unwrap();
    (Change::new(bench.id(number), Some(bench.flow), guard, to), expected)
}

#[tokio::test]
async fn the_ledger_claims_records_doubts_and_decides_as_the_protocol_says() {
    for_each_ledger(async |ledger| {
        let bench = Bench::new(ledger).await;
        for seed in 0..ROUNDS {
            let mut chance = ChaCha8Rng::seed_from_u64(seed);
            let mut rows: Vec<Row> = (0..ROWS).map(|_| some_row(&mut chance)).collect();
            // One row stays under way, so that the flow goes on whatever becomes of the others.
            rows[0] = Row { attempt: 9, ..Row::FRESH };
            // After the owner of the round before, of whom the mark still tells.
            let present = 3 + 2 * i64::try_from(seed).unwrap();
            let standing = Standing { epoch: present, last_claim: 9, ..Standing::default() };
            bench.set(&rows, standing).await;

            let changes: Vec<_> =
                (1..rows.len()).map(|number| some_change(&bench, number, &mut chance)).collect();
            let written = changes.iter().map(|(change, _)| change.clone()).collect();
            // Also an owner that lost the ente writes its answers.
            let epoch = chance.random_range(present - 1..=present);
            bench.commit(epoch, Vec::new(), written).await;
            for (row, (change, expected)) in rows[1..].iter_mut().zip(&changes) {
                *row = row.recorded(*expected, change.to).unwrap_or(*row);
            }
            bench.check(&rows, "outcomes").await;

            let attempts: Vec<i16> = (0..ROWS).map(|_| chance.random_range(1..=3)).collect();
            let claims = (1..rows.len()).map(|number| Claim {
                id: bench.id(number),
                flow: Some(bench.flow),
                attempt: attempts[number],
                started_at: Some(NOW),
            });
            let done = bench.commit(present, claims.collect(), Vec::new()).await;
            let mut won = Vec::new();
            for number in 1..rows.len() {
                if let Some(claimed) = rows[number].claimed(attempts[number], 9) {
                    rows[number] = claimed;
                    won.push(bench.id(number));
                }
            }
            assert_eq!(done.claimed, won, "{} {seed}", ledger.kind());
            bench.check(&rows, "claims").await;

            let held = ledger.taken(bench.scope.organization, NOW).await.held;
            for row in &mut rows {
                *row = row.left_open(held).unwrap_or(*row);
            }
            bench.check(&rows, "a new owner").await;

            let decision = if seed % 2 == 0 { Decision::Resend } else { Decision::ConsiderSent };
            let one = chance.random_range(1..rows.len());
            let decided = ledger
                .decide_uncertain(
                    &bench.scope,
                    Doubts::One(bench.id(one), rows[one].attempt),
                    decision,
                    "",
                    NOW,
                )
                .await;
            let expected = rows[one].decided(decision);
            assert_eq!(decided.unwrap(), i64::from(expected.is_some()));
            rows[one] = expected.unwrap_or(rows[one]);
            bench.check(&rows, "a decision").await;
            let all = Doubts::OfFlow(bench.flow, NOW);
            ledger.decide_uncertain(&bench.scope, all, decision, "", NOW).await.unwrap();
            for row in &mut rows {
                *row = row.decided(decision).unwrap_or(*row);
            }
            bench.check(&rows, "decisions").await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_ledger_permits_claims_as_the_protocol_says() {
    for_each_ledger(async |ledger| {
        let bench = Bench::new(ledger).await;
        let rows = vec![Row::FRESH; usize::try_from(ROWS).unwrap()];
        // This program saw claim 9 written.
        bench.set(&rows, Standing { epoch: 3, last_claim: 8, ..Standing::default() }).await;
        let claim = |number| {
            vec![Claim { id: bench.id(number), flow: Some(bench.flow), attempt: 1, started_at: Some(NOW) }]
        };
        bench.commit(3, claim(0), Vec::new()).await;
        for epoch in [2, 3, 4] {
            for last_claim in [8, 9, 10] {
                for held in [None, Some(staffetta_domain::protocol::Hold::Silent)] {
                    let standing = Standing { epoch: 3, last_claim, held, ..Standing::default() };
                    bench.set(&rows, standing).await;
                    let done = bench.commit(epoch, claim(1), Vec::new()).await;
                    let expected = standing.permission(epoch, 9);
                    let what = format!("{} {epoch} {last_claim} {held:?}", ledger.kind());
                    assert_eq!(done.epoch_lost, expected == Permission::Lost, "{what}");
                    assert_eq!(done.claimed.len(), usize::from(expected == Permission::Granted), "{what}");
                }
            }
        }
    })
    .await;
}
