//! One flow: its page, what is done to it, how far it is. Its composing is not here.

mod acts;
mod after;
pub(crate) mod approve;
mod describe;
mod done;
mod duplicate;
mod errata;
pub(crate) mod errata_note;
mod export;
mod facts;
mod live;
mod notes;
mod page;
mod pilot;
mod plan;
pub(crate) mod progress;
mod report;
mod report_deeds;
mod rows;
mod send;
mod verify;

pub(crate) use acts::held_or;
pub(crate) use facts::{amounts, dues};

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Router;
use axum::routing::{get, post};
use staffetta_domain::{FlowId, Rights};
use staffetta_store::flows::FlowDetail;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/flussi/{id}", get(page::show))
        .route("/flussi/{id}/avanzamento", get(live::follow))
        .route("/flussi/{id}/descrizione", post(describe::save))
        .route("/flussi/{id}/duplica", post(duplicate::duplicate))
        .route("/flussi/{id}/errata", get(errata::ask).post(errata::make))
        .route("/flussi/{id}/risultati", get(export::results))
        .route("/flussi/{id}/non-raggiunti", get(export::unreached))
        .route("/flussi/{id}/invia", get(send::ask).post(send::start))
        .route("/flussi/{id}/primi", get(pilot::ask).post(pilot::start))
        .route("/flussi/{id}/programma", get(plan::ask).post(plan::plan))
        .route("/flussi/{id}/programma/togli", post(plan::unplan))
        .route("/flussi/{id}/approva", get(approve::ask).post(approve::approve))
        .route("/flussi/{id}/non-approvare", post(approve::refuse))
        .route("/flussi/{id}/relazione", get(report::show))
        .route("/flussi/{id}/verifica", post(verify::verify))
        .route("/flussi/{id}/inattivo", post(acts::deactivate))
        .route("/flussi/{id}/pausa", post(acts::pause))
        .route("/flussi/{id}/riprendi", post(acts::resume))
        .route("/flussi/{id}/interrompi", get(acts::ask_interrupt).post(acts::interrupt))
        .route("/flussi/{id}/elimina", get(acts::ask_delete).post(acts::delete))
}

pub(crate) use done::Done;
pub(crate) use page::not_now;

/// The address of a flow's page.
pub(crate) fn address(flow: FlowId) -> String {
    format!("/flussi/{flow}")
}

/// A flow that the person may see, and what they may do with its service.
pub(crate) struct Found {
    pub(crate) detail: FlowDetail,
    pub(crate) rights: Rights,
}

impl Found {
    pub(crate) async fn of(app: &App, person: &Person, flow: FlowId) -> Result<Self, Fault> {
        let (store, scope) = (app.store(), person.scope());
        let detail = store.find_flow(scope, flow).await?.ok_or(Fault::NotFound)?;
        let rights = store.rights_on(scope, detail.summary.service).await?.ok_or(Fault::NotFound)?;
        Ok(Self { detail, rights })
    }

    /// The flow, if the person may do this with it.
    pub(crate) async fn with_right(
        app: &App,
        person: &Person,
        flow: FlowId,
        right: Rights,
    ) -> Result<Self, Fault> {
        let found = Self::of(app, person, flow).await?;
        if found.rights.include(right) { Ok(found) } else { Err(Fault::Forbidden) }
    }
}
