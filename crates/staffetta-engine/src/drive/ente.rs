//! What all calls of one ente share.

use crate::decide::{Pause, ServiceHealth};
use crate::drive::active::{Active, FlowSwitch};
use crate::drive::beat::Beat;
use crate::drive::gate::{Gate, Place, Priority};
use crate::drive::lease::HeldLease;
use crate::drive::writer::Ledger;
use crate::engine::Stop;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use staffetta_domain::{FlowId, NotificationId, OrganizationId, Reason, ServiceId};
use staffetta_io::clock::Clock;
use staffetta_io::{BaseUrl, Connection, IoClient, UrlPolicy};
use staffetta_store::Store;
use staffetta_store::ledger::{SealedKey, SendingService};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::{Notify, Semaphore};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What these guard is whole after every statement: a panic elsewhere leaves it usable.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A service as the engine uses it.
pub(crate) struct Service {
    pub(crate) id: ServiceId,
    pub(crate) connection: Connection,
    /// The key of the connection, as the ledger keeps it.
    sealed: SealedKey,
    open: AtomicBool,
    health: Mutex<ServiceHealth>,
}

impl Service {
    pub(crate) fn health(&self) -> MutexGuard<'_, ServiceHealth> {
        lock(&self.health)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }
}

/// One ente at work.
pub(crate) struct Ente {
    pub(crate) organization: OrganizationId,
    pub(crate) epoch: i64,
    pub(crate) store: Arc<Store>,
    pub(crate) io: Arc<IoClient>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ledger: Ledger,
    pub(crate) gate: Arc<Gate>,
    /// Until when calls may leave this node.
    pub(crate) lease: Arc<HeldLease>,
    /// Something is to be done.
    pub(crate) wake: Arc<Notify>,
    /// That the ledger is still read.
    pub(crate) beat: Arc<Beat>,
    /// The calls that may be on the wire at once. Twice as many are under way, the others waiting for
    /// their claim to be durable.
    pub(crate) wire: Semaphore,
    /// The claims that may be open at once, of single notifications too: as many may be in doubt after a crash.
    pub(crate) claims: Semaphore,
    pub(crate) active: Arc<Active>,
    pub(crate) stop: Stop,
    pub(crate) checks_profiles: bool,
    pub(crate) url_policy: UrlPolicy,
    pub(crate) services: RwLock<HashMap<ServiceId, Arc<Service>>>,
    /// Those whose address the configuration does not allow (any more).
    pub(crate) barred: RwLock<Vec<ServiceId>>,
    pub(crate) chance: Mutex<ChaCha8Rng>,
    /// A stretch of a forecast is being asked for, or written.
    pub(crate) foretelling: AtomicBool,
}

impl Ente {
    /// A number from 0 to 1.
    pub(crate) fn chance(&self) -> f64 {
        lock(&self.chance).random()
    }

