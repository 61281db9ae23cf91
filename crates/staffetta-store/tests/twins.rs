//! The two databases, given the same things to do, answer the same: a seeded comparison.
//!
//! Where no PostgreSQL is at hand the second ledger is another SQLite, and only the test itself is tried.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_domain::{FlowId, FlowState, ListId, NotificationId, NotificationState, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::flows::{FlowSearch, FlowText, NewFlow};
use staffetta_store::lists::{FlowSeen, ListFacts, NewRow};
use staffetta_store::notifications::{NotificationSearch, SingleAdded};
use staffetta_store::testing::{TestLedger, person};
use support::{House, columns, house, new_flow, new_row, outcome, single};

/// A ledger with the numbers that it gave, in the order in which it gave them: a transaction that was
/// rolled back leaves a gap in PostgreSQL's numbers, so that numbers are compared by their place.
struct Twin {
    ledger: TestLedger,
    house: House,
    flows: Vec<FlowId>,
    lists: Vec<ListId>,
}

#[derive(Clone, Copy, Debug)]
enum Who {
    Whole,
    Operator,
    Looker,
    Stranger,
}

/// What is done; numbers are places in the lists of what was made.
#[derive(Clone, Debug)]
enum Act {
    Create {
        description: usize,
        service: bool,
        reference: Option<u8>,
    },
    Update {
        flow: usize,
        service: bool,
        description: usize,
        reference: Option<u8>,
        seen: Option<i64>,
    },
    Describe {
        flow: usize,
        description: usize,
    },
    Read {
        flow: usize,
        first: i64,
        rows: i64,
        replaces: Option<usize>,
    },
    Begin {
        flow: usize,
    },
    Abandon {
        list: usize,
    },
    Keep {
        flow: usize,
        parts: usize,
        whole: bool,
    },
    Activate {
        flow: usize,
        list: usize,
    },
    Deactivate {
        flow: usize,
    },
    Delete {
        flow: usize,
    },
    Single {
        who: i64,
        service: bool,
        reference: Option<u8>,
    },
    Outcome {
        list: usize,
        row: i64,
        state: i16,
    },
    SearchFlows {
        words: usize,
        state: Option<i16>,
        who: Option<i64>,
        service: Option<bool>,
        days: Option<i64>,
    },
    Search {
        who: Option<i64>,
        service: Option<bool>,
        flow: Option<usize>,
        state: Option<i16>,
        days: Option<i64>,
    },
    Sweep,
}

const DESCRIPTIONS: [&str; 6] =
    ["TARI 2025", "Tariffa della mensa", "Carte d'identità", "", "Città più vivibile", "tari tari"];

fn act(random: &mut ChaCha8Rng) -> (Who, Act) {
    let who = [Who::Whole, Who::Whole, Who::Operator, Who::Looker, Who::Stranger][random.random_range(0..5)];
    let any = random.random_range(0..12);
    let other = random.random_range(0..12);
    let some =
        |random: &mut ChaCha8Rng, most: i64| random.random_bool(0.4).then(|| random.random_range(0..most));
    let service = random.random_bool(0.7);
    let description = random.random_range(0..DESCRIPTIONS.len());
    let reference = random.random_bool(0.3).then(|| random.random_range(0..3_u8));
    let act = match random.next_u32() % 20 {
        0 => Act::Create { description, service, reference },
        1 => Act::Update { flow: any, service, description, reference, seen: some(random, 4) },
        2 => Act::Describe { flow: any, description },
        3 | 4 => {
            let replaces = random.random_bool(0.3).then_some(other);
            Act::Read {
                flow: any,
                first: random.random_range(0..6),
                rows: random.random_range(0..9),
                replaces,
            }
        }
        5 => Act::Begin { flow: any },
        6 => Act::Abandon { list: other },
        7 | 8 => Act::Activate { flow: any, list: other },
        9 => Act::Deactivate { flow: any },
        10 => Act::Delete { flow: any },
        11 => Act::Single { who: random.random_range(0..6), service, reference },
        12 => Act::Outcome { list: other, row: random.random_range(1..6), state: random.random_range(2..9) },
        13 | 14 => Act::SearchFlows {
            words: description,
            state: some(random, 5).map(|state| i16::try_from(state).unwrap()),
            who: some(random, 9),
            service: random.random_bool(0.3).then_some(service),
            days: some(random, 50),
        },
        15 | 16 => Act::Search {
            who: some(random, 9),
            service: random.random_bool(0.3).then_some(service),
            flow: random.random_bool(0.2).then_some(any),
            state: some(random, 9).map(|state| i16::try_from(state).unwrap()),
            days: some(random, 50),
        },
        17 | 18 => Act::Keep { flow: any, parts: random.random_range(0..3), whole: service },
        _ => Act::Sweep,
    };
    (who, act)
}

