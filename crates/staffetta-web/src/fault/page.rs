//! A fault as a page. It is drawn around the whole of the pages, where the ledger can be asked for the band.

use super::Told;
use crate::app::App;
use crate::filters;
use crate::frame::{Person, is_trial};
use askama::Template;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "fault.html")]
struct Page {
    trial: bool,
    words: String,
}

/// Gives an answer that only tells a fault the page on which it is told.
pub(crate) async fn draw(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(Told(words)) = response.extensions_mut().remove() else { return response };
    let page = Page { trial: on_trial(&app, &asked).await, words };
    let html = page.render().unwrap_or(page.words);
    (response.status(), Html(html)).into_response()
}

/// The band of the person's ente. A ledger that cannot be asked says nothing of it, and neither does the page.
async fn on_trial(app: &App, asked: &axum::http::request::Parts) -> bool {
    let Ok(person) = Person::of(app, asked).await else { return false };
    is_trial(app, person.map(|person| person.scope().organization)).await.unwrap_or(false)
}
