//! `notification`: one message to one person.

mod correct;
mod decide;
mod export;
pub(crate) mod filters;
mod list;
mod send;
mod verify;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Write to one person, at once; exit code 0 if IO took the message
    Send(send::Arguments),
    /// List notifications
    List(list::Arguments),
    /// Decide on an uncertain outcome
    Decide(decide::Arguments),
    /// Put the data of a flow's row right that went wrong, and send it again
    Correct(correct::Arguments),
    /// Ask IO now for the outcome, if it is not final
    Verify(verify::Arguments),
    /// Write notifications as an Excel file
    Export(export::Arguments),
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Send(arguments) => send::run(arguments, session).await,
            Self::List(arguments) => list::run(arguments, session).await,
            Self::Decide(arguments) => decide::run(arguments, session).await,
            Self::Correct(arguments) => correct::run(arguments, session).await,
            Self::Verify(arguments) => verify::run(arguments, session).await,
            Self::Export(arguments) => export::run(arguments, session).await,
        }
    }
}