impl Twin {
    async fn new(ledger: TestLedger) -> Self {
        let house = house(&ledger).await;
        Self { ledger, house, flows: Vec::new(), lists: Vec::new() }
    }

    fn scope(&self, who: Who) -> &Scope {
        match who {
            Who::Whole => &self.house.whole,
            Who::Operator => &self.house.operator,
            Who::Looker => &self.house.looker,
            Who::Stranger => &self.house.stranger,
        }
    }

    fn flow(&self, place: usize) -> FlowId {
        self.flows.get(place % self.flows.len().max(1)).copied().unwrap_or(FlowId(-1))
    }

    fn list(&self, place: usize) -> ListId {
        self.lists.get(place % self.lists.len().max(1)).copied().unwrap_or(ListId(1 << 30))
    }

    fn place_of(&self, id: NotificationId) -> String {
        format!("{:?}/{}", self.lists.iter().position(|list| *list == id.list()), id.row())
    }

    fn service(&self, first: bool) -> staffetta_domain::ServiceId {
        if first { self.house.tributi } else { self.house.anagrafe }
    }

    /// Does it; gives the answer without numbers.
    async fn run(&mut self, who: Who, act: &Act, now: UnixMillis) -> String {
        let scope = self.scope(who).clone();
        let ledger = &self.ledger;
        match act.clone() {
            Act::Create { description, service, reference } => {
                let mut new: NewFlow =
                    new_flow(&self.house, self.service(service), DESCRIPTIONS[description]);
                new.reference = reference.map(|reference| format!("R/{reference}"));
                let made = ledger.create_draft(&scope, &new, now).await.unwrap();
                self.flows.extend(made);
                format!("{}", made.is_some())
            }
            Act::Update { flow, service, description, reference, seen } => {
                let text = FlowText {
                    service: self.service(service),
                    nature: self.house.payment_nature,
                    description: DESCRIPTIONS[description].to_owned(),
                    reference: reference.map(|reference| format!("R/{reference}")),
                    subject: "Oggetto {{nome}}".to_owned(),
                    markdown: "Testo".to_owned(),
                };
                format!("{:?}", ledger.update_draft(&scope, self.flow(flow), &text, seen).await.unwrap())
            }
            Act::Describe { flow, description } => {
                let (flow, nature) = (self.flow(flow), self.house.nature);
                let described =
                    ledger.describe_flow(&scope, flow, nature, DESCRIPTIONS[description], now).await;
                format!("{}", described.unwrap())
            }
            Act::Read { flow, first, rows, replaces } => {
                self.read(&scope, flow, (first, rows), replaces, now).await
            }
            Act::Begin { flow } => {
                let begun =
                    ledger.begin_list(&scope, self.flow(flow), "b.csv", &columns(), now).await.unwrap();
                self.lists.extend(begun);
                format!("{}", begun.is_some())
            }
            Act::Abandon { list } => {
                format!("{}", ledger.abandon_list(&scope, self.list(list)).await.unwrap())
            }
            Act::Activate { flow, list } => {
                // Now and then the flow's own list, or nothing would ever be activated.
                let flow = self.flow(flow);
                let known = ledger.find_flow(&self.house.whole, flow).await.unwrap();
                let own = known.and_then(|flow| flow.summary.list).filter(|_| list % 4 != 0);
                format!(
                    "{}",
                    ledger.activate_flow(&scope, flow, own.unwrap_or(self.list(list)), now).await.unwrap()
                )
            }
            Act::Deactivate { flow } => {
                format!("{}", ledger.deactivate_flow(&scope, self.flow(flow), now).await.unwrap())
            }
            Act::Delete { flow } => {
                format!("{}", ledger.delete_flow(&scope, self.flow(flow), now).await.unwrap())
            }
            Act::Single { .. } | Act::SearchFlows { .. } | Act::Search { .. } => {
                self.ask(who, act, now).await
            }
            Act::Outcome { list, row, state } => {
                outcome(ledger, NotificationId::new(self.list(list), row), state, now.0).await;
                String::new()
            }
            Act::Keep { flow, parts, whole } => self.keep(&scope, flow, (parts, whole), now).await,
            Act::Sweep => {
                let (lists, files) = (ledger.sweep_lists(now).await, ledger.sweep_files(now).await);
                format!("{} {}", lists.unwrap(), files.unwrap())
            }
        }
    }

