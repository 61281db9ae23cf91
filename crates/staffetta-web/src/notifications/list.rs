//! *Elenca*: the notifications that a search finds. Before any search there is only the form: an archive of
//! millions is not listed by itself.

use super::form::{ArchiveForm, Faults};
use super::line::{Line, lines};
use super::{ARCHIVE, EXPORT, SEARCH};
use crate::address::{cursor, cursor_text, with};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::saved_form;
use crate::single;
use crate::states::StateShown;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use futures_util::TryFutureExt as _;
use serde::Deserialize;
use staffetta_domain::{NotificationState, Rights};
use staffetta_store::notifications::NotificationPage;

/// Notifications on a page.
pub(crate) const PAGE_ROWS: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The search, by its name.
    ricerca: Option<String>,
    /// The last notification of the page before.
    dopo: Option<String>,
}

#[derive(Template)]
#[template(path = "notifications/list.html")]
struct Page {
    frame: Frame,
    form: ArchiveForm,
    faults: Faults,
    services: Vec<Choice>,
    states: Vec<Choice>,
    lines: Vec<Line>,
    may_write: bool,
    is_searched: bool,
    is_first: bool,
    first: String,
    next: Option<String>,
    export: String,
}

/// Also an empty search has a name: *Elenca* was pressed.
pub(super) async fn search(
    State(app): State<App>,
    person: Person,
    Form(form): Form<ArchiveForm>,
) -> Result<Redirect, Fault> {
    if let Some(code) = form.search().0.fiscal_code {
        app.store().record_lookup(person.scope(), &code, app.now()).await?;
    }
    let name = saved_form::keep(&app, person.operator(), &form).await?;
    Ok(Redirect::to(&format!("{ARCHIVE}?ricerca={name}")))
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (store, scope) = (app.store(), person.scope());
    let kept: Option<ArchiveForm> =
        saved_form::find(&app, person.operator(), asked.ricerca.as_deref()).await?;
    let is_asked = kept.is_some();
    let form = kept.unwrap_or_default();
    let (wanted, faults) = form.search();
    let after = asked.dopo.as_deref().map(cursor).transpose()?;
    let is_searched = is_asked && faults.is_empty();
    let find = async || match is_searched {
        true => Ok::<_, Fault>(store.search_notifications(scope, &wanted, after, PAGE_ROWS + 1).await?),
        false => Ok(NotificationPage::default()),
    };
    // None of these waits for another: a database on another machine is waited for once.
    let (found, frame, services, may_write) = tokio::try_join!(
        find(),
        Frame::of(&app, &person, Place::Notifications),
        store.services(scope, Rights::LOOK).err_into(),
        single::may_write(&app, &person)
    )?;
    let (found, next) = cut(found);
    let name = asked.ricerca.unwrap_or_default();
    let first = with(ARCHIVE, "ricerca", &name);
    let page = Page {
        frame,
        services: services.into_iter().map(|one| Choice::new(one.id, one.name, &form.service)).collect(),
        states: NotificationState::ALL
            .map(StateShown::from)
            .map(|state| Choice::new(state.code, state.words, &form.state))
            .into(),
        lines: lines(&found)?,
        may_write,
        is_searched,
        is_first: after.is_none(),
        export: with(EXPORT, "ricerca", &name),
        next: next.map(|place| with(&first, "dopo", &place)),
        first,
        form,
        faults,
    };
    frame::page(&page)
}

/// A page of one row too many without it, and the place after which the next begins.
pub(crate) fn cut(mut page: NotificationPage) -> (NotificationPage, Option<String>) {
    let has_more = page.rows.len() > PAGE_ROWS;
    page.rows.truncate(PAGE_ROWS);
    let next = page.rows.last().filter(|_| has_more).map(|last| cursor_text(last.cursor()));
    (page, next)
}
