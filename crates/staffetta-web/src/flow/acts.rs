//! What a person does to a flow, one act a request. Who may not is told by the ledger; what comes too late is told
//! on the flow's page, as it is by then.

use super::{Found, address, page};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flows;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::{FlowId, FlowState, Phrase, Rights};
use staffetta_store::flows::FlowDetail;
use staffetta_store::ledger::Switched;
use staffetta_words::{number as shown, say};

/// What waits may have left: it is neither stopped nor prepared anew.
const HELD: &str = "flow-held-not-now";

/// Whether nothing of the person's ente leaves.
pub(super) async fn is_held(app: &App, person: &Person) -> Result<bool, Fault> {
    let ente = app.store().organization(person.scope().organization).await?;
    Ok(ente.is_some_and(|ente| ente.held.is_some()))
}

/// Why an act was not done: the ente is held, or what is given.
pub(crate) async fn held_or(
    app: &App,
    person: &Person,
    too_late: &'static str,
) -> Result<&'static str, Fault> {
    Ok(if is_held(app, person).await? { HELD } else { too_late })
}

pub(super) async fn pause(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = number(&id)?;
    let done = app.store().pause_flow(person.scope(), flow, app.now()).await?;
    answer(&app, &person, flow, done, "flow-not-paused").await
}

pub(super) async fn resume(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = number(&id)?;
    let done = app.store().resume_flow(person.scope(), flow, app.now()).await?;
    answer(&app, &person, flow, done, "flow-not-resumed").await
}

pub(super) async fn interrupt(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = number(&id)?;
    let done = app.store().interrupt_flow(person.scope(), flow, app.now()).await?;
    answer(&app, &person, flow, done, "flow-not-interrupted").await
}

/// *Riporta a Inattivo*.
pub(super) async fn deactivate(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = number(&id)?;
    Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let done = app.store().deactivate_flow(person.scope(), flow, app.now()).await?;
    if done {
        return Ok(Redirect::to(&address(flow)).into_response());
    }
    let why = held_or(&app, &person, "flow-not-deactivated").await?;
    page::not_now(&app, &person, flow, &Phrase::new(why)).await
}

pub(super) async fn delete(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = number(&id)?;
    Found::with_right(&app, &person, flow, Rights::COMPOSE).await?;
    if app.store().delete_flow(person.scope(), flow, app.now()).await? {
        return Ok(Redirect::to(flows::LIST).into_response());
    }
    let why = held_or(&app, &person, "flow-not-deleted").await?;
    page::not_now(&app, &person, flow, &Phrase::new(why)).await
}

/// Back to the flow's page; a flow that is not the person's to send is either not theirs at all, or forbidden.
pub(super) async fn answer(
    app: &App,
    person: &Person,
    flow: FlowId,
    done: Switched,
    too_late: &'static str,
) -> Result<Response, Fault> {
    match done {
        Switched::Done => Ok(Redirect::to(&address(flow)).into_response()),
        Switched::NotNow | Switched::MayHaveBeenSent => {
            page::not_now(app, person, flow, &Phrase::new(too_late)).await
        }
        Switched::Held => page::not_now(app, person, flow, &Phrase::new(HELD)).await,
        Switched::Unapproved => page::not_now(app, person, flow, &Phrase::new("flow-unapproved")).await,
        Switched::NotFound => {
            Found::of(app, person, flow).await?;
            Err(Fault::Forbidden)
        }
    }
}

/// A page that asks once more, and says what will happen.
#[derive(Template)]
#[template(path = "flow/confirm.html")]
struct Confirm {
    frame: Frame,
    flow: FlowDetail,
    title: &'static str,
    what: String,
    then: &'static str,
    action: &'static str,
    button: &'static str,
}

pub(super) async fn ask_interrupt(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    let flow = &found.detail.summary;
    if flow.state != FlowState::Sending {
        return page::not_now(&app, &person, flow.id, &Phrase::new("flow-not-interrupted")).await;
    }
    if is_held(&app, &person).await? {
        return page::not_now(&app, &person, flow.id, &Phrase::new(HELD)).await;
    }
    let open = flow.tally.open();
    let phrase = Phrase::new("interrupt-what")
        .with("sent", shown(flow.tally.total() - open))
        .with("left", shown(open));
    let page = Confirm {
        frame: Frame::of(&app, &person, Place::Flows).await?,
        title: "interrupt-title",
        what: say(&phrase),
        then: "interrupt-then",
        action: "interrompi",
        button: "flow-interrupt",
        flow: found.detail,
    };
    Ok(frame::page(&page)?.into_response())
}

pub(super) async fn ask_delete(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::COMPOSE).await?;
    let flow = &found.detail.summary;
    if flow.state != FlowState::Inactive {
        return page::not_now(&app, &person, flow.id, &Phrase::new("flow-not-deleted")).await;
    }
    if is_held(&app, &person).await? {
        return page::not_now(&app, &person, flow.id, &Phrase::new(HELD)).await;
    }
    let page = Confirm {
        frame: Frame::of(&app, &person, Place::Flows).await?,
        title: "delete-title",
        what: say(&Phrase::new("delete-what").with("recipients", shown(flow.recipients))),
        then: "delete-then",
        action: "elimina",
        button: "flow-delete",
        flow: found.detail,
    };
    Ok(frame::page(&page)?.into_response())
}
