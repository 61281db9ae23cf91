//! A draft is saved, by itself or by its button. Whatever happens, what was typed stays with the person.

use super::address;
use super::draft::find;
use super::form::{DraftForm, Faults, faults};
use super::page::{Typed, page};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Person};
use crate::live::Live;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_desk::{DraftError, DraftSaving, save_draft};
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{Phrase, Rights, UnixMillis};
use staffetta_store::StoreError;
use staffetta_words::{say, text};

const HAPPENED: HeaderName = HeaderName::from_static("hx-trigger");

/// What became of a saving.
struct Saved {
    status: StatusCode,
    /// The line that tells it.
    words: String,
    faults: Faults,
    /// What the next saving has seen.
    version: Option<i64>,
    /// The message is another one: preview and list speak of it no more.
    changed: bool,
    /// Somebody else's text is to be looked at first.
    moved: bool,
    /// The person has to sign in again.
    signed_out: bool,
}

impl Saved {
    fn not(status: StatusCode, words: String) -> Self {
        let (changed, moved, signed_out) = (false, false, status == StatusCode::UNAUTHORIZED);
        Self { status, words, faults: Faults::new(), version: None, changed, moved, signed_out }
    }

    fn of(saving: &DraftSaving, seen: Option<i64>, now: UnixMillis) -> Self {
        let said: Vec<String> = saving.phrases().iter().map(say).collect();
        match saving {
            DraftSaving::Moved => Self { moved: true, ..Self::not(StatusCode::CONFLICT, said.join(" ")) },
            DraftSaving::Saved { version, kept_back } => Self {
                faults: faults(kept_back),
                version: Some(*version),
                changed: seen != Some(*version),
                ..Self::not(StatusCode::OK, saved_words(now, !kept_back.is_empty()))
            },
        }
    }

    fn failed(error: &DraftError) -> Self {
        let faults = faults([error]);
        let status = match error {
            DraftError::NoDraft => StatusCode::CONFLICT,
            DraftError::Store(StoreError::DiskFull) | DraftError::Disk(_) => StatusCode::INSUFFICIENT_STORAGE,
            DraftError::Store(_) | DraftError::Reader => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        if status.is_server_error() {
            tracing::error!(%error, "a draft was not saved");
        }
        let words = if faults.is_empty() { say(&error.phrase()) } else { text("compose-not-saved") };
        Self { faults, ..Self::not(status, words) }
    }
}

/// The answer to a script.
#[derive(Template)]
#[template(path = "compose/saved.html")]
struct Part {
    saved: Saved,
    /// All that may have a fault: what was told before is taken back.
    fields: [&'static str; 4],
}

/// The text of a person who must sign in again, to be sent once more.
#[derive(Template)]
#[template(path = "compose/session_over.html")]
struct Kept {
    id: String,
    form: DraftForm,
}

pub(super) async fn save(
    State(app): State<App>,
    person: Result<Person, Fault>,
    live: Live,
    Path(id): Path<String>,
    form: Result<Form<DraftForm>, FormRejection>,
) -> Result<Response, Fault> {
    let Ok(Form(form)) = form else {
        let too_long = Saved::not(StatusCode::PAYLOAD_TOO_LARGE, text("compose-too-long"));
        return if live == Live::Part { part(too_long) } else { Err(Fault::BadRequest) };
    };
    let form = form.tidy();
    let saved = match person {
        Ok(person) => {
            let saved = write(&app, &person, &id, &form).await;
            if live == Live::Page {
                return whole(&app, &person, &id, form, saved?).await;
            }
            saved
        }
        Err(fault) => Err(fault),
    };
    match (saved, live) {
        (Ok(saved), _) => part(saved),
        (Err(Fault::SignedOut(_) | Fault::SessionOver), Live::Page) => {
            Ok((StatusCode::UNAUTHORIZED, frame::page(&Kept { id, form })?).into_response())
        }
        (Err(Fault::SignedOut(_) | Fault::SessionOver), Live::Part) => {
            part(Saved::not(StatusCode::UNAUTHORIZED, text("compose-session-over")))
        }
        (Err(fault), Live::Page) => Err(fault),
        (Err(fault), Live::Part) => part(of_fault(&fault)),
    }
}

async fn write(app: &App, person: &Person, id: &str, form: &DraftForm) -> Result<Saved, Fault> {
    let flow = find(app, person, id, Rights::COMPOSE).await?.summary.id;
    let seen = form.seen();
    let contents = form.contents();
    let saving = save_draft(app.store(), person.scope(), flow, form.text(&contents), seen).await;
    Ok(match saving {
        Ok(saving) => Saved::of(&saving, seen, app.now()),
        Err(error) => Saved::failed(&error),
    })
}

/// What is told of a fault beside the text that it leaves on the page.
fn of_fault(fault: &Fault) -> Saved {
    let (status, key) = match fault {
        Fault::NotFound => (StatusCode::NOT_FOUND, "draft-gone"),
        Fault::Forbidden => (StatusCode::FORBIDDEN, "web-forbidden"),
        fault => {
            tracing::error!(%fault, "a draft was not saved");
            (StatusCode::INTERNAL_SERVER_ERROR, "web-fault")
        }
    };
    Saved::not(status, text(key))
}

fn part(saved: Saved) -> Result<Response, Fault> {
    let status = saved.status;
    let happened = match (saved.version, saved.changed) {
        (None, _) => "draft-unsaved",
        (Some(_), false) => "draft-saved",
        (Some(_), true) => "draft-saved, draft-changed",
    };
    let fields = ["service", "nature", "description", "reference"];
    let part = frame::page(&Part { saved, fields })?;
    Ok((status, [(HAPPENED, happened)], part).into_response())
}

/// The answer to a plain form: the page, with what was typed where it could not all be saved.
async fn whole(
    app: &App,
    person: &Person,
    id: &str,
    mut form: DraftForm,
    saved: Saved,
) -> Result<Response, Fault> {
    let flow = find(app, person, id, Rights::COMPOSE).await?;
    if saved.version.is_some() && saved.faults.is_empty() {
        return Ok(Redirect::to(&address(flow.summary.id)).into_response());
    }
    if let Some(version) = saved.version {
        form.version = version.to_string();
    }
    let status = if saved.version.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { saved.status };
    let typed = Typed { form, faults: saved.faults, words: saved.words, status };
    page(app, person, &flow, Some(typed), 1).await
}

/// `Bozza salvata alle 09.41.`
fn saved_words(now: UnixMillis, not_all: bool) -> String {
    let moment = italian_date_time(now);
    let time = moment.split_once(' ').map_or("", |(_, time)| time).replace(':', ".");
    let key = if not_all { "compose-saved-not-all" } else { "compose-saved" };
    say(&Phrase::new(key).with("time", time))
}
