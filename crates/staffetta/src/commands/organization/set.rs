//! `organization set`.

use super::show;
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::sending_hours::SendingHours;
use staffetta_domain::{Amount, Phrase, Quota};
use staffetta_store::settings::{LETTER_MAX_CENTS, SettingsChange, SettingsChanged};

#[derive(clap::Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Arguments {
    /// Another name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Calls that IO grants: CALLS/SECONDS, or none where IO sets no limit
    #[arg(long, value_name = "CALLS/SECONDS|none")]
    quota: Option<Quota>,
    /// How much of these calls to use at most, in per cent; the rest is left to other software
    #[arg(long, value_name = "1..100", value_parser = clap::value_parser!(u8).range(1..=100))]
    quota_share: Option<u8>,
    /// When flows are sent, by Rome's clocks: 08:00-20:00, perhaps with days (08:00-20:00 lun,mar,mer,gio,ven), or any
    #[arg(long, value_name = "HOURS [DAYS]|any")]
    sending_hours: Option<SendingHours>,
    /// Least characters of a message, from 80 to 120
    #[arg(long, value_name = "80..120", value_parser = clap::value_parser!(u16).range(80..=120))]
    content_min: Option<u16>,
    /// Above how many recipients a second person has to approve a flow before it is sent, or none
    #[arg(long, value_name = "RECIPIENTS|none", value_parser = approval)]
    approval_above: Option<Approval>,
    /// In how many of the last days to look whether a person already got the same message
    #[arg(long, value_name = "1..365", value_parser = clap::value_parser!(i16).range(1..=365))]
    repeat_days: Option<i16>,
    /// What a letter costs, in euro, for the sums spared that a report tells, or none
    #[arg(long, value_name = "EURO|none", value_parser = letter)]
    letter_cost: Option<Letter>,
}

/// A number of recipients, or none.
#[derive(Clone, Copy)]
struct Approval(Option<u32>);

fn approval(typed: &str) -> Result<Approval, std::num::ParseIntError> {
    if typed == "none" { Ok(Approval(None)) } else { typed.parse().map(|above| Approval(Some(above))) }
}

/// Euro cents, or none.
#[derive(Clone, Copy)]
struct Letter(Option<i64>);

fn letter(typed: &str) -> Result<Letter, String> {
    if typed == "none" {
        return Ok(Letter(None));
    }
    let cents = Amount::read(typed).map_err(|error| error.to_string())?.cents();
    if cents > LETTER_MAX_CENTS {
        return Err(format!("at most {},00", LETTER_MAX_CENTS / 100));
    }
    Ok(Letter(Some(cents)))
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let store = &session.store;
    let name = arguments.name.as_deref().map(str::trim);
    if name.is_some_and(|name| !(1..=DESCRIPTION_MAX).contains(&name.chars().count())) {
        return Err(Failure::usage(Phrase::new("name-length").with("max", DESCRIPTION_MAX)));
    }
    let change = SettingsChange {
        name,
        quota: arguments.quota,
        quota_share: arguments.quota_share,
        content_min: arguments.content_min.map(usize::from),
        hours: arguments.sending_hours,
        approval_above: arguments.approval_above.map(|Approval(above)| above),
        repeat_days: arguments.repeat_days,
        letter_cents: arguments.letter_cost.map(|Letter(cents)| cents),
    };
    // The limits are those of the arguments, and the command line is every ente's administrator.
    if store.change_settings(&session.scope, &change, session.now()).await? != SettingsChanged::Done {
        let name = name.unwrap_or_default();
        return Err(Failure::failed(Phrase::new("cli-organization-name-taken").with("name", name)));
    }
    let organization = store.organization(session.organization.id).await?;
    let gone =
        || Failure::failed(Phrase::new("cli-organization-gone").with("name", &session.organization.name));
    show::run(session, &organization.ok_or_else(gone)?)
}
