//! The page of the settings.

use super::form::{Faults, SettingsForm};
use super::history::{self, Entry};
use super::{Asked, SETTINGS};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Admin, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::Phrase;
use staffetta_domain::time::italian_date_time;
use staffetta_store::organizations::Organization;
use staffetta_store::settings::{SettingsChange, SettingsChanged};
use staffetta_words::{say, text};

#[derive(Template)]
#[template(path = "organization/settings.html")]
struct Page {
    frame: Frame,
    form: SettingsForm,
    faults: Faults,
    done: Option<String>,
    problem: Option<String>,
    /// Fewer calls than the quota, where the engine found so.
    available: Option<String>,
    history: Vec<Entry>,
}

pub(super) async fn show(
    State(app): State<App>,
    Admin(person): Admin,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let known = known(&app, &person).await?;
    page(&app, &person, &known, SettingsForm::of(&known), Faults::new(), Told::done(asked.words())).await
}

/// What the page tells above the form.
#[derive(Default)]
struct Told {
    done: Option<String>,
    problem: Option<String>,
}

impl Told {
    fn done(done: Option<String>) -> Self {
        Self { done, problem: None }
    }
}

pub(super) async fn save(
    State(app): State<App>,
    Admin(person): Admin,
    Form(form): Form<SettingsForm>,
) -> Result<Response, Fault> {
    let known = known(&app, &person).await?;
    if form.is_late(&known) {
        let told = Told { problem: Some(text("settings-changed-meanwhile")), done: None };
        let answer = page(&app, &person, &known, SettingsForm::of(&known), Faults::new(), told).await?;
        return Ok((StatusCode::CONFLICT, answer).into_response());
    }
    let typed = match form.read() {
        Ok(typed) => typed,
        Err(faults) => return page(&app, &person, &known, form, faults, Told::default()).await,
    };
    let change = typed.change(&known);
    if change == SettingsChange::default() {
        return Ok(Redirect::to(&format!("{SETTINGS}?fatto=niente")).into_response());
    }
    match app.store().change_settings(person.scope(), &change, app.now()).await? {
        SettingsChanged::Done => Ok(Redirect::to(&format!("{SETTINGS}?fatto=salvato")).into_response()),
        SettingsChanged::NameTaken => {
            let taken = say(&Phrase::new("settings-name-taken").with("name", typed.name()));
            page(&app, &person, &known, form, Faults::from([("name", taken)]), Told::default()).await
        }
        SettingsChanged::OutOfLimits => Err(Fault::BadRequest),
        SettingsChanged::Forbidden => Err(Fault::Forbidden),
    }
}

async fn known(app: &App, person: &Person) -> Result<Organization, Fault> {
    app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)
}

async fn page(
    app: &App,
    person: &Person,
    known: &Organization,
    form: SettingsForm,
    faults: Faults,
    told: Told,
) -> Result<Response, Fault> {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        frame: Frame::of(app, person, Place::Settings).await?,
        form,
        faults,
        done: told.done,
        problem: told.problem,
        available: available(known),
        history: history::of(app, person).await?,
    };
    Ok((status, frame::page(&page)?).into_response())
}

impl Page {
    fn told_faults(&self) -> String {
        say(&Phrase::new("service-faults").with("count", self.faults.len()))
    }
}

/// What the engine found, where other software of the ente uses more than it was left.
fn available(known: &Organization) -> Option<String> {
    let (found, granted) = (known.available?, known.quota.calls?);
    let own = u64::from(granted) * u64::from(known.quota_share) / 100;
    let phrase = Phrase::new("settings-available")
        .with("calls", found.calls)
        .with("seconds", known.quota.window_ms / 1_000)
        .with("at", italian_date_time(found.at));
    (u64::from(found.calls) < own).then(|| say(&phrase))
}
