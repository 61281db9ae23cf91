//! *Correggi e reinvia*: the data of a row that went wrong, put right by a person and sent again.

use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::notification::{self, Done};
use crate::went_back::AllTheSame;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use staffetta_desk::{NotCorrected, can_be_corrected, check_correction};
use staffetta_domain::{NotificationState, Phrase, RowProblem};
use staffetta_store::corrections::Correction;
use staffetta_store::notifications::NotificationDetail;
use staffetta_words::say;

/// Fields of the form beside those of the columns.
const ATTEMPT: &str = "tentativo";
const ACCEPT_OTHER: &str = "altra_riga";
const ALL_THE_SAME: &str = "all_the_same";

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/notifiche/{id}/correggi", get(ask).post(resend))
}

/// A column of the office's file, with the value of this row.
struct Field {
    /// Its name in the form: where it stands in the file.
    position: usize,
    column: String,
    value: String,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "correct/page.html")]
struct Page {
    frame: Frame,
    detail: NotificationDetail,
    state: String,
    reason: Option<String>,
    fields: Vec<Field>,
    /// Something is wrong with it.
    has_faults: bool,
    /// What is wrong with the row as a whole.
    problems: Vec<String>,
    /// Another row of the same flow is for this person: it is asked about.
    other: Option<String>,
    /// It may have been sent again already.
    forgotten: Option<AllTheSame>,
}

/// What was typed: the values by their columns' places, and the rest.
struct Typed {
    values: Vec<String>,
    attempt: i16,
    accepts_other: bool,
    all_the_same: bool,
}

async fn ask(State(app): State<App>, person: Person, Path(id): Path<String>) -> Result<Response, Fault> {
    let detail = found(&app, &person, &id).await?;
    if !can_be_corrected(&detail) {
        return notification::not_now(&app, &person, detail.row.id, &Phrase::new("correct-too-late")).await;
    }
    let values = known(&detail)?;
    page(&app, &person, detail, values, Told::default(), StatusCode::OK).await
}

async fn resend(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let detail = found(&app, &person, &id).await?;
    let typed = Typed::read(&form, detail.columns.len())?;
    let correction = match check_correction(app.store(), person.scope(), &detail, &typed.values).await {
        Ok(correction) => correction,
        Err(NotCorrected::Values(problems)) => {
            let told = Told { problems, ..Told::default() };
            return page(&app, &person, detail, typed.values, told, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(NotCorrected::Nothing) => return too_late(&app, &person, &detail).await,
        Err(NotCorrected::Store(error)) => return Err(error.into()),
    };
    if let Some(other) =
        other_row(&app, &person, &detail, &correction).await?.filter(|_| !typed.accepts_other)
    {
        let told = Told { other: Some(other), ..Told::default() };
        return page(&app, &person, detail, typed.values, told, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if !typed.all_the_same && forgotten(&app, &person, &detail, true).await?.is_some() {
        let told = Told { unconfirmed: true, ..Told::default() };
        return page(&app, &person, detail, typed.values, told, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let correction = Correction { all_the_same: typed.all_the_same, ..correction };
    let which = (detail.row.id, typed.attempt);
    if app.store().correct_and_resend(person.scope(), which, &correction, app.now()).await? {
        return Ok(Redirect::to(&Done::Corrected.address(detail.row.id)).into_response());
    }
    too_late(&app, &person, &detail).await
}

/// The notification, if the person may have it sent again.
async fn found(app: &App, person: &Person, id: &str) -> Result<NotificationDetail, Fault> {
    let detail = app.store().find_notification(person.scope(), number(id)?).await?.ok_or(Fault::NotFound)?;
    if notification::may_act(app, person.scope(), &detail).await? {
        Ok(detail)
    } else {
        Err(Fault::Forbidden)
    }
}

async fn too_late(app: &App, person: &Person, detail: &NotificationDetail) -> Result<Response, Fault> {
    notification::not_now(app, person, detail.row.id, &Phrase::new("correct-too-late")).await
}

fn known(detail: &NotificationDetail) -> Result<Vec<String>, Fault> {
    Ok(detail.row.cells.as_ref().map(|cells| cells.to_vec()).transpose()?.unwrap_or_default())
}

/// The same person would get two messages of this flow: perhaps rightly, as two instalments are.
async fn other_row(
    app: &App,
    person: &Person,
    detail: &NotificationDetail,
    correction: &Correction,
) -> Result<Option<String>, Fault> {
    let rows = app.store().other_rows_of(person.scope(), detail.row.id, &correction.fiscal_code).await?;
    Ok((rows > 0).then(|| say(&Phrase::new("correct-other-row").with("rows", rows))))
}

/// Whether the row may have been sent again already.
async fn forgotten(
    app: &App,
    person: &Person,
    detail: &NotificationDetail,
    missed: bool,
) -> Result<Option<AllTheSame>, Fault> {
    let ente = app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)?;
    let Some(flow) = detail.row.flow.filter(|_| ente.went_back_at.is_some()) else { return Ok(None) };
    let flow = app.store().find_flow(person.scope(), flow).await?.ok_or(Fault::NotFound)?;
    Ok(AllTheSame::of(&ente, flow.summary.created_at, "went-back-resend", missed))
}

/// What is wrong, or to be asked about.
#[derive(Default)]
struct Told {
    problems: Vec<RowProblem>,
    other: Option<String>,
    /// Nobody said to send it all the same.
    unconfirmed: bool,
}

async fn page(
    app: &App,
    person: &Person,
    detail: NotificationDetail,
    values: Vec<String>,
    told: Told,
    status: StatusCode,
) -> Result<Response, Fault> {
    let words = |problem: &RowProblem| format!("{} {}", say(&problem.phrase()), say(&problem.remedy()));
    let fault = |column: &str| {
        let of_column = |problem: &&RowProblem| problem.column.as_deref() == Some(column);
        told.problems.iter().find(of_column).map(words)
    };
    let fields = (0..).zip(detail.columns.iter().zip(values));
    let fields = fields.map(|(position, (column, value))| Field {
        position,
        fault: fault(column),
        column: column.clone(),
        value,
    });
    let page = Page {
        frame: Frame::of(app, person, Place::Notifications).await?,
        state: say(&NotificationState::phrase(detail.row.state)),
        reason: detail.row.reason.map(|reason| say(&reason.phrase())),
        fields: fields.collect(),
        has_faults: !told.problems.is_empty(),
        problems: told.problems.iter().filter(|problem| problem.column.is_none()).map(words).collect(),
        other: told.other,
        forgotten: forgotten(app, person, &detail, told.unconfirmed).await?,
        detail,
    };
    Ok((status, frame::page(&page)?).into_response())
}

impl Typed {
    fn read(form: &[(String, String)], columns: usize) -> Result<Self, Fault> {
        let find = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        // What a form made by hand leaves out is no value that was cleared.
        let value = |position: usize| find(&format!("c{position}")).map(|value| value.replace('\0', ""));
        let values: Option<Vec<String>> = (0..columns).map(value).collect();
        Ok(Self {
            values: values.ok_or(Fault::BadRequest)?,
            attempt: find(ATTEMPT).and_then(|text| text.parse().ok()).ok_or(Fault::BadRequest)?,
            accepts_other: find(ACCEPT_OTHER).is_some(),
            all_the_same: find(ALL_THE_SAME).is_some(),
        })
    }
}
