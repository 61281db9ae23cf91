//! The operator's own fiscal code, to which their tests go.

use super::PROFILE;
use super::page::{self, Typed};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{FiscalCode, FlowId, RowFault};
use staffetta_words::{say, text};

#[derive(Deserialize)]
pub(super) struct Kept {
    fiscal_code: String,
    /// The flow of which a test was about to be sent.
    flusso: Option<FlowId>,
    /// Which recipient's message it was.
    posizione: Option<i64>,
}

/// Keeps it; an empty field takes it away.
pub(super) async fn keep(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    Form(kept): Form<Kept>,
) -> Result<Response, Fault> {
    let written = kept.fiscal_code.trim();
    let code = match written {
        "" => None,
        written => match FiscalCode::read(written) {
            Ok(read) => Some(read.code),
            Err(error) => {
                let fault = RowFault::FiscalCode(error);
                // What to do about a citizen's code is not what to do about one's own.
                let words = format!("{} {}", say(&fault.phrase()), text("profile-code-compare"));
                let typed = Typed {
                    faults: [("fiscal_code", words)].into(),
                    fiscal_code: Some(kept.fiscal_code),
                    flow: kept.flusso,
                    position: kept.posizione,
                };
                return page::with(&app, &person, &headers, typed).await;
            }
        },
    };
    app.store().set_own_fiscal_code(person.scope(), person.operator(), code.as_ref(), app.now()).await?;
    let to = match (kept.flusso, code) {
        (Some(flow), Some(_)) => format!("/flussi/{flow}/prova?posizione={}", kept.posizione.unwrap_or(1)),
        (_, Some(_)) => format!("{PROFILE}?fatto=codice"),
        (_, None) => format!("{PROFILE}?fatto=codice-tolto"),
    };
    Ok(Redirect::to(&to).into_response())
}
