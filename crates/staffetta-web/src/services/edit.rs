//! A service's page: adding one, changing one.

use super::form::{Faults, ServiceForm, is_empty};
use super::history::{self, Entry};
use super::{Admin, Asked, Done, LIST, NEW, address, find, told};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::Phrase;
use staffetta_domain::time::italian_date_time;
use staffetta_store::services::{NewService, Pause, Service, ServiceChanged};
use staffetta_words::{say, text};

#[derive(Template)]
#[template(path = "services/edit.html")]
struct Page {
    frame: Frame,
    /// Where the form goes.
    action: String,
    form: ServiceForm,
    faults: Faults,
    done: Option<Told>,
    /// Of a service that is there already.
    known: Option<Known>,
}

/// What was just done.
pub(super) struct Told {
    pub(super) words: String,
    /// There is nothing to mend.
    pub(super) good: bool,
}

struct Known {
    service: Service,
    history: Vec<Entry>,
}

impl Page {
    async fn of(app: &App, person: &Person, service: Option<Service>) -> Result<Self, Fault> {
        let frame = Frame::of(app, person, Place::Services).await?;
        let known = match service {
            None => None,
            Some(service) => {
                let history = history::of(app, person, service.id).await?;
                Some(Known { service, history })
            }
        };
        Ok(Self {
            frame,
            action: known.as_ref().map_or_else(|| NEW.to_owned(), |known| address(known.service.id)),
            form: known.as_ref().map_or_else(ServiceForm::blank, |known| ServiceForm::of(&known.service)),
            faults: Faults::new(),
            done: None,
            known,
        })
    }

    /// What was typed is shown again with what is wrong with it, but for the key.
    fn wrong(mut self, form: ServiceForm, mut faults: Faults) -> Result<Response, Fault> {
        if !form.key.is_empty() {
            faults.entry("key").or_insert_with(|| text("service-key-again"));
        }
        self.form = ServiceForm { key: String::new(), ..form };
        self.faults = faults;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, frame::page(&self)?).into_response())
    }

    fn title(&self) -> String {
        self.known.as_ref().map_or_else(|| text("service-new-title"), |known| known.service.name.clone())
    }

    fn told_faults(&self) -> String {
        say(&Phrase::new("service-faults").with("count", self.faults.len()))
    }
}

impl Known {
    fn pause(&self) -> Option<Paused> {
        self.service.paused.as_ref().map(Paused::of)
    }
}

/// A pause in words.
struct Paused {
    reason: String,
    since: String,
    told: Option<String>,
}

impl Paused {
    fn of(pause: &Pause) -> Self {
        let since = Phrase::new("service-pause-since").with("at", italian_date_time(pause.at));
        let told =
            pause.detail.as_ref().map(|detail| Phrase::new("service-pause-told").with("detail", detail));
        Self { reason: say(&pause.reason.phrase()), since: say(&since), told: told.as_ref().map(say) }
    }
}

pub(super) async fn blank(State(app): State<App>, Admin(person): Admin) -> Result<Response, Fault> {
    Ok(frame::page(&Page::of(&app, &person, None).await?)?.into_response())
}

pub(super) async fn show(
    State(app): State<App>,
    Admin(person): Admin,
    Path(service): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let service = find(&app, &person, &service).await?;
    let mut page = Page::of(&app, &person, Some(service)).await?;
    let good = |key| Some(Told { words: text(key), good: true });
    page.done = asked.fatto.and_then(|done| match done {
        Done::Aggiunto => good("service-done-added"),
        Done::Salvato => good("service-done-saved"),
        Done::Niente => good("service-done-nothing"),
        Done::Riattivato => good("service-done-resumed"),
        Done::Attivo => good("service-done-not-paused"),
        Done::Provata => page.known.as_ref().and_then(|known| history::last_trial(&known.history)),
    });
    Ok(frame::page(&page)?.into_response())
}

pub(super) async fn add(
    State(app): State<App>,
    Admin(person): Admin,
    Form(form): Form<ServiceForm>,
) -> Result<Response, Fault> {
    let (store, scope, now) = (app.store(), person.scope(), app.now());
    let page = Page::of(&app, &person, None).await?;
    let missing = || Faults::from([("key", text("service-key-missing"))]);
    let typed = match form.read(&app.options().url_policy) {
        Ok(typed) => typed,
        Err(mut faults) => {
            if form.key.trim().is_empty() {
                faults.append(&mut missing());
            }
            return page.wrong(form, faults);
        }
    };
    let Some(key) = &typed.key else { return page.wrong(form, missing()) };
    let new = NewService {
        name: &typed.name,
        io_service_id: typed.io_service_id.as_ref().map(|id| id.as_str()),
        base_url: &typed.base_url,
        key,
        max_amount: typed.max_amount,
    };
    let Some(id) = store.add_service(scope, &new, now).await? else {
        let faults = taken(&typed.name);
        return page.wrong(form, faults);
    };
    if !typed.enabled {
        store.enable_service(scope, id, false, now).await?;
    }
    Ok(Redirect::to(&told(id, "aggiunto")).into_response())
}

pub(super) async fn save(
    State(app): State<App>,
    Admin(person): Admin,
    Path(service): Path<String>,
    Form(form): Form<ServiceForm>,
) -> Result<Response, Fault> {
    let (store, scope, now) = (app.store(), person.scope(), app.now());
    let service = find(&app, &person, &service).await?;
    let id = service.id;
    let page = Page::of(&app, &person, Some(service.clone())).await?;
    let typed = match form.read(&app.options().url_policy) {
        Ok(typed) => typed,
        Err(faults) => return page.wrong(form, faults),
    };
    let change = typed.change(&service);
    let mut done = "niente";
    if !is_empty(&change) {
        let faults = match store.change_service(scope, id, &change, now).await? {
            ServiceChanged::Done => Faults::new(),
            ServiceChanged::NameTaken => taken(&typed.name),
            ServiceChanged::KeyNeeded => Faults::from([("key", text("service-key-needed"))]),
            ServiceChanged::Missing => return Err(Fault::NotFound),
        };
        if !faults.is_empty() {
            return page.wrong(form, faults);
        }
        done = "salvato";
    }
    if store.enable_service(scope, id, typed.enabled, now).await? {
        done = "salvato";
    }
    Ok(Redirect::to(&told(id, done)).into_response())
}

fn taken(name: &str) -> Faults {
    Faults::from([("name", say(&Phrase::new("service-name-taken").with("name", name)))])
}
