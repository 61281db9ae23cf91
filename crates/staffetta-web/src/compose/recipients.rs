//! *Destinatari*: what is known of the office's file, shown with the page and again by itself.

use super::address;
use super::draft::{Away, draft};
use super::reading::{Outcome, State as Reading, What, begin};
use super::report::{Report, Told};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Person};
use crate::live::Live;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{ListRead, earlier_phrase, readiness};
use staffetta_domain::{Columns, FlowId, Phrase, Rights};
use staffetta_store::draft_files::DraftFile;
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say, text};

/// Tells the parts of the page that show recipients that these may be others now.
const HAPPENED: [(HeaderName, &str); 1] = [(HeaderName::from_static("hx-trigger"), "list-read")];
/// A file of up to so many bytes is read again by itself when the message was changed.
const BY_ITSELF_BYTES: i64 = 20_000_000;

/// What the page shows of the recipients.
pub(super) struct Recipients {
    pub(super) flow: FlowId,
    /// One line that says it all.
    pub(super) status: String,
    pub(super) file: Option<DraftFile>,
    pub(super) is_reading: bool,
    pub(super) is_ready: bool,
    /// What is to be said, with what to do.
    pub(super) told: Vec<Told>,
    pub(super) report: Option<Report>,
    /// *Prosegui con le N righe giuste*.
    pub(super) accept: Option<String>,
    /// The kept file can be read again.
    pub(super) may_read: bool,
    /// Nothing is known of it as it is now.
    is_old: bool,
    /// It is read again by itself.
    pub(super) by_itself: bool,
    /// A flow with the same list and the same message, and the warning.
    pub(super) earlier: Option<(FlowId, String)>,
    /// Name of the column that becomes IO's due date.
    pub(super) due_column: Option<String>,
    /// The columns, for the placeholders.
    pub(super) columns: Vec<String>,
}

#[derive(Template)]
#[template(path = "compose/recipients_answer.html")]
struct Part {
    recipients: Recipients,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    accept_valid: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?;
    answer(&app, &person, flow.summary.id, live, StatusCode::OK).await
}

/// Reads the kept file again.
pub(super) async fn read(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    begin(&app, person.scope(), flow, What::Kept { accept_valid: asked.accept_valid }).await;
    answer(&app, &person, flow, live, StatusCode::OK).await
}

/// The part of the page, or the page.
pub(super) async fn answer(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    status: StatusCode,
) -> Result<Response, Away> {
    if live == Live::Page {
        return Ok(Redirect::to(&format!("{}#destinatari", address(flow))).into_response());
    }
    let found = app.store().find_flow(person.scope(), flow).await?.ok_or(Fault::NotFound)?;
    let mut recipients = Recipients::of(app, person, &found).await?;
    // Not where a page begins: who opens it may be about to upload another file.
    recipients.by_itself = recipients.is_old && recipients.is_small();
    let is_reading = recipients.is_reading;
    let part = (status, frame::page(&Part { recipients })?);
    Ok(if is_reading { part.into_response() } else { (HAPPENED, part).into_response() })
}

impl Recipients {
    pub(super) async fn of(app: &App, person: &Person, flow: &FlowDetail) -> Result<Self, Fault> {
        let file = app.store().draft_file(person.scope(), flow.summary.id).await?;
        let columns = match (&file, &flow.list) {
            (Some(file), _) => file.columns.clone(),
            (None, Some(list)) => list.columns.clone(),
            (None, None) => Vec::new(),
        };
        let known = Columns::from_ledger(columns.clone());
        let mut recipients = Self {
            flow: flow.summary.id,
            status: String::new(),
            file,
            is_reading: false,
            is_ready: false,
            told: Vec::new(),
            report: None,
            accept: None,
            may_read: false,
            is_old: false,
            by_itself: false,
            earlier: None,
            due_column: known.due_date().map(|position| known.name(position).to_owned()),
            columns,
        };
        match app.readings().state(flow.summary.id) {
            Reading::Reading => {
                recipients.is_reading = true;
                recipients.status = text("compose-reading");
                return Ok(recipients);
            }
            Reading::Read(outcome) if outcome.refused.is_some() => {
                recipients.ledger(app, person, flow, None).await?;
                recipients.refused(&outcome);
            }
            Reading::Read(outcome) if outcome.of == (flow.version, flow.file) => {
                recipients.ledger(app, person, flow, Some(&outcome)).await?;
            }
            Reading::Read(_) | Reading::Unknown => recipients.ledger(app, person, flow, None).await?,
        }
        Ok(recipients)
    }

