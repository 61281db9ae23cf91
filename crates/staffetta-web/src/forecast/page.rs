//! The page of a forecast: how far it is, and what IO said.

use crate::address::number as from_address;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::Found;
use crate::frame::{self, Frame, Person, Place, Watcher};
use crate::hindrance::hindrance;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use staffetta_desk::forecast_time;
use staffetta_domain::reach::FORECAST_HOLDS_MS;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, Phrase, Rights};
use staffetta_store::flows::{FlowDetail, FlowSummary};
use staffetta_store::forecasts::Forecast;
use staffetta_words::{number, say};

#[derive(Template)]
#[template(path = "forecast/page.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    part: Part,
}

/// What changes while the page stays open.
#[derive(Template)]
#[template(path = "forecast/part.html")]
struct Part {
    id: FlowId,
    /// None where nobody asked.
    forecast: Option<Shown>,
    /// It may be asked for now.
    may_ask: bool,
    /// What asking for it is called now.
    button: &'static str,
    /// Why it does not go on by itself.
    hindrance: Option<String>,
    time: String,
}

/// A forecast in words.
struct Shown {
    goes_on: bool,
    asked: i64,
    recipients: i64,
    reachable: i64,
    service_off: i64,
    not_on_io: i64,
    refused: i64,
    asked_words: String,
    /// When and by whom it was asked for, and until when the sending relies on it.
    about: String,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let found = Found::of(&app, &person, from_address(&id)?).await?;
    let part = Part::of(&app, &person, &found).await?;
    let frame = Frame::of(&app, &person, Place::Flows).await?;
    frame::page(&Page { frame, flow: found.detail, part })
}

/// What the page asks for while a forecast goes on.
pub(super) async fn again(
    State(app): State<App>,
    watcher: Watcher,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let found = Found::of(&app, &watcher.person, from_address(&id)?).await?;
    frame::page(&Part::of(&app, &watcher.person, &found).await?)
}

impl Part {
    async fn of(app: &App, person: &Person, found: &Found) -> Result<Self, Fault> {
        let (store, scope) = (app.store(), person.scope());
        let flow = &found.detail.summary;
        let forecast = store.forecast(scope, flow.id).await?;
        let left = forecast.as_ref().map_or(flow.recipients, |one| one.recipients - one.asked());
        let seconds = forecast_time(store, scope.organization, left, app.now()).await?;
        let button = match &forecast {
            None => "forecast-ask",
            Some(one) if one.is_whole() || !one.holds(app.now()) => "forecast-ask-again",
            Some(_) => "forecast-go-on",
        };
        Ok(Self {
            id: flow.id,
            button,
            hindrance: hindrance(app, scope, flow.service).await?,
            may_ask: found.rights.include(Rights::COMPOSE) && is_open(flow),
            forecast: forecast.map(Shown::of),
            time: crate::time_needed::seconds_words(seconds),
        })
    }

    fn goes_on(&self) -> bool {
        self.forecast.as_ref().is_some_and(|forecast| forecast.goes_on)
    }
}

/// Nothing of it was sent, and its list is ready.
fn is_open(flow: &FlowSummary) -> bool {
    matches!(flow.state, FlowState::Inactive | FlowState::Active) && flow.recipients > 0
}

impl Shown {
    fn of(forecast: Forecast) -> Self {
        let (asked, recipients) = (forecast.asked(), forecast.recipients);
        let progress = Phrase::new("forecast-progress").with("asked", number(asked));
        let about = Phrase::new("forecast-about")
            .with("at", italian_date_time(forecast.asked_at))
            .with("by", &forecast.asked_by)
            .with("until", italian_date_time(forecast.asked_at.plus_ms(FORECAST_HOLDS_MS)));
        Self {
            goes_on: forecast.ended_at.is_none(),
            asked,
            recipients,
            reachable: forecast.reachable,
            service_off: forecast.service_off,
            not_on_io: forecast.not_on_io,
            refused: forecast.refused,
            asked_words: say(&progress.with("total", number(recipients))),
            about: say(&about),
        }
    }

    const fn unreached(&self) -> i64 {
        self.service_off + self.not_on_io
    }
}
