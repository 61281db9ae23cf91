//! *Programma l'invio*: an active flow starts by itself at a time of Rome's clocks.

use super::send::{self, Typed, Way};
use super::{Found, acts};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_domain::time::{date_and_hour, italian_date_time};
use staffetta_domain::{FlowId, Phrase, Rights, UnixMillis};
use staffetta_words::{say, text};

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    send::show(&app, &person, found, Way::Planned, None).await
}

pub(super) async fn plan(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let at = match read(&typed.at, app.now()) {
        Ok(at) if typed.has(found.detail.summary.recipients, &found.detail) => at,
        _ => return send::show(&app, &person, found, Way::Planned, Some(typed)).await,
    };
    let done = app.store().plan_start(person.scope(), flow, at, typed.seen(), app.now()).await?;
    send::answer(&app, &person, flow, Way::Planned, typed, done).await
}

/// *Annulla la programmazione*.
pub(super) async fn unplan(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let done = app.store().unplan_start(person.scope(), flow, app.now()).await?;
    acts::answer(&app, &person, flow, done, "flow-not-unplanned").await
}

/// The time that was typed, or what is wrong with it.
pub(super) fn read(typed: &str, now: UnixMillis) -> Result<UnixMillis, String> {
    let at = date_and_hour(typed).map_err(|_| text("plan-bad-time"))?;
    if at > now {
        return Ok(at);
    }
    Err(say(&Phrase::new("plan-past-time").with("at", italian_date_time(at))))
}

/// A time as a browser's field for it wants it: `2026-12-15T08:30`.
pub(super) fn field_value(at: UnixMillis) -> String {
    let written = italian_date_time(at);
    let (date, hour) = written.split_once(' ').unwrap_or_default();
    let parts: Vec<&str> = date.rsplit('/').collect();
    format!("{}T{hour}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_shown_and_must_be_in_the_future() {
        let now = UnixMillis(1_795_000_000_000);
        let later = now.plus_ms(3_600_000);
        let minute = UnixMillis(later.0 / 60_000 * 60_000);
        for typed in [field_value(later), italian_date_time(later)] {
            assert_eq!(read(&typed, now), Ok(minute), "{typed}");
        }
        for wrong in ["", "domani", "31/11/2026 08:00", "15/12/2026", &field_value(now.plus_ms(-60_000))] {
            let words = read(wrong, now).unwrap_err();
            assert!(!words.starts_with('['), "{words}");
        }
    }
}
