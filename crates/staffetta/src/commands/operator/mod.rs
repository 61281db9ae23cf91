//! `operator`: the people who work with Staffetta.

pub(crate) mod add;
mod list;
mod set;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Add an operator; the password is asked for, or is the first line of standard input
    Add(add::Arguments),
    /// Change an operator's services, rights or password
    Set(set::Arguments),
    /// List the operators
    List,
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Add(arguments) => add::run(arguments, session).await,
            Self::Set(arguments) => set::run(arguments, session).await,
            Self::List => list::run(session).await,
        }
    }
}
