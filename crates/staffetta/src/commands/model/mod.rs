//! `model`: texts to begin a flow with. Renaming and deleting them is done on the pages.

mod example;
mod list;
mod save;
mod show;

use crate::failure::Failure;
use crate::session::Session;
use clap::Subcommand;
use staffetta_desk::{Model, model_named};
use staffetta_domain::Phrase;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// List the models, those of the ente first
    List,
    /// Show a model: its text, and the columns that its file must have
    Show(Named),
    /// Write a model's example spreadsheet: its columns, and three people who do not exist
    Example(example::Arguments),
    /// Keep a flow's text and columns, without its people, as a model of the ente
    Save(save::Arguments),
}

/// A model by its name.
#[derive(clap::Args)]
pub(crate) struct Named {
    /// Name of the model, or the word of a shared one
    #[arg(value_name = "NAME")]
    name: String,
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List => list::run(session).await,
            Self::Show(named) => show::run(session, &find(session, &named.name).await?),
            Self::Example(arguments) => example::run(arguments, session).await,
            Self::Save(arguments) => save::run(arguments, session).await,
        }
    }
}

/// The model with this name.
pub(crate) async fn find(session: &Session, name: &str) -> Result<Model, Failure> {
    let found = model_named(&session.store, &session.scope, name).await?;
    found.ok_or_else(|| {
        Failure::failed(Phrase::new("cli-no-model").with("name", name))
            .remedy(Phrase::new("cli-no-model-remedy"))
    })
}
