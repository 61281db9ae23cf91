//! Reads what is to be done from the ledger, ahead of the calls: these never wait for a reading.

use crate::drive::ente::Ente;
use crate::drive::picker::Picker;
use crate::drive::send::Chosen;
use staffetta_store::StoreError;
use staffetta_store::forecasts::ForecastTurn;
use staffetta_store::ledger::CheckCandidate;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// How often the ledger is looked at for what other processes and people changed, in milliseconds, while something is
/// to be done; an ente at rest is woken by its node.
const LOOK_MS: i64 = 250;
/// How often it is looked at after a failure.
const LOOK_AFTER_FAILURE_MS: i64 = 2_000;
/// Rows of flows that are ready to be sent, at most.
const SENDS_READY: usize = 64;
/// Where IO sets a limit, as many as can be called within this time: what begins waits for those that are ready.
const SENDS_READY_MS: i64 = 500;
/// How many parts of them are made ready at a time: fewer rows would wake those who wait more often.
const SENDS_READY_PARTS: usize = 4;
/// Single notifications that are ready to be sent.
const SINGLES_READY: usize = 64;

/// A queue from which several take.
pub(crate) struct Queue<T>(Mutex<Receiver<T>>);

impl<T> Queue<T> {
    fn of(capacity: usize) -> (Sender<T>, Arc<Self>) {
        let (sender, receiver) = mpsc::channel(capacity);
        (sender, Arc::new(Self(Mutex::new(receiver))))
    }

    /// The next thing to do, or `None` when the feeder has ended.
    pub(crate) async fn next(&self) -> Option<T> {
        self.0.lock().await.recv().await
    }

    /// The next thing to do, if it is there and nobody else waits for it.
    pub(crate) fn at_once(&self) -> Option<T> {
        self.0.try_lock().ok()?.try_recv().ok()
    }
}

/// A stretch of a forecast, taken from its queue only when the one before it is written.
const FORECASTS_READY: usize = 1;

/// What is to be done, in four queues.
pub(crate) struct Todo {
    pub(crate) singles: Arc<Queue<Chosen>>,
    pub(crate) sends: Arc<Queue<Chosen>>,
    pub(crate) checks: Arc<Queue<CheckCandidate>>,
    pub(crate) forecasts: Arc<Queue<ForecastTurn>>,
}

/// The other end of the four queues.
pub(crate) struct Feeder {
    ente: Arc<Ente>,
    picker: Picker,
    singles: Sender<Chosen>,
    sends: Sender<Chosen>,
    sends_at_a_time: usize,
    checks: Sender<CheckCandidate>,
    forecasts: Sender<ForecastTurn>,
    /// The picker said that there is nothing to send until the ledger is looked at again.
    nothing_to_send: bool,
    looked_at: i64,
    look_at: i64,
}

impl Feeder {
    pub(crate) fn new(ente: Arc<Ente>, checks_ready: usize) -> (Self, Todo) {
        let (singles, single_todo) = Queue::of(SINGLES_READY);
        let callable = ente.gate.calls_within(SENDS_READY_MS);
        let sends_ready = callable.map_or(SENDS_READY, |calls| calls.clamp(SENDS_READY_PARTS, SENDS_READY));
        let (sends, send_todo) = Queue::of(sends_ready);
        let (checks, check_todo) = Queue::of(checks_ready.max(1));
        let (forecasts, forecast_todo) = Queue::of(FORECASTS_READY);
        let look_at = ente.clock.monotonic_ms();
        let picker = Picker::new(Arc::clone(&ente));
        let feeder = Self {
            ente,
            picker,
            singles,
            sends,
            sends_at_a_time: sends_ready / SENDS_READY_PARTS,
            checks,
            forecasts,
            nothing_to_send: true,
            looked_at: look_at,
            look_at,
        };
        let todo =
            Todo { singles: single_todo, sends: send_todo, checks: check_todo, forecasts: forecast_todo };
        (feeder, todo)
    }

    /// Feeds until the ente stops.
    pub(crate) async fn run(mut self) {
        while !self.ente.stop.is_asked() {
            if let Err(error) = self.turn().await {
                let organization = self.ente.organization.0;
                tracing::error!(organization, %error, "the ledger cannot be read; trying again");
                self.nothing_to_send = true;
                self.look_at = self.ente.clock.monotonic_ms() + LOOK_AFTER_FAILURE_MS;
            }
        }
        // What is drained now asks nothing.
        self.ente.beat.rests();
    }

    /// A server that is slow to answer each of many questions is not one that vanished.
    fn asks(&self) {
        self.ente.beat.asks(self.ente.clock.monotonic_ms());
    }

    async fn turn(&mut self) -> Result<(), StoreError> {
        if self.ente.clock.monotonic_ms() >= self.look_at {
            self.asks();
            let busy = self.look().await?;
            self.looked_at = self.ente.clock.monotonic_ms();
            self.look_at = if busy { self.looked_at + LOOK_MS } else { i64::MAX };
        }
        self.ente.beat.rests();
        let places = tokio::select! {
            biased;
            () = self.ente.stop.asked() => return Ok(()),
            places = self.sends.reserve_many(self.sends_at_a_time), if !self.nothing_to_send => places,
            () = self.ente.wake.notified() => {
                self.look_at = self.look_at.min(self.looked_at + LOOK_MS);
                return Ok(());
            }
            () = self.ente.clock.sleep_until(self.look_at), if self.look_at < i64::MAX => return Ok(()),
        };
        let Ok(places) = places else { return Ok(()) };
        for place in places {
            self.asks();
            let Some(chosen) = self.picker.next().await? else {
                self.nothing_to_send = true;
                break;
            };
            place.send(chosen);
        }
        Ok(())
    }

    /// Takes over what changed in the ledger; single notifications and status checks are handed over at once. Gives
    /// whether anything is to be done.
    async fn look(&mut self) -> Result<bool, StoreError> {
        let mut busy = self.picker.refresh().await?;
        self.nothing_to_send = false;
        self.asks();
        let room = self.singles.capacity();
        for chosen in self.picker.singles(room).await? {
            busy = true;
            let _ = self.singles.try_send(chosen);
        }
        self.asks();
        let room = self.checks.capacity();
        for row in self.picker.checks(room).await? {
            busy = true;
            let _ = self.checks.try_send(row);
        }
        self.asks();
        Ok(self.look_for_forecasts().await? || busy)
    }

    /// Hands over the next stretch of a forecast, once that before it is written. Gives whether one goes on.
    async fn look_for_forecasts(&self) -> Result<bool, StoreError> {
        let foretelling = &self.ente.foretelling;
        if foretelling.swap(true, Ordering::AcqRel) {
            return Ok(true);
        }
        let turn = self.picker.forecast().await;
        if let Ok(Some(turn)) = turn {
            return Ok(self.forecasts.try_send(turn).is_ok());
        }
        foretelling.store(false, Ordering::Release);
        turn.map(|_| false)
    }
}
