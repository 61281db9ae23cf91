//! `organization show`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{OrganizationId, Phrase};
use staffetta_store::organizations::Organization;
use staffetta_words::{say, text};

#[derive(Serialize)]
struct Shown<'a> {
    id: OrganizationId,
    name: &'a str,
    quota: String,
    content_min: usize,
    held: bool,
}

pub(crate) fn run(session: &Session, organization: &Organization) -> Result<(), Failure> {
    if session.settings.json {
        return output::json(&Shown {
            id: organization.id,
            name: &organization.name,
            quota: organization.quota.to_string(),
            content_min: organization.content_min,
            held: organization.held.is_some(),
        });
    }
    output::line(&organization.name)?;
    let quota = match organization.quota.calls {
        Some(calls) => Phrase::new("cli-quota")
            .with("calls", calls)
            .with("seconds", organization.quota.window_ms / 1_000),
        None => Phrase::new("cli-quota-none"),
    };
    output::line(&say(&quota))?;
    output::line(&say(&Phrase::new("cli-content-min").with("min", organization.content_min)))?;
    if organization.held.is_some() {
        output::line(&text("cli-organization-held"))?;
        output::line(&text("cli-organization-held-remedy"))?;
    }
    Ok(())
}
