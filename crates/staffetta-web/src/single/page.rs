//! The form's page.

use super::form::{Faults, SingleForm};
use super::{GIVE_UP, NEW, PREVIEW, kept, preview, services};
use crate::app::{App, unguessable};
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::message::Message;
use crate::went_back::AllTheSame;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use staffetta_domain::limits::{DESCRIPTION_MAX, MARKDOWN_MAX, SUBJECT_MAX, SUBJECT_MIN};
use staffetta_store::organizations::Organization;

#[derive(Template)]
#[template(path = "single/page.html")]
struct Page {
    frame: Frame,
    services: Vec<Choice>,
    form: SingleForm,
    faults: Faults,
    /// What concerns no field.
    problem: Option<String>,
    /// What it takes the place of may have been written anew already.
    forgotten: Option<String>,
    /// The form was being written before, and this is said of it.
    kept: Option<String>,
    message: Message,
    warnings: Vec<String>,
    subject_min: usize,
    subject_max: usize,
    markdown_min: usize,
    markdown_max: usize,
    reference_max: usize,
}

pub(super) async fn show(State(app): State<App>, person: Person) -> Result<Html<String>, Fault> {
    let (form, kept) = match kept::find(&app, &person).await? {
        Some((form, words)) => (form, Some(words)),
        None => (SingleForm { form_token: unguessable()?, ..SingleForm::default() }, None),
    };
    render(&app, &person, form, Faults::new(), None, kept).await
}

/// Said of a correction that the ledger may have forgotten.
async fn forgotten(
    app: &App,
    person: &Person,
    ente: &Organization,
    form: &SingleForm,
) -> Result<Option<String>, Fault> {
    let Some(id) = form.corrects().filter(|_| ente.went_back_at.is_some()) else { return Ok(None) };
    let corrected = app.store().find_notification(person.scope(), id).await?;
    let made_at = corrected.and_then(|detail| detail.row.created_at);
    let asked = made_at.and_then(|at| AllTheSame::of(ente, at, "went-back-single", false));
    Ok(asked.map(|asked| asked.warning))
}

/// The page with what was typed.
pub(super) async fn with(
    app: &App,
    person: &Person,
    form: SingleForm,
    faults: Faults,
    problem: Option<String>,
) -> Result<Html<String>, Fault> {
    render(app, person, form, faults, problem, None).await
}

async fn render(
    app: &App,
    person: &Person,
    form: SingleForm,
    faults: Faults,
    problem: Option<String>,
    kept: Option<String>,
) -> Result<Html<String>, Fault> {
    let services = services(app, person).await?;
    if services.is_empty() {
        return Err(Fault::Forbidden);
    }
    let organization = app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)?;
    let forgotten = forgotten(app, person, &organization, &form).await?;
    let page = Page {
        forgotten,
        frame: Frame::of(app, person, Place::Notifications).await?,
        message: preview::message(&services, &form),
        warnings: preview::warnings(&form),
        services: services.into_iter().map(|one| Choice::new(one.id, one.name, &form.service)).collect(),
        form,
        faults,
        problem,
        kept,
        subject_min: SUBJECT_MIN,
        subject_max: SUBJECT_MAX,
        markdown_min: organization.content_min,
        markdown_max: MARKDOWN_MAX,
        reference_max: DESCRIPTION_MAX,
    };
    frame::page(&page)
}
