//! `organization`: the ente and its settings.

mod resume;
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
    /// Let sending go on after the database was put back from a copy
    Resume(resume::Arguments),
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Show => show::run(session, &session.organization),
            Self::Set(arguments) => set::run(arguments, session).await,
            Self::Resume(arguments) => resume::run(arguments, session).await,
        }
    }
}
