//! Flows of the last weeks, one in each state, so that there is something to look at.
//!
//! They are really sent, to the same simulator and its books, by a clock that stands in the past and moves by
//! itself: their dates are days ago, and nobody waits for IO's quota.

use super::house::{ANAGRAFE, ELETTORALE, TRIBUTI, register};
use super::people::{Who, list};
use super::{sending, simulator_options};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{Session, open_store};
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FlowId, FlowState, NotificationState, Phrase, UnixMillis};
use staffetta_engine::{Engine, EngineOptions, Stop};
use staffetta_io::{Clock, IoClient, ManualClock, Simulator, SimulatorOptions};
use staffetta_store::flows::FlowSummary;
use staffetta_words::text;
use std::path::Path;
use std::sync::Arc;

const HOUR_MS: i64 = 3_600_000;
/// Calls in flight: few, so that a flow can be paused half way.
const IN_FLIGHT: usize = 2;
/// Time of the simulator's answers, of the past's own time.
const LATENCY_MS: i64 = 400;
/// How often a flow is looked at, of the past's own time.
const LOOK_MS: i64 = 100;

/// How far a flow got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// It is being prepared.
    Inactive,
    /// It is ready.
    Active,
    /// It was paused when so many messages had been handled.
    PausedAfter(i64),
    /// Every outcome is known.
    Over,
}

struct PastFlow {
    reference: &'static str,
    description: &'static str,
    by: &'static str,
    service: &'static str,
    nature: &'static str,
    subject: &'static str,
    markdown: &'static str,
    who: Who,
    skip: usize,
    count: usize,
    hours_ago: i64,
    until: Until,
}

const TARI: &str = include_str!("../../../../../examples/avviso-tari.md");
const CARTA: &str = include_str!("../../../../../examples/promemoria-carta-identita.md");
const SEGGIO: &str = include_str!("../../../../../examples/convocazione-seggio.md");

/// People of the offices, who do not exist either: they made what is found.
pub(super) const TRIBUTI_CLERK: &str = "Giulia Ferri";
const ANAGRAFE_CLERK: &str = "Marco Sala";
const ELETTORALE_CLERK: &str = "Elena Riva";

/// The oldest first, as they would have been made. All five states are among the flows of the two services that
/// *operatore* works with.
const PAST: [PastFlow; 6] = [
    PastFlow {
        reference: "demo-tari-acconto",
        description: "TARI, acconto",
        by: TRIBUTI_CLERK,
        service: TRIBUTI,
        nature: "pagamento",
        subject: "TARI: avviso di pagamento dell'acconto",
        markdown: TARI,
        who: Who::Reachable,
        skip: 0,
        count: 24,
        hours_ago: 41 * 24 + 3,
        until: Until::Over,
    },
    PastFlow {
        reference: "demo-seggio",
        description: "Scrutatori: avviso di nomina",
        by: ELETTORALE_CLERK,
        service: ELETTORALE,
        nature: "informativo",
        subject: "Sei stato scelto come scrutatore",
        markdown: SEGGIO,
        who: Who::Reachable,
        skip: 60,
        count: 20,
        hours_ago: 19 * 24 + 5,
        until: Until::Over,
    },
    PastFlow {
        reference: "demo-carta-identita",
        description: "Carte d'identità in scadenza",
        by: ANAGRAFE_CLERK,
        service: ANAGRAFE,
        nature: "promemoria",
        subject: "{{Nome}}, la tua carta d'identità sta per scadere",
        markdown: CARTA,
        who: Who::Anybody,
        skip: 24,
        count: 40,
        hours_ago: 12 * 24 + 6,
        until: Until::Over,
    },
    PastFlow {
        reference: "demo-carta-identita-2",
        description: "Carte d'identità in scadenza, secondo gruppo",
        by: ANAGRAFE_CLERK,
        service: ANAGRAFE,
        nature: "promemoria",
        subject: "{{Nome}}, la tua carta d'identità sta per scadere",
        markdown: CARTA,
        who: Who::Reachable,
        skip: 80,
        count: 60,
        hours_ago: 2 * 24 + 4,
        until: Until::PausedAfter(20),
    },
    PastFlow {
        reference: "demo-tari-saldo",
        description: "TARI, saldo",
        by: TRIBUTI_CLERK,
        service: TRIBUTI,
        nature: "pagamento",
        subject: "TARI: avviso di pagamento del saldo",
        markdown: TARI,
        who: Who::Anybody,
        skip: 140,
        count: 30,
        hours_ago: 23,
        until: Until::Active,
    },
    PastFlow {
        reference: "demo-tari-solleciti",
        description: "TARI, solleciti (bozza)",
        by: TRIBUTI_CLERK,
        service: TRIBUTI,
        nature: "pagamento",
        subject: "TARI: promemoria di pagamento",
        markdown: TARI,
        who: Who::Reachable,
        skip: 180,
        count: 20,
        hours_ago: 3,
        until: Until::Inactive,
    },
];