    /// A file is read from the first to the last of its rows.
    async fn read(
        &mut self,
        scope: &Scope,
        flow: usize,
        (first, rows): (i64, i64),
        replaces: Option<usize>,
        now: UnixMillis,
    ) -> String {
        let (flow, ledger) = (self.flow(flow), &self.ledger);
        let list = ledger.begin_list(scope, flow, "elenco.csv", &columns(), now).await.unwrap();
        let Some(list) = list else { return "none".to_owned() };
        self.lists.push(list);
        let people: Vec<NewRow> = (1..=rows).map(|row| new_row(row, first + row)).collect();
        let added = ledger.add_rows(list, &people).await.unwrap();
        let known = ledger.find_flow(&self.house.whole, flow).await.unwrap();
        let current = known.and_then(|flow| flow.summary.list);
        let replaces = replaces.map_or(current, |place| Some(self.list(place)));
        let facts = ListFacts { total_cents: Some(rows * 100), ..ListFacts::default() };
        let seen = match ledger.find_flow(&self.house.whole, flow).await.unwrap() {
            Some(known) => FlowSeen {
                list: replaces,
                version: known.version,
                file: known.file,
                revision: known.revision,
            },
            None => FlowSeen { list: replaces, ..FlowSeen::NEW },
        };
        let finished = ledger.finish_list(scope, list, facts, &[u8::from(rows > 4)], seen).await;
        format!("{added} {}", finished.unwrap())
    }

    /// A file is uploaded, to its end or not.
    async fn keep(
        &self,
        scope: &Scope,
        flow: usize,
        (parts, whole): (usize, bool),
        now: UnixMillis,
    ) -> String {
        let (flow, ledger) = (self.flow(flow), &self.ledger);
        let file = ledger.begin_file(scope, flow, "elenco.csv", &columns(), now).await.unwrap();
        let Some(file) = file else { return "none".to_owned() };
        for part in 0..parts {
            assert!(ledger.add_file_part(scope, file, &[u8::try_from(part).unwrap(); 5]).await.unwrap());
        }
        let kept = whole && ledger.finish_file(scope, file).await.unwrap();
        let found = ledger.draft_file(scope, flow).await.unwrap();
        let found = found.map(|found| (found.id == file, found.bytes, found.parts, found.uploaded_by));
        let known = ledger.find_flow(&self.house.whole, flow).await.unwrap();
        let version = known.map(|known| (known.version, known.checked_version));
        format!("{kept} {found:?} {version:?} {:?}", ledger.file_part(scope, file, 1).await.unwrap())
    }

