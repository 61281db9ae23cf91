//! One ente at work: as many calls in flight as allowed, until it is asked to stop.

use crate::drive::ente::{Active, Ente, EnteParts};
use crate::drive::gate::Gate;
use crate::drive::picker::Picker;
use crate::drive::send::send;
use crate::drive::status::check;
use crate::drive::writer::Writer;
use crate::engine::{EngineOptions, Stop};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use staffetta_io::IoClient;
use staffetta_io::clock::Clock;
use staffetta_store::ledger::SendingOrganization;
use staffetta_store::{Store, StoreError};
use std::sync::Arc;

/// How often the ledger is looked at for what other processes and people changed, in milliseconds.
const LOOK_MS: i64 = 250;
/// How often it is looked at after a failure.
const LOOK_AFTER_FAILURE_MS: i64 = 2_000;
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
    let ente = Arc::new(Ente::new(EnteParts {
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
        seed,
    }));
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

/// The calls in flight of one ente, and what is chosen next.
struct Shift {
    ente: Arc<Ente>,
    picker: Picker,
    calls: FuturesUnordered<BoxFuture<'static, Kind>>,
    /// How many of `calls` are of each kind.
    of_kind: [usize; 3],
    in_flight: usize,
    /// The picker said that there is nothing to send until the ledger is looked at again.
    nothing_to_send: bool,
}

/// Chooses and calls until asked to stop, then lets what was claimed finish.
async fn drive(ente: Arc<Ente>, in_flight: usize, stop: Stop) {
    let mut shift = Shift {
        picker: Picker::new(Arc::clone(&ente)),
        ente: Arc::clone(&ente),
        calls: FuturesUnordered::new(),
        of_kind: [0; 3],
        // Half of them wait for their claim to be durable while the other half is on the wire.
        in_flight: in_flight * 2,
        nothing_to_send: true,
    };
    let mut look_at = ente.clock.monotonic_ms();
    while !ente.stop.is_asked() {
        if ente.clock.monotonic_ms() >= look_at {
            let looked = shift.look().await;
            let wait = if looked.is_ok() { LOOK_MS } else { LOOK_AFTER_FAILURE_MS };
            if let Err(error) = looked {
                tracing::error!(organization = ente.organization.0, %error, "the ledger cannot be read; trying again");
            }
            look_at = ente.clock.monotonic_ms() + wait;
        }
        if let Err(error) = shift.fill().await {
            tracing::error!(organization = ente.organization.0, %error, "the ledger cannot be read; trying again");
            shift.nothing_to_send = true;
            look_at = ente.clock.monotonic_ms() + LOOK_AFTER_FAILURE_MS;
        }
        tokio::select! {
            Some(kind) = shift.calls.next() => shift.ended(kind),
            () = ente.clock.sleep_until(look_at) => {}
            () = ente.stop.asked() => {}
            () = stop.asked() => ente.stop.ask(),
        }
    }
    while shift.calls.next().await.is_some() {}
}

impl Shift {
    /// Takes over what changed in the ledger; single notifications and status checks start at once.
    async fn look(&mut self) -> Result<(), StoreError> {
        self.picker.refresh().await?;
        self.nothing_to_send = false;
        for chosen in self.picker.singles().await? {
            self.start(Kind::Single, |ente| async move { send(&ente, chosen).await });
        }
        let sending = self.of_kind[Kind::Sending as usize] > 0;
        let most = if sending { (self.in_flight / CHECKS_SHARE).max(1) } else { self.in_flight };
        let room = most.saturating_sub(self.of_kind[Kind::Check as usize]);
        if room > 0 {
            for row in self.picker.checks(i64::try_from(room).unwrap_or(i64::MAX)).await? {
                self.start(Kind::Check, |ente| async move { check(&ente, row).await });
            }
        }
        Ok(())
    }

    /// Starts as many sends as there is room for.
    async fn fill(&mut self) -> Result<(), StoreError> {
        while !self.nothing_to_send && self.of_kind[Kind::Sending as usize] < self.in_flight {
            match self.picker.next().await? {
                Some(chosen) => self.start(Kind::Sending, |ente| async move { send(&ente, chosen).await }),
                None => self.nothing_to_send = true,
            }
        }
        Ok(())
    }

    /// Counts a call that ended, and with it all that ended meanwhile.
    fn ended(&mut self, first: Kind) {
        let mut next = Some(first);
        while let Some(kind) = next {
            self.of_kind[kind as usize] -= 1;
            next = self.calls.next().now_or_never().flatten();
        }
    }

    fn start<F: Future<Output = ()> + Send + 'static>(
        &mut self,
        kind: Kind,
        call: impl FnOnce(Arc<Ente>) -> F,
    ) {
        let work = call(Arc::clone(&self.ente));
        self.of_kind[kind as usize] += 1;
        self.calls.push(Box::pin(async move {
            work.await;
            kind
        }));
    }
}
