//! The flow that is composed, for those who may compose it.

use super::flow_address;
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::http::HeaderName;
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::{FlowId, FlowState, Rights};
use staffetta_store::StoreError;
use staffetta_store::flows::FlowDetail;
use staffetta_store::organizations::OrganizationNature;

/// Where htmx is told to lead the browser.
const LEAD_TO: HeaderName = HeaderName::from_static("hx-redirect");

/// Why a page of composing is not shown.
pub(super) enum Away {
    Fault(Fault),
    /// The flow is no more being prepared: it has its own page.
    Flow(FlowId, Live),
}

impl<E: Into<Fault>> From<E> for Away {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

impl IntoResponse for Away {
    fn into_response(self) -> Response {
        match self {
            Self::Fault(fault) => fault.into_response(),
            Self::Flow(flow, Live::Page) => Redirect::to(&flow_address(flow)).into_response(),
            Self::Flow(flow, Live::Part) => [(LEAD_TO, flow_address(flow))].into_response(),
        }
    }
}

/// The flow of an address, if the person may do this with it.
pub(super) async fn find(app: &App, person: &Person, id: &str, right: Rights) -> Result<FlowDetail, Fault> {
    let flow = id.parse().map_err(|_| Fault::NotFound)?;
    let flow = app.store().find_flow(person.scope(), flow).await?.ok_or(Fault::NotFound)?;
    if may(app, person, &flow, right).await? { Ok(flow) } else { Err(Fault::Forbidden) }
}

/// The same while it is being prepared.
pub(super) async fn draft(
    app: &App,
    person: &Person,
    id: &str,
    right: Rights,
    live: Live,
) -> Result<FlowDetail, Away> {
    let flow = find(app, person, id, right).await?;
    if flow.summary.state == FlowState::Inactive { Ok(flow) } else { Err(Away::Flow(flow.summary.id, live)) }
}

/// Whether the person has this right on a flow's service.
pub(super) async fn may(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    right: Rights,
) -> Result<bool, StoreError> {
    let services = app.store().services(person.scope(), right).await?;
    Ok(services.iter().any(|service| service.id == flow.summary.service))
}

/// The services for which the person may compose now.
pub(super) async fn services(app: &App, person: &Person, chosen: &str) -> Result<Vec<Choice>, StoreError> {
    let services = app.store().services(person.scope(), Rights::COMPOSE).await?;
    let enabled = services.into_iter().filter(|service| service.enabled);
    Ok(enabled.map(|service| Choice::new(service.id, service.name, chosen)).collect())
}

/// The natures of the ente, by the word that names them.
pub(super) fn natures(natures: Vec<OrganizationNature>, chosen: &str) -> Vec<Choice> {
    natures.into_iter().map(|one| Choice::new(one.nature.code, one.nature.name, chosen)).collect()
}
