//! The page that asks: to whom the test goes, whose data it carries, what it looks like.

use super::find;
use crate::app::{App, unguessable};
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::message::Message;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use staffetta_desk::{NotTested, TestMessage, test_message};
use staffetta_domain::{Content, FlowId, FlowState, Phrase};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say};

#[derive(Template)]
#[template(path = "test_send/page.html")]
struct Page {
    frame: Frame,
    flow: FlowId,
    /// Where the person comes from.
    back: String,
    problem: Option<String>,
    /// What can be tried; none where nothing can.
    test: Option<Test>,
}

/// A message that can be tried.
struct Test {
    position: i64,
    /// Which recipient's it is.
    which: String,
    message: Message,
    /// To whom it goes; none where the profile has no fiscal code.
    to: Option<String>,
    has_payment: bool,
    /// Names what is shown.
    seen: String,
    form_token: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    posizione: Option<i64>,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let flow = find(&app, &person, &id).await?;
    with(&app, &person, &flow, asked.posizione.unwrap_or(1), None).await
}

/// The page, with why a test was not sent.
pub(super) async fn with(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    position: i64,
    why: Option<&NotTested>,
) -> Result<Response, Fault> {
    let id = flow.summary.id;
    let found = test_message(app.store(), person.scope(), person.operator(), id, position).await;
    let (test, not_now) = match found {
        Ok(message) => (Some(Test::of(message)?), None),
        Err(NotTested::NoFlow) => return Err(Fault::NotFound),
        Err(NotTested::Store(error)) => return Err(error.into()),
        Err(why) => (None, Some(why)),
    };
    let problem = why.or(not_now.as_ref()).map(|why| say(&why.phrase()));
    let is_draft = flow.summary.state == FlowState::Inactive;
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        flow: id,
        back: if is_draft {
            format!("{}#anteprima", crate::compose::address(id))
        } else {
            format!("/flussi/{id}")
        },
        test,
        problem,
    };
    let status = if page.problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, frame::page(&page)?).into_response())
}

impl Test {
    fn of(test: TestMessage) -> Result<Self, Fault> {
        let which = Phrase::new("test-which").with("position", number(test.position));
        Ok(Self {
            position: test.position,
            which: say(&which.with("of", number(test.of))),
            has_payment: test.content.payment.is_some(),
            seen: test.seen(),
            to: test.to.map(|code| code.as_str().to_owned()),
            form_token: unguessable()?,
            // As it goes unless the payment is asked for.
            message: Message::of(&test.service_name, &Content { payment: None, ..test.content }),
        })
    }
}
