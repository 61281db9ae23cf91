//! The commands, one verb a file: its arguments, and what it does.

mod backup;
pub(crate) mod demo;
mod doubts;
mod flow;
mod init;
mod model;
mod node;
mod notification;
mod operator;
mod organization;
mod restore;
mod serve;
mod service;
mod simulate;
mod went_back;
mod work;

use crate::failure::Failure;
use crate::session::Session;
use crate::settings::Settings;
use clap::Subcommand;

/// What is to be done.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a new database, its first ente and an administrator
    Init(init::Arguments),
    /// Try everything on this machine: simulator, sample ente, 300 messages, Excel
    Demo(demo::Arguments),
    Serve(serve::Arguments),
    /// Run the engine: send what is to be sent, ask IO what became of it
    Work,
    /// Run a receiver that speaks IO's API and reaches no citizen
    Simulate(simulate::Arguments),
    /// Copy the database to a file, while it is in use
    Backup(backup::Arguments),
    /// Put a copy of the database back in its place; nothing leaves until a person says so
    Restore(restore::Arguments),
    /// The ente and its settings
    #[command(subcommand)]
    Organization(organization::Verb),
    /// The ente's services on IO
    #[command(subcommand)]
    Service(service::Verb),
    /// The people who work with Staffetta
    #[command(subcommand)]
    Operator(operator::Verb),
    /// The programs at work on this database
    #[command(subcommand)]
    Node(node::Verb),
    /// Models: texts to begin a flow with, the ente's own and shared ones
    #[command(subcommand)]
    Model(model::Verb),
    /// Flows: one message to a list of people
    #[command(subcommand)]
    Flow(flow::Verb),
    /// Notifications: one message to one person, alone or of a flow
    #[command(subcommand)]
    Notification(notification::Verb),
}

impl Command {
    /// Whether it stays up on its own: then its logs tell what it does.
    pub(crate) const fn is_long_running(&self) -> bool {
        matches!(self, Self::Serve(_) | Self::Work | Self::Simulate(_))
    }

    /// Whether it is about the whole database, whatever enti are in it.
    const fn is_for_all(&self) -> bool {
        matches!(self, Self::Serve(_) | Self::Work | Self::Node(_) | Self::Backup(_))
    }

    /// Does it.
    pub(crate) async fn run(self, settings: Settings) -> Result<(), Failure> {
        match self {
            Self::Init(arguments) => init::run(arguments, settings).await,
            Self::Demo(arguments) => Box::pin(demo::run(arguments, settings)).await,
            Self::Simulate(arguments) => simulate::run(arguments, settings).await,
            Self::Restore(arguments) => restore::run(arguments, settings).await,
            other => {
                let session = Session::open(settings, other.is_for_all()).await?;
                let done = other.run_in(&session).await;
                // On SQLite this folds the log of changes into the one file.
                session.store.close().await;
                done
            }
        }
    }

    async fn run_in(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Init(_) | Self::Demo(_) | Self::Simulate(_) | Self::Restore(_) => Ok(()),
            Self::Backup(arguments) => backup::run(arguments, session).await,
            Self::Serve(arguments) => Box::pin(serve::run(arguments, session)).await,
            Self::Work => work::run(session).await,
            Self::Organization(verb) => verb.run(session).await,
            Self::Service(verb) => verb.run(session).await,
            Self::Operator(verb) => verb.run(session).await,
            Self::Node(verb) => verb.run(session).await,
            Self::Model(verb) => verb.run(session).await,
            Self::Flow(verb) => Box::pin(verb.run(session)).await,
            Self::Notification(verb) => Box::pin(verb.run(session)).await,
        }
    }
}
