//! Running the engine: alone (`work`), or beside a command that waits for what it asked for.

use crate::failure::Failure;
use crate::session::Session;
use crate::signals::Signals;
use crate::sweep;
use staffetta_domain::Phrase;
use staffetta_engine::{Engine, EngineOptions, Stop};
use staffetta_io::{Clock, IoClient, SystemClock};
use staffetta_store::{EngineLock, Store};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// How often a command that waits looks whether the engine that was at work is still there.
const LOOK_AGAIN_MS: i64 = 1_000;
/// Whether this is the demonstration, the only one that may work a database marked as its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A real database.
    Real,
    /// The demonstration.
    Demo,
}

/// The engine of this process on this ledger.
fn engine(session: &Session, lock: &EngineLock) -> Result<Engine, Failure> {
    let settings = &session.settings;
    let io = IoClient::new(&settings.client)
        .map_err(|error| Failure::usage(Phrase::new("cli-client").with("error", error)))?;
    let random = || getrandom::u64().map_err(|error| Failure::system("cli-no-random", &error.into()));
    Ok(Engine {
        store: Arc::clone(&session.store),
        io: Arc::new(io),
        clock: Arc::new(SystemClock),
        options: EngineOptions {
            in_flight: settings.in_flight,
            check_profiles: true,
            url_policy: settings.client.url_policy,
            seed: random()?,
            node_id: format!("{:016x}", random()?),
            node_name: settings.node_name.clone(),
            alone: lock.is_alone(),
            asks_after_silence: settings.ask_after_silence,
        },
    })
}

/// Refuses a database that is of the other kind than the command.
pub(crate) async fn fit_role(store: &Store, role: Role) -> Result<(), Failure> {
    match (store.is_demo().await?, role) {
        (true, Role::Real) => Err(Failure::failed(Phrase::new("cli-database-is-demo"))
            .remedy(Phrase::new("cli-database-is-demo-remedy"))),
        (false, Role::Demo) => Err(Failure::failed(Phrase::new("cli-database-is-real"))
            .remedy(Phrase::new("cli-database-is-real-remedy"))),
        _ => Ok(()),
    }
}

/// An engine at work in this process.
pub(crate) struct AtWork {
    stop: Stop,
    /// None once its end was told.
    task: Option<JoinHandle<Result<(), Failure>>>,
}

impl AtWork {
    /// Starts under a lock that is ours.
    pub(crate) fn start(session: &Session, lock: EngineLock) -> Result<Self, Failure> {
        let stop = Stop::default();
        let task = tokio::spawn(run(engine(session, &lock)?, lock, stop.clone()));
        Ok(Self { stop, task: Some(task) })
    }

    /// Returns only if it ends by itself, which is a failure, told once.
    pub(crate) async fn ended(&mut self) -> Failure {
        let Some(task) = &mut self.task else { return std::future::pending().await };
        let ended = task.await;
        self.task = None;
        match ended {
            Ok(Err(failure)) => failure,
            Ok(Ok(())) | Err(_) => Failure::failed(Phrase::new("cli-engine-stopped")),
        }
    }

    /// Asks it to stop and waits until every answer in hand is written: not longer than the grace time, and
    /// not beyond a second signal. What is cut off then is *Esito incerto* at the next start.
    pub(crate) async fn stop(self, session: &Session, signals: &mut Signals) -> Result<(), Failure> {
        let Some(task) = self.task else { return Ok(()) };
        self.stop.ask();
        tokio::select! {
            ended = task => match ended {
                Ok(ended) => ended,
                Err(_) => Err(Failure::failed(Phrase::new("cli-engine-stopped"))),
            },
            () = session.clock.sleep(session.settings.stop_ms) => Err(cut_off()),
            () = signals.next() => Err(cut_off()),
        }
    }
}

fn cut_off() -> Failure {
    Failure::failed(Phrase::new("cli-cut-off"))
}

/// Works until the engine ends, and sweeps once a day. The lock is given back last.
async fn run(engine: Engine, _lock: EngineLock, stop: Stop) -> Result<(), Failure> {
    let store = Arc::clone(&engine.store);
    tokio::select! {
        ended = engine.run(stop) => ended.map_err(Failure::from),
        () = sweep::daily(&store) => Ok(()),
    }
}

/// Runs `following` to its end with an engine at work: this process's own where no other is, for as long
/// as none is.
pub(crate) async fn while_following<T>(
    session: &Session,
    following: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut signals = Signals::listen()?;
    tokio::pin!(following);
    let mut lock = lock_if_idle(session).await?;
    let mut working: Option<AtWork> = None;
    let result = loop {
        if let Some(lock) = lock.take() {
            fit_role(&session.store, Role::Real).await?;
            working = Some(AtWork::start(session, lock)?);
        }
        tokio::select! {
            result = &mut following => break result,
            () = signals.next() => break Err(Failure::failed(Phrase::new("cli-stopped-following"))),
            failure = ended(&mut working) => {
                working = None;
                break Err(failure);
            }
            () = session.clock.sleep(LOOK_AGAIN_MS), if working.is_none() => {
                lock = lock_if_idle(session).await?;
            }
        }
    };
    if let Some(working) = working {
        let stopped = working.stop(session, &mut signals).await;
        // The first failure is the one to tell.
        return result.and_then(|value| stopped.map(|()| value));
    }
    result
}

/// The right to work the database, where nobody else works it.
async fn lock_if_idle(session: &Session) -> Result<Option<EngineLock>, Failure> {
    if session.store.engine_is_at_work(session.now()).await? {
        return Ok(None);
    }
    Ok(session.store.lock_engine()?)
}

async fn ended(working: &mut Option<AtWork>) -> Failure {
    match working {
        Some(working) => working.ended().await,
        None => std::future::pending().await,
    }
}
