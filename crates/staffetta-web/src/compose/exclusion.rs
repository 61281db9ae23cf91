//! *Chi non deve ricevere il messaggio*: a second file, because some have paid already.

use super::draft::{Away, draft};
use super::list::{self, Beside};
use super::reading::{What, begin};
use super::report::Told;
use super::spool::{NotArrived, receive};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use staffetta_desk::{ExclusionRead, Upload, upload_exclusion};
use staffetta_domain::{FlowId, Phrase, Rights};
use staffetta_store::draft_files::{ExcludedBy, Exclusion};
use staffetta_words::{number, say};

/// Who is left out, as the page tells it.
pub(super) struct Excluded {
    pub(super) file_name: String,
    pub(super) words: String,
    /// Some of its rows could not be read.
    pub(super) unread: Option<String>,
}

impl From<Exclusion> for Excluded {
    fn from(exclusion: Exclusion) -> Self {
        let key = match exclusion.by {
            ExcludedBy::NoticeNumber => "exclusion-names-notices",
            ExcludedBy::FiscalCode => "exclusion-names-codes",
            // Not a file: told beside it.
            ExcludedBy::Row => "already-left-out",
        };
        let counted = |key: &'static str, rows: i64| {
            say(&Phrase::new(key).with("count", rows).with("shown", number(rows)))
        };
        let unread = exclusion.unread_rows;
        Self {
            file_name: exclusion.file_name,
            words: counted(key, exclusion.named_rows),
            unread: (unread > 0).then(|| counted("exclusion-unread", unread)),
        }
    }
}

pub(super) async fn take(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let form = form.map_err(|_| Fault::BadRequest)?;
    let file = match receive(&app, &headers, form).await {
        Ok(file) => file,
        Err(NotArrived::Broken) => return Err(Fault::BadRequest.into()),
        Err(NotArrived::TooLarge) => return told(&app, &person, flow, live, "exclusion-too-large").await,
        Err(NotArrived::NoFile) => return told(&app, &person, flow, live, "exclusion-no-file").await,
        Err(NotArrived::Disk(error)) => return Err(Fault::Internal(error.to_string()).into()),
    };
    let upload = Upload { path: &file.path, file_name: &file.file_name, accept_valid: false };
    let read = upload_exclusion(app.store(), person.scope(), flow, upload, app.now()).await;
    let read = read.map_err(Fault::from)?;
    let phrases = read.phrases();
    if !matches!(read, ExclusionRead::Kept { .. }) {
        let told = (StatusCode::UNPROCESSABLE_ENTITY, Beside::Exclusion, phrases);
        return list::answer_told(&app, &person, flow, live, told).await;
    }
    begin(&app, person.scope(), flow, What::Kept { accept_valid: false }).await;
    list::answer_told(&app, &person, flow, live, (StatusCode::OK, Beside::List, phrases)).await
}

async fn told(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    key: &'static str,
) -> Result<Response, Away> {
    let told = (StatusCode::UNPROCESSABLE_ENTITY, Beside::Exclusion, (Phrase::new(key), None));
    list::answer_told(app, person, flow, live, told).await
}

/// *Togli l'elenco degli esclusi*.
pub(super) async fn remove(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let removed = app.store().remove_exclusion(person.scope(), flow).await?;
    read_with_all(&app, &person, flow, live, removed).await
}

/// The list is read again, with those who were left out; unless they are not left out any more.
pub(super) async fn read_with_all(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    removed: bool,
) -> Result<Response, Away> {
    if !removed {
        return Err(Fault::NotFound.into());
    }
    begin(app, person.scope(), flow, What::Kept { accept_valid: false }).await;
    list::answer(app, person, flow, live, StatusCode::OK).await
}

/// A list from which the file leaves nobody out: perhaps it is of another year, or has other codes.
pub(super) fn nobody() -> Told {
    Told::from((Phrase::new("exclusion-nobody"), Some(Phrase::new("exclusion-nobody-remedy"))))
}
