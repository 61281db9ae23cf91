//! One ente at work: as many calls in flight as allowed, until it is asked to stop.

use crate::drive::ente::{Active, Ente};
use crate::drive::feeder::Feeder;
use crate::drive::gate::Gate;
use crate::drive::send::{Chosen, send};
use crate::drive::status::check;
use crate::drive::writer::Writer;
use crate::engine::{EngineOptions, Stop};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use staffetta_io::IoClient;
use staffetta_io::clock::Clock;
use staffetta_store::ledger::{CheckCandidate, SendingOrganization};
use staffetta_store::{Store, StoreError};
use std::sync::{Arc, Mutex, RwLock};

/// At most one in this many of the calls in flight is a status check while there is something to send.
const CHECKS_SHARE: usize = 3;

/// Works an ente until asked to stop; returns when every answer in hand is written.
///
/// # Errors
/// [`StoreError::EpochLost`] when another engine has taken the ente over; those of the database at the start.
pub(crate) async fn work(
    store: Arc<Store>,
    io: Arc<IoClient>,
    clock: Arc<dyn Clock>,
    organization: SendingOrganization,
    options: EngineOptions,
    stop: Stop,
) -> Result<(), StoreError> {
    let (epoch, uncertain) = store.take_over(organization.id, clock.now()).await?;
    if uncertain > 0 {
        tracing::warn!(organization = organization.id.0, uncertain, "calls left open by a stopped program");
    }
    let active = Arc::new(Active::default());
    let own_stop = Stop::default();
    let writer = Writer {
        store: Arc::clone(&store),
        clock: Arc::clone(&clock),
        organization: organization.id,
        epoch,
        active: Arc::clone(&active),
        lost: own_stop.clone(),
    };
    let (ledger, writing) = writer.channel(2 * options.in_flight);
    let gate = Gate::new(organization.quota, Arc::clone(&clock));
    if epoch > 1 {
        gate.hold_one_window();
    }
    let seed = options.seed ^ organization.id.0.unsigned_abs();
    let ente = Arc::new(Ente {
        organization: organization.id,
        store,
        io,
        clock,
        ledger,
        gate: Arc::clone(&gate),
        active,
        stop: own_stop,
        checks_profiles: options.check_profiles,
        url_policy: options.url_policy,
        services: RwLock::default(),
        chance: Mutex::new(ChaCha8Rng::seed_from_u64(seed)),
    });
    let opening = tokio::spawn(gate.run());
    let writing = tokio::spawn(writing);
    drive(ente, options.in_flight, stop).await;
    opening.abort();
    writing.await.map_err(|_| StoreError::Corrupt("the writer stopped"))?
}

/// What a call in flight was for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    Sending,
    Check,
}

/// The calls in flight of one ente.
struct Shift {
    ente: Arc<Ente>,
    calls: FuturesUnordered<BoxFuture<'static, Kind>>,
    /// How many of `calls` are of each kind.
    of_kind: [usize; 3],
    in_flight: usize,
}

/// Calls until asked to stop, then lets what was claimed finish.
async fn drive(ente: Arc<Ente>, in_flight: usize, stop: Stop) {
    // Half of them wait for their claim to be durable while the other half is on the wire.
    let in_flight = in_flight * 2;
    let (feeder, mut todo) = Feeder::new(Arc::clone(&ente), in_flight / CHECKS_SHARE);
    let feeding = tokio::spawn(feeder.run());
    let mut shift =
        Shift { ente: Arc::clone(&ente), calls: FuturesUnordered::new(), of_kind: [0; 3], in_flight };
    while !ente.stop.is_asked() {
        tokio::select! {
            biased;
            () = stop.asked() => ente.stop.ask(),
            () = ente.stop.asked() => {}
            Some(chosen) = todo.singles.recv() => shift.send(Kind::Single, chosen),
            Some(kind) = shift.calls.next() => shift.ended(kind),
            Some(chosen) = todo.sends.recv(), if shift.has_room() => shift.send(Kind::Sending, chosen),
            Some(row) = todo.checks.recv(), if shift.has_room_to_check() => shift.check(row),
        }
        while shift.has_room()
            && let Ok(chosen) = todo.sends.try_recv()
        {
            shift.send(Kind::Sending, chosen);
        }
    }
    while shift.calls.next().await.is_some() {}
    // Nothing was claimed there: what it reads now is read again at the next start.
    feeding.abort();
    let _ = feeding.await;
}

impl Shift {
    const fn has_room(&self) -> bool {
        self.of_kind[Kind::Sending as usize] < self.in_flight
    }

    const fn has_room_to_check(&self) -> bool {
        let sending = self.of_kind[Kind::Sending as usize] > 0;
        let most = if sending { self.in_flight / CHECKS_SHARE } else { self.in_flight };
        self.of_kind[Kind::Check as usize] < most || most == 0 && self.of_kind[Kind::Check as usize] == 0
    }

    /// Counts a call that ended, and with it all that ended meanwhile.
    fn ended(&mut self, first: Kind) {
        let mut next = Some(first);
        while let Some(kind) = next {
            self.of_kind[kind as usize] -= 1;
            next = self.calls.next().now_or_never().flatten();
        }
    }

    fn send(&mut self, kind: Kind, chosen: Chosen) {
        let ente = Arc::clone(&self.ente);
        self.start(kind, async move { send(&ente, chosen).await });
    }

    fn check(&mut self, row: CheckCandidate) {
        let ente = Arc::clone(&self.ente);
        self.start(Kind::Check, async move { check(&ente, row).await });
    }

    fn start(&mut self, kind: Kind, call: impl Future<Output = ()> + Send + 'static) {
        self.of_kind[kind as usize] += 1;
        self.calls.push(Box::pin(async move {
            call.await;
            kind
        }));
    }
}
