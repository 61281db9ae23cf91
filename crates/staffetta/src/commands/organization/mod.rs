//! `organization`: the ente and its settings.

mod set;
mod show;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Show its settings
    Show,
    /// Change its settings
    Set(set::Arguments),
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Show => show::run(session, &session.organization),
            Self::Set(arguments) => set::run(arguments, session).await,
        }
    }
}
