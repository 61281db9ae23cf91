//! A flow for each day of sending that a file says: all of them, or none.

use crate::create_flow::{CreateError, FlowCreated, FlowRequest, create_flow, prepare};
use crate::how_to_read::HowToRead;
use crate::import::{Imported, Target, import};
use crate::list_report::{ListReport, STARTS_MAX};
use crate::message::{Message, Refusal};
use crate::office_file::OfficeFile;
use crate::part::describe;
use crate::text_warnings::text_warnings;
use staffetta_domain::{Expedition, FlowId, UnixMillis};
use staffetta_store::flows::NewFlow;
use staffetta_store::lists::FlowSeen;
use staffetta_store::{Scope, Store};
use std::sync::Arc;

/// What was made of a file.
#[derive(Clone, Debug)]
pub enum PartsCreated {
    /// It has one day of sending at most: one flow.
    One(Box<FlowCreated>),
    /// What was found in the whole file, and the flows, each with its day.
    Several(Box<ListReport>, Vec<(Option<Expedition>, FlowCreated)>),
}

/// Makes them, *Inattivi*. The file is read once to know its days and all that is wrong, and twice for each day. Nobody
/// sees any of them before all are whole.
///
/// # Errors
/// See [`CreateError`]; then nothing was made.
pub async fn create_parts(
    store: &Arc<Store>,
    scope: &Scope,
    request: FlowRequest<'_>,
    now: UnixMillis,
    progress: impl Fn(u64) + Send + Clone + 'static,
) -> Result<PartsCreated, CreateError> {
    let (draft, message) = prepare(store, scope, &request, now).await?;
    let file = OfficeFile::Named(request.file.to_owned());
    let whole = message.check(file.clone(), progress.clone()).await?;
    let days: Vec<_> = whole.starts.iter().filter(|(_, rows)| **rows > 0).map(|(day, _)| *day).collect();
    if days.len() < 2 {
        let created = create_flow(store, scope, request, now, progress).await?;
        return Ok(PartsCreated::One(Box::new(created)));
    }
    if days.len() > STARTS_MAX {
        return Err(CreateError::TooManyStarts);
    }
    match Refusal::of(&whole, request.accept_valid) {
        Some(Refusal::NoValidRows) => return Err(CreateError::NoValidRows(Box::new(whole))),
        Some(Refusal::WrongRows) => return Err(CreateError::WrongRows(Box::new(whole))),
        None => {}
    }
    let making = Making { store, scope, draft: &draft, message: &message, request: &request, now };
    let mut made: Vec<(Option<Expedition>, FlowCreated)> = Vec::new();
    let mut hidden: Vec<FlowId> = Vec::new();
    let mut all = Ok(());
    for day in days {
        match making.make(day, &mut hidden, progress.clone()).await {
            Ok(created) => made.push((day, created)),
            Err(error) => {
                all = Err(error);
                break;
            }
        }
    }
    let valid: u64 = made.iter().map(|(_, created)| created.report.valid_rows).sum();
    if all.is_ok() && valid != whole.valid_rows {
        // Saved by somebody between one reading and the next.
        all = Err(CreateError::FileChanged);
    }
    let ended = match all {
        Ok(()) => store.end_imports(scope, &hidden).await.map_err(CreateError::from),
        Err(error) => Err(error),
    };
    if matches!(ended, Ok(true)) {
        return Ok(PartsCreated::Several(Box::new(whole), made));
    }
    for flow in hidden {
        // The first failure is the one to tell. What is left nobody sees, and is swept away; where it is not known
        // whether they are shown, they are drafts that nobody was told of.
        let _ = store.delete_flow(scope, flow, now).await;
    }
    Err(ended.err().unwrap_or(CreateError::FlowMoved))
}

/// What all of them are made of.
struct Making<'a> {
    store: &'a Arc<Store>,
    scope: &'a Scope,
    draft: &'a NewFlow,
    message: &'a Message,
    request: &'a FlowRequest<'a>,
    now: UnixMillis,
}

impl Making<'_> {
    /// Makes the flow of one day, hidden; its number is in `hidden` from when it is there.
    async fn make(
        &self,
        day: Option<Expedition>,
        hidden: &mut Vec<FlowId>,
        progress: impl Fn(u64) + Send + Clone + 'static,
    ) -> Result<FlowCreated, CreateError> {
        let (store, scope, now) = (self.store, self.scope, self.now);
        let how = HowToRead { only_start: Some(day), ..self.message.rules.how.clone() };
        let message = self.message.clone().reading(how);
        let file = OfficeFile::Named(self.request.file.to_owned());
        let report = message.check(file.clone(), progress.clone()).await?;
        if report.wrong_rows > 0 && !self.request.accept_valid {
            return Err(CreateError::FileChanged);
        }
        let draft = NewFlow { description: describe(&self.draft.description, day), ..self.draft.clone() };
        let flow = store.begin_import(scope, &draft, now).await?.ok_or(CreateError::NoService)?;
        hidden.push(flow);
        let earlier = store.earlier_same_flow(scope, &message.sameness(&report), flow).await?;
        let target =
            Target { store, scope, flow, seen: FlowSeen::NEW, file_name: self.request.file_name, now };
        match import(target, file, &message, &report, progress).await? {
            Imported::Done(_) => {}
            Imported::FlowMoved => return Err(CreateError::FlowMoved),
            Imported::FileChanged => return Err(CreateError::FileChanged),
        }
        let warnings = text_warnings(self.request.subject, self.request.markdown);
        Ok(FlowCreated { id: flow, existing: false, report, earlier, warnings })
    }
}
