//! A flow from a file and a message: all of it, or nothing.

use crate::check_list::ListError;
use crate::draft_text::DraftText;
use crate::how_to_read::{HowToRead, columns_hash};
use crate::import::{ImportError, Imported, Target, import};
use crate::list_report::{ListReport, STARTS_MAX};
use crate::look_into::look_into;
use crate::message::{Message, Refusal};
use crate::model::Model;
use crate::office_file::OfficeFile;
use crate::text_warnings::text_warnings;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, Phrase, PlanProblem, ServiceId, UnixMillis};
use staffetta_sheets::{SheetError, WriteError};
use staffetta_store::flows::{ImportEnd, NewFlow};
use staffetta_store::lists::FlowSeen;
use staffetta_store::{Scope, Store, StoreError};
use std::path::Path;
use std::sync::Arc;

/// What a flow is made of.
#[derive(Clone, Copy, Debug)]
pub struct FlowRequest<'a> {
    /// The service for which it is sent.
    pub service: ServiceId,
    /// Word of its nature.
    pub nature: &'a str,
    /// What it is, for those who look for it.
    pub description: &'a str,
    /// The office's own name for it: the same twice is one flow.
    pub reference: Option<&'a str>,
    /// *Oggetto*, with placeholders.
    pub subject: &'a str,
    /// *Contenuto*, with placeholders.
    pub markdown: &'a str,
    /// The recipients.
    pub file: &'a Path,
    /// The file's name, as the office knows it.
    pub file_name: &'a str,
    /// Which sheet of a workbook; the first with data if none is named.
    pub sheet: Option<&'a str>,
    /// Whether the good rows go on without the wrong ones.
    pub accept_valid: bool,
    /// The model that it began with, for what it knows of the file.
    pub model: Option<&'a Model>,
}

/// A flow that was made, or that was there.
#[derive(Clone, Debug)]
pub struct FlowCreated {
    /// Its number.
    pub id: FlowId,
    /// It was there already, under the same reference and with the same content.
    pub existing: bool,
    /// What was found in the file.
    pub report: ListReport,
    /// An earlier flow with the same list and the same message, and when it was made.
    pub earlier: Option<(FlowId, UnixMillis)>,
    /// What a person should know of the text.
    pub warnings: Vec<Phrase>,
}

/// Why no flow was made. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The service is not there, or not this person's.
    #[error("no such service")]
    NoService,
    /// The nature is not in the ente's list.
    #[error("no such nature")]
    NoNature,
    /// The description or the reference is missing or too long.
    #[error("the description or the reference is empty or too long")]
    Description,
    /// The file cannot be read as a list.
    #[error("the file: {0}")]
    Sheet(SheetError),
    /// The message and the list do not fit together.
    #[error("the message and the list do not fit together")]
    Plan(Vec<PlanProblem>),
    /// Some rows are wrong, and the person did not say that the others may go on without them.
    #[error("some rows are wrong")]
    WrongRows(Box<ListReport>),
    /// No row can go out.
    #[error("no row can go out")]
    NoValidRows(Box<ListReport>),
    /// It has more days of sending than it can be parted into.
    #[error("the list has too many days of sending")]
    TooManyStarts,
    /// Another flow has this reference, with another content.
    #[error("the reference is taken by another flow")]
    ReferenceTaken(FlowId),
    /// The file of the wrong rows cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The file was changed while it was read.
    #[error("the file was changed while it was read")]
    FileChanged,
    /// The flow was changed by someone else meanwhile.
    #[error("the flow was changed meanwhile")]
    FlowMoved,
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread stopped: a fault of the program.
    #[error("the reading of the file stopped unexpectedly")]
    Reader,
}

impl CreateError {
    /// What is said: what happened, and what to do, in pairs.
    #[must_use]
    pub fn phrases(&self) -> Vec<(Phrase, Option<Phrase>)> {
        let one = |key| vec![(Phrase::new(key), None)];
        match self {
            Self::NoService => one("create-no-service"),
            Self::NoNature => one("create-no-nature"),
            Self::Description => vec![(Phrase::new("create-description").with("max", DESCRIPTION_MAX), None)],
            Self::Sheet(error) => vec![(error.phrase(), Some(error.remedy()))],
            Self::Plan(problems) => {
                problems.iter().map(|problem| (problem.phrase(), Some(problem.remedy()))).collect()
            }
            Self::WrongRows(report) => vec![(
                Phrase::new("create-wrong-rows")
                    .with("wrong", report.wrong_rows)
                    .with("valid", report.valid_rows),
                Some(Phrase::new("create-wrong-rows-remedy")),
            )],
            Self::NoValidRows(report) => {
                vec![(Phrase::new("create-no-valid-rows").with("wrong", report.wrong_rows), None)]
            }
            Self::TooManyStarts => vec![(Phrase::new("cli-starts-too-many").with("max", STARTS_MAX), None)],
            Self::ReferenceTaken(flow) => {
                vec![(Phrase::new("create-reference-taken").with("flow", flow), None)]
            }
            Self::Write(error) => vec![(error.phrase(), Some(error.remedy()))],
            Self::FileChanged => one("create-file-changed"),
            Self::FlowMoved => one("create-flow-moved"),
            Self::Store(_) | Self::Reader => one("create-fault"),
        }
    }
}

impl From<ListError> for CreateError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Sheet(error) => Self::Sheet(error),
            ListError::Plan(problems) => Self::Plan(problems),
        }
    }
}

impl From<ImportError> for CreateError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::List(error) => error.into(),
            ImportError::Store(error) => error.into(),
            ImportError::Reader => Self::Reader,
        }
    }
}

