//! `organization show`.

use crate::failure::Failure;
use crate::json::Instant;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{Amount, OrganizationId, Phrase};
use staffetta_store::organizations::Organization;
use staffetta_words::{number, say, text};

#[derive(Serialize)]
struct Shown<'a> {
    id: OrganizationId,
    name: &'a str,
    quota: String,
    quota_share: u8,
    /// Calls in a window that the engine found available, where it found fewer.
    available_calls: Option<u32>,
    sending_hours: String,
    content_min: usize,
    approval_above: Option<u32>,
    repeat_days: i16,
    letter_cents: Option<i64>,
    held: bool,
    held_since: Option<Instant>,
}

pub(crate) fn run(session: &Session, organization: &Organization) -> Result<(), Failure> {
    if session.settings.json {
        return output::json(&Shown {
            id: organization.id,
            name: &organization.name,
            quota: organization.quota.to_string(),
            quota_share: organization.quota_share,
            available_calls: organization.available.map(|found| found.calls),
            sending_hours: organization.hours.to_string(),
            content_min: organization.content_min,
            approval_above: organization.approval_above,
            repeat_days: organization.repeat_days,
            letter_cents: organization.letter_cents,
            held: organization.held.is_some(),
            held_since: organization.held.map(|held| Instant(held.since)),
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
    if organization.quota.calls.is_some() && organization.quota_share < 100 {
        output::line(&say(&Phrase::new("cli-quota-share").with("percent", organization.quota_share)))?;
    }
    output::line(&say(&organization.hours.phrase()))?;
    output::line(&say(&Phrase::new("cli-content-min").with("min", organization.content_min)))?;
    if let Some(above) = organization.approval_above {
        output::line(&say(&Phrase::new("cli-approval-above").with("above", number(above.into()))))?;
    }
    output::line(&say(&Phrase::new("cli-repeat-days").with("days", organization.repeat_days)))?;
    if let Some(cents) = organization.letter_cents {
        let cost = Amount::from_cents(cents).map(Amount::euro).unwrap_or_default();
        output::line(&say(&Phrase::new("cli-letter-cost").with("cost", cost)))?;
    }
    if let Some(held) = organization.held {
        output::line(&say(&held.hold.phrase()))?;
        output::line(&text("cli-organization-held-remedy"))?;
    }
    Ok(())
}
