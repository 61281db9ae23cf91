//! `init`: the ente and its administrator on a new database.

use super::operator::add::make_operator;
use crate::failure::Failure;
use crate::input;
use crate::json::Instant;
use crate::output;
use crate::session::{Session, make_organization, open_store};
use crate::settings::Settings;
use serde::Serialize;
use staffetta_domain::{OperatorId, OrganizationId, Phrase, Rights};
use staffetta_io::{Clock, SystemClock};
use staffetta_store::settings::SettingsChange;
use staffetta_store::{Scope, Store};
use staffetta_words::{say, text};

/// Where everything is goes to the screen; save the key file, apart from the database's backups.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Name of the administrator to add; the password is asked for, or is the first line of standard input
    #[arg(long, value_name = "NAME")]
    admin: Option<String>,
}

#[derive(Serialize)]
struct Made<'a> {
    organization: OrganizationId,
    name: &'a str,
    admin: Option<OperatorId>,
    created_at: Instant,
}

pub(crate) async fn run(arguments: Arguments, settings: Settings) -> Result<(), Failure> {
    let session = match settings.organization.clone() {
        // Elsewhere a name that is not known is a slip of the pen; here it is a new ente.
        Some(name) => {
            let store = open_store(&settings.store).await?;
            name_untouched(&store, name.trim()).await?;
            let organization = make_organization(&store, name.trim(), SystemClock.now()).await?;
            Session::of(store, organization, settings)
        }
        None => Session::open(settings, false).await?,
    };
    let admin = match &arguments.admin {
        Some(name) => {
            let password = input::new_password()?;
            Some(make_operator(&session, name, password, true, &[]).await?)
        }
        None => None,
    };
    let told = tell(&session, arguments.admin.as_deref(), admin);
    session.store.close().await;
    told
}

/// The ente that another command made on an empty database, and that nobody used or named yet, gets this name.
async fn name_untouched(store: &Store, name: &str) -> Result<(), Failure> {
    if let [only] = store.organizations().await?.as_slice()
        && only.name == text("cli-first-organization")
    {
        let scope = Scope::whole(only.id, text("cli-actor"));
        let is_used = !store.services(&scope, Rights::LOOK).await?.is_empty()
            || !store.operators(only.id).await?.is_empty();
        if !is_used {
            let change = SettingsChange { name: Some(name), ..SettingsChange::default() };
            store.change_settings(&scope, &change, SystemClock.now()).await?;
        }
    }
    Ok(())
}

fn tell(session: &Session, name: Option<&str>, admin: Option<OperatorId>) -> Result<(), Failure> {
    let organization = &session.organization;
    if session.settings.json {
        let created_at = Instant(organization.created_at);
        return output::json(&Made {
            organization: organization.id,
            name: &organization.name,
            admin,
            created_at,
        });
    }
    output::line(&say(&Phrase::new("cli-init-organization").with("name", &organization.name)))?;
    if let Some(name) = name {
        output::line(&say(&Phrase::new("cli-init-admin").with("name", name)))?;
    }
    let store = &session.settings.store;
    if let Some(path) = store.sqlite_path() {
        output::line(&say(&Phrase::new("cli-where-database").with("path", path.display())))?;
    }
    output::line(&say(&Phrase::new("cli-where-key").with("path", store.key_file.display())))
}
