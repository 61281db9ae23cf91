//! The page of the profile.

use super::{FISCAL_CODE, PASSWORD, SESSIONS};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::sign_in::token_of;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use staffetta_domain::FlowId;
use staffetta_store::passwords::PASSWORD_MIN;
use staffetta_words::text;
use std::collections::BTreeMap;

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

#[derive(Template)]
#[template(path = "profile/page.html")]
struct Page {
    frame: Frame,
    done: Option<String>,
    faults: Faults,
    fiscal_code: String,
    has_code: bool,
    /// The flow of which a test was about to be sent.
    flow: Option<FlowId>,
    position: i64,
    password_min: usize,
    other_sessions: i64,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// What was done just now.
    fatto: Option<String>,
    /// The flow of which a test was about to be sent.
    flusso: Option<FlowId>,
    /// Which recipient's message it was, from 1.
    posizione: Option<i64>,
}

/// What was typed as fiscal code, and what is wrong with what was typed.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) fiscal_code: Option<String>,
    pub(super) flow: Option<FlowId>,
    pub(super) position: Option<i64>,
    pub(super) faults: Faults,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let done = match asked.fatto.as_deref() {
        Some("codice") => Some(text("profile-code-kept")),
        Some("codice-tolto") => Some(text("profile-code-removed")),
        Some("password") => Some(text("profile-password-changed")),
        Some("sessioni") => Some(text("profile-sessions-ended")),
        _ => None,
    };
    let typed = Typed { flow: asked.flusso, position: asked.posizione, ..Typed::default() };
    render(&app, &person, &headers, done, typed).await
}

/// The page with what could not be taken.
pub(super) async fn with(
    app: &App,
    person: &Person,
    headers: &HeaderMap,
    typed: Typed,
) -> Result<Response, Fault> {
    let page = render(app, person, headers, None, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    app: &App,
    person: &Person,
    headers: &HeaderMap,
    done: Option<String>,
    typed: Typed,
) -> Result<Response, Fault> {
    let token = token_of(headers).unwrap_or_default();
    let found = app.store().profile(person.scope(), person.operator(), token.as_bytes(), app.now());
    let profile = found.await?.ok_or(Fault::NotFound)?;
    let kept = profile.fiscal_code.map(|code| code.as_str().to_owned());
    let page = Page {
        frame: Frame::of(app, person, Place::Profile).await?,
        done,
        faults: typed.faults,
        has_code: kept.is_some(),
        fiscal_code: typed.fiscal_code.or(kept).unwrap_or_default(),
        flow: typed.flow,
        position: typed.position.unwrap_or(1),
        password_min: PASSWORD_MIN,
        other_sessions: profile.other_sessions,
    };
    Ok(frame::page(&page)?.into_response())
}
