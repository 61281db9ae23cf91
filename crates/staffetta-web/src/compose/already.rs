//! *Chi l'ha già ricevuto*: who of a draft's list already got the same message, and *Lasciali fuori*.

use super::draft::{Away, draft, may};
use super::exclusion::read_with_all;
use super::list;
use super::reading::{What, begin};
use crate::address::{number, with};
use crate::app::App;
use crate::download::{self, Kind};
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::live::Live;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use staffetta_desk::{already_file, leave_out_already_sent};
use staffetta_domain::{FlowId, NotificationId, Phrase, Rights};
use staffetta_store::draft_files::Exclusion;
use staffetta_store::lists::AlreadyRow;
use staffetta_words::{number as shown, say};

/// Rows of a page.
const PAGE_ROWS: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The last row of the page before.
    dopo: Option<String>,
}

#[derive(Template)]
#[template(path = "compose/already.html")]
struct Page {
    frame: Frame,
    flow: FlowId,
    words: Option<String>,
    rows: Vec<AlreadyRow>,
    is_first: bool,
    next: Option<String>,
    may_compose: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Away> {
    let draft = draft(&app, &person, &id, Rights::LOOK, Live::Page).await?;
    let flow = draft.summary.id;
    let after = asked.dopo.as_deref().map(number::<i64>).transpose()?.map(NotificationId);
    let (store, scope) = (app.store(), person.scope());
    let mut rows = store.already_rows(scope, flow, after, PAGE_ROWS + 1).await?;
    let is_more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let last = rows.last().filter(|_| is_more);
    let may_compose = may(&app, &person, &draft, Rights::COMPOSE).await?;
    let page = Page {
        frame: Frame::of(&app, &person, Place::Flows).await?,
        flow,
        words: draft.list.and_then(|list| list.already).and_then(super::recipients::already_words),
        next: last.map(|row| with(&address(flow), "dopo", &row.id.to_string())),
        rows,
        is_first: after.is_none(),
        may_compose,
    };
    Ok(frame::page(&page)?.into_response())
}

fn address(flow: FlowId) -> String {
    format!("/flussi/{flow}/gia-ricevuto")
}

/// The same as a file.
pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::LOOK, Live::Page).await?.summary.id;
    let name = format!("flusso-{flow}-gia-ricevuto");
    let given = download::file(&app, &name, Kind::Xlsx, async |path| {
        already_file(app.store(), person.scope(), flow, path).await
    });
    Ok(given.await?)
}

/// *Lasciali fuori*.
pub(super) async fn leave_out(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let left = leave_out_already_sent(app.store(), person.scope(), flow, app.now()).await;
    if left.map_err(Fault::from)? == 0 {
        let told = (StatusCode::CONFLICT, list::Beside::List, (Phrase::new("already-left-out-none"), None));
        return list::answer_told(&app, &person, flow, live, told).await;
    }
    begin(&app, person.scope(), flow, What::Kept { accept_valid: false }).await;
    list::answer(&app, &person, flow, live, StatusCode::OK).await
}

/// *Rimettili*.
pub(super) async fn put_back(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let removed = app.store().remove_excluded_rows(person.scope(), flow).await?;
    read_with_all(&app, &person, flow, live, removed).await
}

/// That some rows are left out, because their persons already got the message.
pub(super) fn left_out_words(exclusion: &Exclusion) -> String {
    let rows = exclusion.named_rows;
    let words = Phrase::new("already-left-out").with("count", rows);
    say(&words.with("shown", shown(rows)))
}
