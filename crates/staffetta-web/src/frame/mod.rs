//! What stands around every page: the ente, the person, the menu, the bands.

mod person;

pub(crate) use person::{Person, Watcher};

use crate::app::App;
use crate::fault::Fault;
use askama::Template;
use axum::response::Html;
use staffetta_domain::Rights;
use staffetta_io::BaseUrl;
use staffetta_store::Scope;

/// Where in the menu a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Flows,
    Notifications,
    Services,
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
}

impl Frame {
    pub(crate) async fn of(app: &App, person: &Person, place: Place) -> Result<Self, Fault> {
        let store = app.store();
        let id = person.scope().organization;
        // The whole ente's, whoever looks: one real service is enough to reach somebody.
        let whole = Scope::whole(id, "");
        let (organization, services, at_work) = tokio::try_join!(
            store.organization(id),
            store.services(&whole, Rights::LOOK),
            store.engine_is_at_work(app.now())
        )?;
        let organization = organization.ok_or(Fault::NotFound)?;
        let policy = &app.options().url_policy;
        let here = |url: &str| BaseUrl::parse(url, policy).is_ok_and(|url| url.is_loopback());
        Ok(Self {
            organization: organization.name,
            operator: person.scope().actor.clone(),
            admin: person.is_admin(),
            place,
            trial: !services.is_empty() && services.iter().all(|service| here(&service.base_url)),
            asleep: !at_work,
        })
    }

    pub(crate) fn is_flows(&self) -> bool {
        self.place == Place::Flows
    }

    pub(crate) fn is_notifications(&self) -> bool {
        self.place == Place::Notifications
    }

    pub(crate) fn is_services(&self) -> bool {
        self.place == Place::Services
    }
}

/// A filled template as an answer.
pub(crate) fn page(template: &impl Template) -> Result<Html<String>, Fault> {
    Ok(Html(template.render()?))
}