    fn is_small(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.bytes <= BY_ITSELF_BYTES)
    }

    /// What the ledger has, with what is remembered of its reading.
    async fn ledger(
        &mut self,
        app: &App,
        person: &Person,
        flow: &FlowDetail,
        outcome: Option<&Outcome>,
    ) -> Result<(), Fault> {
        match readiness(flow) {
            Ok(list) => {
                self.is_ready = true;
                self.status = say(&Phrase::new("list-ready").with("valid", list.valid_rows));
                self.report = Some(match outcome.and_then(report) {
                    Some(report) => report,
                    None => {
                        let (store, shown) = (app.store(), super::reading::SHOWN);
                        Report::of_list(list, store.wrong_rows(person.scope(), list.id, None, shown).await?)
                    }
                });
                if let Some(sameness) = &flow.sameness {
                    let id = flow.summary.id;
                    let earlier = app.store().earlier_same_flow(person.scope(), sameness, id).await?;
                    self.earlier = earlier.map(|(flow, at)| (flow, say(&earlier_phrase(flow, at))));
                }
            }
            Err(missing) => match outcome.map(|outcome| &outcome.read) {
                Some(Ok(read)) => self.of_reading(read),
                Some(Err(error)) => {
                    self.status = say(&error.phrase());
                    self.may_read = self.file.is_some();
                }
                None => {
                    self.status = say(&missing.phrase());
                    self.may_read = self.file.is_some();
                    self.is_old = self.may_read;
                }
            },
        }
        Ok(())
    }

    /// Why what was read is no list yet.
    fn of_reading(&mut self, read: &ListRead) {
        let mut told: Vec<Told> = read.phrases().into_iter().map(Told::from).collect();
        self.may_read = matches!(read, ListRead::Moved);
        self.is_old = self.may_read;
        if let ListRead::WrongRows(report) | ListRead::NoValidRows(report) = read {
            self.report = Some(Report::of_reading(report));
            if report.valid_rows > 0 {
                let valid = i64::try_from(report.valid_rows).unwrap_or(i64::MAX);
                let words = Phrase::new("compose-accept").with("rows", number(valid));
                self.accept = Some(say(&words.with("count", valid)));
            }
        }
        if let ListRead::Plan(_) = read {
            self.status = text("compose-plan");
            self.told = told;
            return;
        }
        if let Some(first) = told.first_mut() {
            self.status = std::mem::take(&mut first.what);
        }
        self.told = told;
    }

    /// A file that was not taken is told before what was there.
    fn refused(&mut self, outcome: &Outcome) {
        let name = outcome.refused.as_deref().unwrap_or_default();
        let mut told: Vec<Told> = match &outcome.read {
            Ok(read) => read.phrases().into_iter().map(Told::from).collect(),
            Err(error) => vec![Told::from((error.phrase(), None))],
        };
        let before = std::mem::take(&mut self.status);
        self.status = match told.first_mut() {
            Some(first) if name.is_empty() => std::mem::take(&mut first.what),
            _ => say(&Phrase::new("compose-refused").with("name", name)),
        };
        if self.file.is_some() || self.is_ready {
            told.push(Told { what: text("compose-refused-before"), remedy: Some(before) });
        }
        told.append(&mut self.told);
        self.told = told;
    }
}

/// What a reading found in the file.
fn report(outcome: &Outcome) -> Option<Report> {
    match &outcome.read {
        Ok(ListRead::Ready(ready)) => Some(Report::of_reading(&ready.report)),
        Ok(ListRead::WrongRows(report) | ListRead::NoValidRows(report)) => Some(Report::of_reading(report)),
        _ => None,
    }
}
