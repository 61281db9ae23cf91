//! The list of services.

use super::{Admin, NEW, address};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Place};
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use staffetta_domain::Rights;
use staffetta_store::services::Service;

struct Line {
    address: String,
    service: Service,
}

#[derive(Template)]
#[template(path = "services/list.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
}

pub(super) async fn show(State(app): State<App>, Admin(person): Admin) -> Result<Html<String>, Fault> {
    let services = app.store().services(person.scope(), Rights::LOOK).await?;
    let page = Page {
        frame: Frame::of(&app, &person, Place::Services).await?,
        lines: services.into_iter().map(|service| Line { address: address(service.id), service }).collect(),
    };
    frame::page(&page)
}

impl Line {
    /// The reason stands in words below the state.
    fn why(&self) -> Option<String> {
        self.service.paused.as_ref().map(|pause| staffetta_words::say(&pause.reason.phrase()))
    }
}
