//! *Registro delle consultazioni*: who looked for a citizen and when, for administrators.

use super::RECORD;
use super::page::Sought;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Admin, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use staffetta_domain::FiscalCode;
use staffetta_store::lookups::Lookup;

/// Searches that are shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "citizen/record.html")]
struct Page {
    frame: Frame,
    fault: Option<String>,
    /// Only those for one person.
    of_person: bool,
    lookups: Vec<Lookup>,
    /// There are more than are shown.
    is_cut: bool,
}

pub(super) async fn show(State(app): State<App>, Admin(person): Admin) -> Result<Response, Fault> {
    page(&app, &person, None, None).await
}

/// Those for one person; the code is typed anew each time, and stays nowhere.
pub(super) async fn of_person(
    State(app): State<App>,
    Admin(person): Admin,
    Form(sought): Form<Sought>,
) -> Result<Response, Fault> {
    match sought.read() {
        Ok(code) => page(&app, &person, Some(code), None).await,
        Err(fault) => page(&app, &person, None, Some(fault)).await,
    }
}

async fn page(
    app: &App,
    person: &Person,
    of: Option<FiscalCode>,
    fault: Option<String>,
) -> Result<Response, Fault> {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let lookups = app.store().lookups(person.scope(), of.as_ref(), SHOWN).await?;
    let page = Page {
        frame: Frame::of(app, person, Place::Settings).await?,
        of_person: of.is_some(),
        is_cut: lookups.len() == SHOWN,
        lookups,
        fault,
    };
    Ok((status, frame::page(&page)?).into_response())
}
