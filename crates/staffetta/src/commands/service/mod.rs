//! `service`: the ente's services on IO.

mod add;
mod list;
mod set;

use crate::failure::Failure;
use crate::input;
use crate::session::Session;
use clap::Subcommand;
use secrecy::SecretString;
use staffetta_domain::{Amount, IoServiceId, IoServiceIdError};
use staffetta_io::{BaseUrl, UrlPolicy};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Add a service
    Add(add::Arguments),
    /// Change a service, or its key
    Set(set::Arguments),
    /// List the services
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

/// The two ways of giving a key.
#[derive(clap::Args)]
struct KeyArguments {
    /// The key (primary or secondary) of the service on IO; better in a file, where nobody sees it
    #[arg(long, value_name = "KEY", conflicts_with = "key_file")]
    key: Option<String>,
    /// File with the key; - reads standard input
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl KeyArguments {
    fn read(&self) -> Result<Option<SecretString>, Failure> {
        match (&self.key, &self.key_file) {
            (Some(key), _) => input::secret(key).map(Some),
            (None, Some(path)) => input::key(path).map(Some),
            (None, None) => Ok(None),
        }
    }
}

/// An amount as people write it: `10000`, `1.234,56`.
fn amount(text: &str) -> Result<Amount, String> {
    Amount::read(text).map_err(|error| error.to_string())
}

/// An id of a service on IO.
fn io_service_id(text: &str) -> Result<String, IoServiceIdError> {
    IoServiceId::read(text).map(|id| id.as_str().to_owned())
}

/// An address that this installation takes; the demonstration's database takes those of this machine only.
async fn base_url(session: &Session, text: &str) -> Result<BaseUrl, Failure> {
    let mut policy = session.settings.client.url_policy;
    if session.store.is_demo().await? {
        policy = UrlPolicy { allow_loopback: true, only_loopback: true, allow_private: false };
    }
    BaseUrl::parse(text, &policy).map_err(|error| {
        let failure = Failure::failed(error.phrase());
        match error.remedy() {
            Some(remedy) => failure.remedy(remedy),
            None => failure,
        }
    })
}
