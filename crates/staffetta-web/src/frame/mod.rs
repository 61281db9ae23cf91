//! What stands around every page: the ente, the person, the menu, the bands.

mod held;
mod person;
mod trial;

pub(crate) use person::{Admin, Person, Watcher};
pub(crate) use trial::is_trial;

use crate::app::App;
use crate::ente_now::EnteNow;
use crate::fault::Fault;
use askama::Template;
use axum::response::Html;
use held::HeldShown;

/// Where in the menu a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Flows,
    Models,
    Notifications,
    Citizen,
    Services,
    Settings,
    Nodes,
    Profile,
}

/// What stands around a page.
pub(crate) struct Frame {
    pub(crate) organization: String,
    pub(crate) operator: String,
    pub(crate) admin: bool,
    pub(crate) place: Place,
    /// Every service writes to a simulator on this machine: no citizen receives anything.
    pub(crate) trial: bool,
    /// No engine is at work: what is to be sent waits.
    pub(crate) asleep: bool,
    /// Nothing of the ente leaves until an administrator says so.
    pub(crate) held: Option<HeldShown>,
    /// What bears on the sending of each of its flows.
    pub(crate) ente: EnteNow,
}

impl Frame {
    pub(crate) async fn of(app: &App, person: &Person, place: Place) -> Result<Self, Fault> {
        let store = app.store();
        let id = person.scope().organization;
        let (organization, trial, at_work) = tokio::try_join!(
            store.organization(id),
            is_trial(app, Some(id)),
            store.engine_is_at_work(app.now())
        )?;
        let organization = organization.ok_or(Fault::NotFound)?;
        Ok(Self {
            ente: EnteNow::of(&organization, app.now()),
            held: organization.held.map(HeldShown::of),
            organization: organization.name,
            operator: person.scope().actor.clone(),
            admin: person.is_admin(),
            place,
            trial,
            asleep: !at_work,
        })
    }

    pub(crate) fn is_flows(&self) -> bool {
        self.place == Place::Flows
    }

    pub(crate) fn is_models(&self) -> bool {
        self.place == Place::Models
    }

    pub(crate) fn is_notifications(&self) -> bool {
        self.place == Place::Notifications
    }

    pub(crate) fn is_citizen(&self) -> bool {
        self.place == Place::Citizen
    }

    pub(crate) fn is_services(&self) -> bool {
        self.place == Place::Services
    }

    pub(crate) fn is_settings(&self) -> bool {
        self.place == Place::Settings
    }

    pub(crate) fn is_nodes(&self) -> bool {
        self.place == Place::Nodes
    }

    pub(crate) fn is_profile(&self) -> bool {
        self.place == Place::Profile
    }
}

/// A filled template as an answer.
pub(crate) fn page(template: &impl Template) -> Result<Html<String>, Fault> {
    Ok(Html(template.render()?))
}