/// Makes a flow, *Inattivo*, with its list. The file is read twice: once to know all that is wrong before
/// anything is written, once to write. Nobody sees the flow before its list is whole, and only then it takes
/// its reference: of several who make the same at once the first to end has it, the others get that flow.
///
/// `progress` is told the line that was reached, first of the checks, then of the writing.
///
/// # Errors
/// See [`CreateError`]; then nothing was made.
pub async fn create_flow(
    store: &Arc<Store>,
    scope: &Scope,
    request: FlowRequest<'_>,
    now: UnixMillis,
    progress: impl Fn(u64) + Send + Clone + 'static,
) -> Result<FlowCreated, CreateError> {
    let (draft, message) = prepare(store, scope, &request, now).await?;
    let file = OfficeFile::Named(request.file.to_owned());
    let report = message.check(file.clone(), progress.clone()).await?;
    let sameness = message.sameness(&report);
    let warnings = text_warnings(request.subject, request.markdown);
    if let Some(id) = same_reference(store, scope, &request, &sameness).await? {
        return Ok(FlowCreated { id, existing: true, report, earlier: None, warnings });
    }
    match Refusal::of(&report, request.accept_valid) {
        Some(Refusal::NoValidRows) => return Err(CreateError::NoValidRows(Box::new(report))),
        Some(Refusal::WrongRows) => return Err(CreateError::WrongRows(Box::new(report))),
        None => {}
    }
    let flow = store.begin_import(scope, &draft, now).await?.ok_or(CreateError::NoService)?;
    let earlier = store.earlier_same_flow(scope, &sameness, flow).await?;
    let seen = FlowSeen::NEW;
    let target = Target { store, scope, flow, seen, file_name: request.file_name, now };
    let imported = import(target, file, &message, &report, progress).await;
    let failure = match imported {
        Ok(Imported::Done(_)) => match store.end_import(scope, flow, draft.reference.as_deref()).await {
            Ok(ImportEnd::Done) => {
                return Ok(FlowCreated { id: flow, existing: false, report, earlier, warnings });
            }
            // Whoever was making the same at the same time ended first.
            Ok(ImportEnd::ReferenceTaken) => match same_reference(store, scope, &request, &sameness).await {
                Ok(Some(id)) => {
                    store.delete_flow(scope, flow, now).await?;
                    return Ok(FlowCreated { id, existing: true, report, earlier: None, warnings });
                }
                Ok(None) => CreateError::FlowMoved,
                Err(error) => error,
            },
            Ok(ImportEnd::Gone) => CreateError::FlowMoved,
            Err(error) => error.into(),
        },
        Ok(Imported::FlowMoved) => CreateError::FlowMoved,
        Ok(Imported::FileChanged) => CreateError::FileChanged,
        Err(error) => error.into(),
    };
    // Its first failure is the one to tell; what may be left of the flow nobody sees, and is swept away.
    let _ = store.delete_flow(scope, flow, now).await;
    Err(failure)
}

/// The flow that was made under this reference with this very content, if any.
async fn same_reference(
    store: &Store,
    scope: &Scope,
    request: &FlowRequest<'_>,
    sameness: &[u8],
) -> Result<Option<FlowId>, CreateError> {
    let Some(reference) = request.reference else { return Ok(None) };
    let Some((id, known)) = store.flow_by_reference(scope, reference.trim()).await? else { return Ok(None) };
    if known.is_some_and(|known| known == sameness) {
        return Ok(Some(id));
    }
    Err(CreateError::ReferenceTaken(id))
}

/// The sheet that is asked for, or the first with data, with what the model knows of its columns.
async fn how_to_read(request: &FlowRequest<'_>, now: UnixMillis) -> Result<HowToRead, CreateError> {
    let file = OfficeFile::Named(request.file.to_owned());
    let asked = request.sheet.map(str::to_owned);
    let looking = tokio::task::spawn_blocking(move || look_into(&file, asked.as_deref()));
    let shape = looking.await.map_err(|_| CreateError::Reader)??;
    let how = HowToRead { sheet: shape.sheet, now, ..HowToRead::default() };
    let Some(model) = request.model else { return Ok(how) };
    let names: Vec<String> = model.columns.iter().map(|column| column.name.clone()).collect();
    let is_known = model.is_meaning_chosen && columns_hash(&names) == columns_hash(&shape.columns);
    Ok(HowToRead {
        meanings: is_known.then(|| model.meanings()),
        invalid_after_due_date: model.invalid_after_due_date,
        ..how
    })
}

pub(crate) async fn prepare(
    store: &Store,
    scope: &Scope,
    request: &FlowRequest<'_>,
    now: UnixMillis,
) -> Result<(NewFlow, Message), CreateError> {
    // Here a blank reference is a mistake, not one left out.
    if request.reference.is_some_and(|reference| reference.trim().is_empty()) {
        return Err(CreateError::Description);
    }
    let text = DraftText {
        service: request.service,
        nature: request.nature,
        description: request.description,
        reference: request.reference,
        subject: request.subject,
        markdown: request.markdown,
    };
    let service = store.service(scope, request.service).await?.ok_or(CreateError::NoService)?;
    let nature =
        store.nature_by_code(scope.organization, request.nature).await?.ok_or(CreateError::NoNature)?;
    let organization = store.organization(scope.organization).await?.ok_or(CreateError::NoService)?;
    let draft = text.new_flow(nature.id).map_err(|_| CreateError::Description)?;
    let message = Message::new(&service, &nature.nature, &organization, &draft.subject, &draft.markdown);
    Ok((draft, message.reading(how_to_read(request, now).await?)))
}