    /// What changes no flow and no list that is being read.
    async fn ask(&mut self, who: Who, act: &Act, now: UnixMillis) -> String {
        let scope = self.scope(who).clone();
        let ledger = &self.ledger;
        match act.clone() {
            Act::Single { who, service, reference } => {
                let reference = reference.map(|reference| format!("P/{reference}"));
                let new = single(self.service(service), who, reference.as_deref());
                match ledger.add_single(&scope, &new, now).await.unwrap() {
                    SingleAdded::New(id) => {
                        self.lists.push(id.list());
                        "new".to_owned()
                    }
                    SingleAdded::Existing(id) => format!("existing {}", self.place_of(id)),
                    other => format!("{other:?}"),
                }
            }
            Act::SearchFlows { words, state, who, service, days } => {
                let search = FlowSearch {
                    description: DESCRIPTIONS[words].chars().take(4).collect(),
                    state: state.and_then(FlowState::from_number),
                    fiscal_code: who.map(person),
                    service: service.map(|service| self.service(service)),
                    from: days.map(UnixMillis),
                    ..FlowSearch::default()
                };
                self.flows_found(&scope, &search).await
            }
            Act::Search { who, service, flow, state, days } => {
                let search = NotificationSearch {
                    fiscal_code: who.map(person),
                    service: service.map(|service| self.service(service)),
                    flow: flow.map(|flow| self.flow(flow)),
                    state: state.and_then(NotificationState::from_number),
                    to: days.map(UnixMillis),
                    ..NotificationSearch::default()
                };
                self.notifications_found(&scope, &search).await
            }
            other => panic!("{other:?}"),
        }
    }

    /// Of each flow all but its numbers.
    async fn flows_found(&self, scope: &Scope, search: &FlowSearch) -> String {
        let found = self.ledger.search_flows(scope, search, None, 7).await.unwrap();
        let told = found.into_iter().map(|mut flow| {
            let place = self.flows.iter().position(|known| *known == flow.id);
            let list = flow.list.take().map(|list| self.lists.iter().position(|known| *known == list));
            flow.id = FlowId(0);
            format!("{place:?} {list:?} {flow:?}")
        });
        told.collect::<Vec<_>>().join("\n")
    }

    async fn notifications_found(&self, scope: &Scope, search: &NotificationSearch) -> String {
        let page = self.ledger.search_notifications(scope, search, None, 9).await.unwrap();
        let told = page.rows.into_iter().map(|mut row| {
            let place = self.place_of(row.id);
            row.id = NotificationId(0);
            row.flow = None;
            row.io_message_id = None;
            format!("{place} {row:?}")
        });
        told.collect::<Vec<_>>().join("\n")
    }
}

async fn compare(seed: u64, steps: i64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let other = match TestLedger::postgres().await {
        Some(postgres) => postgres,
        None => TestLedger::sqlite().await,
    };
    let (mut left, mut right) = (Twin::new(TestLedger::sqlite().await).await, Twin::new(other).await);
    let mut told = 0;
    for step in 0..steps {
        let (who, act) = act(&mut random);
        let now = UnixMillis(step / 5);
        let answers = (left.run(who, &act, now).await, right.run(who, &act, now).await);
        assert_eq!(answers.0, answers.1, "seed {seed}, step {step}: {who:?} {act:?}");
        told += usize::from(!answers.0.is_empty() && answers.0 != "false");
    }
    assert!(told > 50, "seed {seed} does too little: {told}");
    for scope in [Who::Whole, Who::Operator] {
        let all = FlowSearch::default();
        let flows = (
            left.flows_found(left.scope(scope), &all).await,
            right.flows_found(right.scope(scope), &all).await,
        );
        assert_eq!(flows.0, flows.1);
        let all = NotificationSearch::default();
        let rows = (
            left.notifications_found(left.scope(scope), &all).await,
            right.notifications_found(right.scope(scope), &all).await,
        );
        assert_eq!(rows.0, rows.1);
    }
    for table in [
        "list",
        "recipient",
        "recipient_key",
        "notification",
        "flow",
        "flow_word",
        "event",
        "draft_file",
        "draft_file_part",
    ] {
        let count = format!("select cast(count(*) as text) from {table}");
        assert_eq!(left.ledger.raw(&count).await, right.ledger.raw(&count).await, "{table}");
    }
    left.ledger.remove().await;
    right.ledger.remove().await;
}

#[tokio::test]
async fn both_databases_answer_the_same() {
    for seed in 0..6 {
        compare(seed, 400).await;
    }
}
