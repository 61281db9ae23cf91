//! One ente at work: as many calls in flight as allowed, until it is asked to stop.

use crate::drive::active::Active;
use crate::drive::beat::Beat;
use crate::drive::ente::Ente;
use crate::drive::feeder::{Feeder, Queue};
use crate::drive::forecast::foretell;
use crate::drive::gate::Gate;
use crate::drive::lease::HeldLease;
use crate::drive::send::send;
use crate::drive::status::check;
use crate::drive::writer::Writer;
use crate::engine::{EngineError, EngineOptions, Stop};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use staffetta_domain::{OrganizationId, Quota};
use staffetta_io::IoClient;
use staffetta_io::clock::Clock;
use staffetta_store::Store;
use staffetta_store::ledger::TakenOver;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

/// Single notifications under way at once, where so many calls may be in flight. They wait for no flow.
const SINGLES_AT_ONCE: usize = 16;
/// Status checks under way at once, for each call in flight that is allowed.
const CHECKS_SHARE: usize = 2;

/// An ente to be worked, which this node has taken over.
pub(crate) struct Work {
    pub(crate) store: Arc<Store>,
    pub(crate) io: Arc<IoClient>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) options: EngineOptions,
    pub(crate) organization: OrganizationId,
    pub(crate) taken: TakenOver,
    pub(crate) lease: Arc<HeldLease>,
    pub(crate) wake: Arc<Notify>,
    pub(crate) beat: Arc<Beat>,
}

/// Works an ente until asked to stop; returns when every answer in hand is written.
///
/// # Errors
/// When another node has the ente, or the ledger cannot be read.
pub(crate) async fn work(todo: Work, stop: Stop) -> Result<(), EngineError> {
    let Work { store, io, clock, options, organization, taken, lease, wake, beat } = todo;
    let active = Arc::new(Active::default());
    let own_stop = Stop::default();
    let writer = Writer {
        store: Arc::clone(&store),
        clock: Arc::clone(&clock),
        organization,
        epoch: taken.epoch,
        active: Arc::clone(&active),
        lost: own_stop.clone(),
    };
    let (ledger, writing) = writer.channel(2 * options.in_flight);
    // Where IO sets no limit, what the owner before this one called is not waited for.
    let rules = store.sending_rules(organization).await?;
    let gate = Gate::new(rules.map_or(Quota::IO_DEFAULT, |rules| rules.quota), Arc::clone(&clock));
    if !taken.first {
        gate.hold_one_window();
    }
    let seed = options.seed ^ organization.0.unsigned_abs();
    let ente = Arc::new(Ente {
        organization,
        epoch: taken.epoch,
        store,
        io,
        clock,
        ledger,
        gate: Arc::clone(&gate),
        lease,
        wake,
        beat,
        wire: Semaphore::new(options.in_flight),
        claims: Semaphore::new(2 * options.in_flight),
        active,
        stop: own_stop,
        checks_profiles: options.check_profiles,
        url_policy: options.url_policy,
        services: RwLock::default(),
        barred: RwLock::default(),
        chance: Mutex::new(ChaCha8Rng::seed_from_u64(seed)),
        foretelling: AtomicBool::new(false),
    });
    let opening = tokio::spawn(alarmed(ente.stop.clone(), gate.run()));
    let writing = tokio::spawn(alarmed(ente.stop.clone(), writing));
    let driven = drive(ente, options.in_flight, stop).await;
    opening.abort();
    let opened = opening.await.map_or_else(|ended| !ended.is_panic(), |()| false);
    writing.await.map_err(|_| EngineError::Stopped)??;
    driven?;
    if opened { Ok(()) } else { Err(EngineError::Stopped) }
}

/// Asks the ente's parts to stop when one of them ends, also by a panic: without it the others would wait for
/// what never comes.
fn alarmed<T>(stop: Stop, part: impl Future<Output = T>) -> impl Future<Output = T> {
    struct Alarm(Stop);
    impl Drop for Alarm {
        fn drop(&mut self) {
            self.0.ask();
        }
    }
    let alarm = Alarm(stop);
    async move {
        let _alarm = alarm;
        part.await
    }
}

/// Calls until asked to stop, then lets what was claimed finish.
async fn drive(ente: Arc<Ente>, in_flight: usize, stop: Stop) -> Result<(), EngineError> {
    let (feeder, todo) = Feeder::new(Arc::clone(&ente), in_flight);
    let feeding = tokio::spawn(alarmed(ente.stop.clone(), feeder.run()));
    let all_done = async {
        let (singles, sends, checks, forecasts) = tokio::join!(
            work_off(&ente, todo.singles, SINGLES_AT_ONCE.min(in_flight), None, send),
            // Half of them wait for their claim to be durable while the other half is on the wire.
            work_off(&ente, todo.sends, 2 * in_flight, Some(&ente.gate), send),
            work_off(&ente, todo.checks, in_flight.div_ceil(CHECKS_SHARE), None, check),
            work_off(&ente, todo.forecasts, 1, None, foretell),
        );
        singles.and(sends).and(checks).and(forecasts)
    };
    let stopping = async {
        tokio::select! {
            () = stop.asked() => ente.stop.ask(),
            () = ente.stop.asked() => {}
        }
        // The queues end with the feeder.
        feeding.await.map_err(|_| EngineError::Stopped)
    };
    let (done, fed) = tokio::join!(all_done, stopping);
    done.and(fed)
}

/// Works a queue off with at most `most` at once, and begins no more where the gate is crowded; returns when the queue
/// has ended and all are done.
async fn work_off<T, F>(
    ente: &Arc<Ente>,
    queue: Arc<Queue<T>>,
    most: usize,
    gate: Option<&Arc<Gate>>,
    handle: impl Fn(Arc<Ente>, T) -> F + Copy + Send + 'static,
) -> Result<(), EngineError>
where
    T: Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut hands = JoinSet::new();
    let mut worked = Ok(());
    let next = || async {
        if let Some(gate) = gate {
            tokio::select! {
                () = gate.room() => {}
                () = ente.stop.asked() => {}
            }
        }
        queue.next().await
    };
    loop {
        let next = tokio::select! {
            biased;
            Some(ended) = hands.join_next() => {
                // A fault of the program: what the others have in hand is still written.
                if ended.is_err() {
                    worked = Err(EngineError::Stopped);
                    ente.stop.ask();
                }
                continue;
            }
            next = next(), if hands.len() < most => next,
        };
        let Some(first) = next else { break };
        let (ente, queue, gate) = (Arc::clone(ente), Arc::clone(&queue), gate.map(Arc::clone));
        // A hand that finds more to do goes on: to begin a new one for each call costs more.
        hands.spawn(async move {
            let mut next = Some(first);
            while let Some(todo) = next {
                handle(Arc::clone(&ente), todo).await;
                let crowded = gate.as_ref().is_some_and(|gate| gate.is_crowded());
                next = if crowded { None } else { queue.at_once() };
            }
        });
    }
    while let Some(ended) = hands.join_next().await {
        worked = worked.and(ended.map_err(|_| EngineError::Stopped));
    }
    worked
}