/// Makes the past where it is not made yet. The list of today comes after it: where that is there, the past is
/// left as people have made it since.
pub(super) async fn make(session: &Session, stop: Stop) -> Result<(), Failure> {
    if session.store.flow_by_reference(&session.scope, sending::REFERENCE).await?.is_some() {
        return Ok(());
    }
    let progress = Progress::spinner();
    progress.turn(text("cli-demo-making-past"));
    let past =
        Session::of(Arc::clone(&session.store), session.organization.clone(), session.settings.clone());
    let made = tokio::task::spawn_blocking(move || {
        // One thread: there, time jumps only when everybody sleeps.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::system("cli-no-runtime", &error))?;
        runtime.block_on(make_all(past, &stop))
    });
    made.await.map_err(|_| Failure::failed(Phrase::new("cli-engine-stopped")))?
}

async fn make_all(mut session: Session, stop: &Stop) -> Result<(), Failure> {
    // Connections belong to the runtime that opened them.
    session.store = open_store(&session.settings.store).await?;
    let today = session.now();
    for flow in PAST.iter().take_while(|_| !stop.is_asked()) {
        session.scope.actor = flow.by.to_owned();
        let clock = ManualClock::automatic(today.plus_ms(-flow.hours_ago * HOUR_MS));
        make_one(&session, flow, &clock, stop).await?;
    }
    session.store.close().await;
    Ok(())
}

async fn make_one(
    session: &Session,
    past: &PastFlow,
    clock: &ManualClock,
    stop: &Stop,
) -> Result<(), Failure> {
    let (store, scope) = (&session.store, &session.scope);
    let id = compose(session, past, clock.now()).await?;
    if past.until == Until::Inactive {
        return Ok(());
    }
    let found = find(session, id).await?;
    if found.state == FlowState::Inactive
        && let Some(list) = found.list
    {
        store.activate_flow(scope, id, list, clock.now()).await?;
    }
    if past.until == Until::Active {
        return Ok(());
    }
    if !is_far_enough(past, &find(session, id).await?) {
        sending::start(store, scope, id, clock.now()).await?;
        work(session, past, id, clock, stop).await?;
    }
    Ok(())
}

async fn compose(session: &Session, past: &PastFlow, now: UnixMillis) -> Result<FlowId, Failure> {
    let name = format!("{}.csv", past.reference);
    let path = session.settings.data_dir.join(&name);
    write(&path, &list(past.who, past.skip, past.count))?;
    let request = FlowRequest {
        service: session.service(past.service).await?.id,
        nature: past.nature,
        description: past.description,
        reference: Some(past.reference),
        subject: past.subject,
        markdown: past.markdown,
        file: &path,
        file_name: &name,
        sheet: None,
        accept_valid: true,
        model: None,
    };
    Ok(create_flow(&session.store, &session.scope, request, now, |_| ()).await?.id)
}

/// Runs an engine of the past until the flow is where it should be.
async fn work(
    session: &Session,
    past: &PastFlow,
    id: FlowId,
    clock: &ManualClock,
    asked: &Stop,
) -> Result<(), Failure> {
    let options =
        SimulatorOptions { latency_ms: LATENCY_MS, ..simulator_options(&session.settings.data_dir) };
    let simulator = Simulator::open(options, Arc::new(clock.clone()));
    let simulator = Arc::new(simulator.map_err(|error| Failure::system("cli-simulator-journal", &error))?);
    register(&simulator);
    let engine = Engine {
        store: Arc::clone(&session.store),
        io: Arc::new(IoClient::in_process(simulator)),
        clock: Arc::new(clock.clone()),
        options: EngineOptions {
            in_flight: IN_FLIGHT,
            check_profiles: true,
            url_policy: session.settings.client.url_policy,
            seed: super::SEED,
            node_id: "prova".to_owned(),
            node_name: "prova".to_owned(),
            alone: true,
            // What waits there waits for somebody who looks at it, however long that takes.
            asks_after_silence: false,
        },
    };
    let stop = Stop::default();
    let running = tokio::spawn(engine.run(stop.clone()));
    let mut found = find(session, id).await?;
    while !is_far_enough(past, &found) && !running.is_finished() && !asked.is_asked() {
        clock.sleep(LOOK_MS).await;
        // The ledger works in threads that the clock does not see: it waits for them.
        let hold = clock.hold();
        found = find(session, id).await?;
        if pauses(past, &found) {
            session.store.pause_flow(&session.scope, id, clock.now()).await?;
        }
        drop(hold);
    }
    stop.ask();
    running.await.map_err(|_| Failure::failed(Phrase::new("cli-engine-stopped")))??;
    Ok(())
}

fn pauses(past: &PastFlow, flow: &FlowSummary) -> bool {
    let handled = flow.tally.total() - flow.tally.open();
    matches!(past.until, Until::PausedAfter(count) if handled >= count) && !flow.paused
}

fn is_far_enough(past: &PastFlow, flow: &FlowSummary) -> bool {
    let count = |state| flow.tally.count(state);
    match (past.until, flow.state) {
        (Until::PausedAfter(_), FlowState::Sending) => flow.paused && count(NotificationState::InFlight) == 0,
        (_, FlowState::Sent | FlowState::Incomplete) => count(NotificationState::Accepted) == 0,
        _ => false,
    }
}

async fn find(session: &Session, id: FlowId) -> Result<FlowSummary, Failure> {
    crate::follow::find(session, id).await
}

/// A file of the demonstration's folder.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| {
        Failure::failed(Phrase::new("cli-cannot-make").with("path", path.display()).with("error", error))
    })
}
