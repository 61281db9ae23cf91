//! A fault as a page. It is drawn around the whole of the pages, where the ledger can be asked for the band.

use super::Told;
use crate::app::App;
use crate::filters;
use crate::frame::is_trial;
use crate::sign_in::token_of;
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
    let token = token_of(request.headers());
    let mut response = next.run(request).await;
    let Some(Told(words)) = response.extensions_mut().remove() else { return response };
    let page = Page { trial: on_trial(&app, token).await, words };
    let html = page.render().unwrap_or(page.words);
    (response.status(), Html(html)).into_response()
}

/// The band of the person's ente. A fault is no sign that they are there: a page that asks by itself meets it, too. A
/// ledger that cannot be asked says nothing of the band, and neither does the page.
async fn on_trial(app: &App, token: Option<String>) -> bool {
    let session = match token {
        Some(token) => app.store().unattended_session(token.as_bytes(), app.now()).await,
        None => Ok(None),
    };
    let Ok(session) = session else { return false };
    is_trial(app, session.map(|person| person.scope.organization)).await.unwrap_or(false)
}
