//! `notification`: one message to one person.

mod export;
pub(crate) mod filters;
mod list;
mod send;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Write to one person, at once; exit code 0 if IO took the message
    Send(send::Arguments),
    /// List notifications
    List(list::Arguments),
    /// Write notifications as an Excel file
    Export(export::Arguments),
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Send(arguments) => send::run(arguments, session).await,
            Self::List(arguments) => list::run(arguments, session).await,
            Self::Export(arguments) => export::run(arguments, session).await,
        }
    }
}