    pub(crate) fn service(&self, id: ServiceId) -> Option<Arc<Service>> {
        self.services.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// The services that are shut or rest: nothing is chosen for them.
    pub(crate) fn resting(&self) -> Vec<ServiceId> {
        let now = self.clock.monotonic_ms();
        let services = self.services.read().unwrap_or_else(PoisonError::into_inner);
        let rests = |service: &&Arc<Service>| !service.is_open() || service.health().rests(now);
        let barred = self.barred.read().unwrap_or_else(PoisonError::into_inner);
        services.values().filter(rests).map(|service| service.id).chain(barred.iter().copied()).collect()
    }

    /// Takes over what the ledger says of the services. One whose key or address changed starts afresh; who
    /// still waits to call with the old ones no longer does.
    pub(crate) fn refresh_services(&self, known: Vec<SendingService>) {
        let mut services = self.services.write().unwrap_or_else(PoisonError::into_inner);
        let mut barred = self.barred.write().unwrap_or_else(PoisonError::into_inner);
        let barred_before = std::mem::take(&mut *barred);
        let mut fresh = HashMap::with_capacity(known.len());
        for service in known {
            let Ok(base_url) = BaseUrl::parse(&service.base_url, &self.url_policy) else {
                if !barred_before.contains(&service.id) {
                    let service = service.id.0;
                    tracing::warn!(
                        service,
                        "the service's address is not allowed by the configuration; it rests"
                    );
                }
                barred.push(service.id);
                continue;
            };
            let connection = Connection { base_url, key: service.key };
            let kept = match services.remove(&service.id) {
                // The same key given again is another: what it met before counts no more.
                Some(old)
                    if old.sealed == service.sealed && old.connection.base_url == connection.base_url =>
                {
                    Some(old)
                }
                Some(old) => {
                    old.open.store(false, Ordering::Relaxed);
                    None
                }
                None => None,
            };
            let entry = kept.unwrap_or_else(|| {
                Arc::new(Service {
                    id: service.id,
                    connection,
                    sealed: service.sealed,
                    open: AtomicBool::new(service.open),
                    health: Mutex::default(),
                })
            });
            entry.open.store(service.open, Ordering::Relaxed);
            fresh.insert(service.id, entry);
        }
        for gone in services.values() {
            gone.open.store(false, Ordering::Relaxed);
        }
        *services = fresh;
    }

    /// A place in the budget for a call of `service`, or `None` when it is not to be made now.
    pub(crate) async fn place(
        &self,
        service: &Service,
        priority: Priority,
        flow: Option<&FlowSwitch>,
    ) -> Option<Place> {
        let wanted = || self.wants(service, flow);
        if !wanted() || service.health().may_call(self.clock.monotonic_ms()).is_err() {
            return None;
        }
        let place = match self.gate.try_acquire(priority) {
            Some(place) => Some(place),
            None => tokio::select! {
                biased;
                place = self.gate.acquire(priority) => Some(place),
                () = self.stop.asked() => None,
            },
        };
        let place = place.filter(|_| wanted());
        if place.is_none() {
            service.health().not_called();
        }
        place
    }

    /// Whether a call of `service` is still to be made.
    fn wants(&self, service: &Service, flow: Option<&FlowSwitch>) -> bool {
        service.is_open()
            && !self.stop.is_asked()
            && self.lease.holds(self.clock.monotonic_ms(), self.clock.now())
            && flow.is_none_or(|flow| flow.live.load(Ordering::Relaxed))
    }

    /// Makes a call as soon as the wire has room; `None` if meanwhile it is no longer to be made: paused, stopped,
    /// shut, the lease over, or IO said that the quota is used up. Single notifications are few and wait for nobody.
    pub(crate) async fn on_the_wire<A>(
        &self,
        service: &Service,
        place: &mut Place,
        flow: Option<&FlowSwitch>,
        call: impl Future<Output = A>,
    ) -> Option<A> {
        let _room = match place.priority() {
            Priority::Single => None,
            Priority::Message | Priority::Profile | Priority::Check => Some(self.wire.acquire().await.ok()?),
        };
        if !self.wants(service, flow) || self.gate.is_held() {
            return None;
        }
        place.start();
        Some(call.await)
    }

    /// The service pauses itself: every row would meet the same fault. Nothing is lost.
    pub(crate) async fn pause_service(&self, service: &Service, pause: Pause) {
        if !service.open.swap(false, Ordering::Relaxed) {
            return;
        }
        tracing::warn!(service = service.id.0, reason = pause.reason.code(), "the service pauses itself");
        let now = self.clock.now();
        let (under, detail) = (Some(&service.sealed), pause.detail.as_deref());
        let written = self.store.pause_service(service.id, under, pause.reason, detail, now).await;
        if let Err(error) = written {
            // It stays shut here until the ledger is read again; then the next call finds the same fault.
            tracing::error!(service = service.id.0, %error, "the pause of a service cannot be written");
        }
    }

    /// IO said something about the whole ente or service.
    pub(crate) async fn heed(&self, service: &Service, said: Said) {
        match said {
            Said::Served => service.health().served(),
            Said::Away => {
                let now = self.clock.monotonic_ms();
                service.health().failed(now);
            }
            Said::QuotaUsedUp { after_ms } => {
                service.health().not_called();
                self.gate.rate_limited(after_ms);
            }
            Said::Stopped { reason, detail } => {
                service.health().not_called();
                self.pause_service(service, Pause { reason, detail }).await;
            }
        }
    }

    /// A row is put back untouched; its flow will be walked again from there. If the flow was paused and
    /// resumed meanwhile, another walk has passed the row over and remembers it.
    pub(crate) fn put_back(&self, id: NotificationId, flow: Option<&FlowSwitch>) {
        self.active.leave(std::iter::once(id));
        if let Some(flow) = flow {
            flow.leave_behind(id);
        }
    }
}

/// What an answer says beyond its own row.
pub(crate) enum Said {
    Served,
    Away,
    QuotaUsedUp { after_ms: i64 },
    Stopped { reason: Reason, detail: Option<String> },
}

/// The switches of the flows under way, shared by those who choose and those who send.
pub(crate) type Switches = HashMap<FlowId, Arc<FlowSwitch>>;
