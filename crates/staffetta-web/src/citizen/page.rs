//! A fiscal code, and all notifications to that person, of the services that the operator may see.

use super::CITIZEN;
use crate::address::{cursor, with};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::notifications::line::{Line, lines};
use crate::notifications::{PAGE_ROWS, cut};
use crate::saved_form;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use staffetta_domain::{FiscalCode, RowFault};
use staffetta_store::notifications::NotificationSearch;
use staffetta_words::say;

/// Who was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Sought {
    fiscal_code: String,
}

impl Sought {
    /// The code, or what is wrong with it.
    pub(super) fn read(&self) -> Result<FiscalCode, String> {
        FiscalCode::read(&self.fiscal_code)
            .map(|read| read.code)
            .map_err(|error| say(&RowFault::FiscalCode(error).phrase()))
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The search, by its name.
    ricerca: Option<String>,
    /// The last notification of the page before.
    dopo: Option<String>,
}

#[derive(Template)]
#[template(path = "citizen/page.html")]
struct Page {
    frame: Frame,
    sought: Sought,
    fault: Option<String>,
    is_searched: bool,
    lines: Vec<Line>,
    is_first: bool,
    first: String,
    next: Option<String>,
}

/// Writes down that somebody looks, then leads to what is found: the address says nothing of the person.
pub(super) async fn look(
    State(app): State<App>,
    person: Person,
    Form(sought): Form<Sought>,
) -> Result<Response, Fault> {
    match sought.read() {
        Ok(code) => {
            let sought = Sought { fiscal_code: code.as_str().to_owned() };
            app.store().record_lookup(person.scope(), &code, app.now()).await?;
            let name = saved_form::keep(&app, person.operator(), &sought).await?;
            Ok(Redirect::to(&with(CITIZEN, "ricerca", &name)).into_response())
        }
        Err(fault) => {
            let page = Page {
                frame: Frame::of(&app, &person, Place::Citizen).await?,
                sought,
                fault: Some(fault),
                is_searched: false,
                lines: Vec::new(),
                is_first: true,
                first: String::new(),
                next: None,
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, frame::page(&page)?).into_response())
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let name = asked.ricerca.as_deref();
    let sought: Sought = saved_form::find(&app, person.operator(), name).await?;
    let after = asked.dopo.as_deref().map(cursor).transpose()?;
    let code = sought.read().ok();
    let found = match code {
        Some(code) => {
            let search = NotificationSearch { fiscal_code: Some(code), ..NotificationSearch::default() };
            app.store().search_notifications(person.scope(), &search, after, PAGE_ROWS + 1).await?
        }
        None => Default::default(),
    };
    let (found, next) = cut(found);
    let first = with(CITIZEN, "ricerca", name.unwrap_or_default());
    let page = Page {
        frame: Frame::of(&app, &person, Place::Citizen).await?,
        sought,
        fault: None,
        is_searched: code.is_some(),
        lines: lines(&found)?,
        is_first: after.is_none(),
        next: next.map(|place| with(&first, "dopo", &place)),
        first,
    };
    Ok(frame::page(&page)?.into_response())
}
