//! The kept file of a draft becomes its list, if it fits the message as it is now.

use crate::already_sent::already_sent;
use crate::check_list::ListError;
use crate::draft_error::DraftError;
use crate::how_to_read::HowToRead;
use crate::import::{ImportError, Imported, Target, import};
use crate::keep_file::spool;
use crate::list_read::{ListRead, ListReady};
use crate::message::{Message, Refusal};
use crate::office_file::OfficeFile;
use staffetta_domain::{FlowId, FlowState, UnixMillis};
use staffetta_store::flows::FlowDetail;
use staffetta_store::lists::FlowSeen;
use staffetta_store::{Scope, Store};
use std::sync::Arc;

/// Reads the kept file of a draft and, if all is well, makes its rows the flow's recipients. Rows that are
/// wrong are left out only where the person accepts it.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn read_list(
    store: &Arc<Store>,
    scope: &Scope,
    flow: FlowId,
    accept_valid: bool,
    now: UnixMillis,
) -> Result<ListRead, DraftError> {
    let draft = find_draft(store, scope, flow).await?;
    let Some(kept) = store.draft_file(scope, flow).await? else { return Ok(ListRead::NoFile) };
    if (draft.file, draft.revision) != (Some(kept.id), Some(kept.revision)) {
        return Ok(ListRead::Moved);
    }
    let message = Message::of_flow(store, scope, &draft).await?.ok_or(DraftError::NoDraft)?;
    let message = message.reading(HowToRead::of_draft(store, scope, flow, &kept, now).await?);
    if let Some(early) = ListRead::before_rows(&message, &kept.columns) {
        return Ok(early);
    }
    let Some(file) = spool(store, scope, &kept).await? else { return Ok(ListRead::Moved) };
    let reading = Reading { store, scope, draft: &draft, message, accept_valid, now };
    reading.take(file, &kept.file_name).await
}

/// The flow, while it is being prepared.
pub(crate) async fn find_draft(store: &Store, scope: &Scope, flow: FlowId) -> Result<FlowDetail, DraftError> {
    let found = store.find_flow(scope, flow).await?;
    found.filter(|flow| flow.summary.state == FlowState::Inactive).ok_or(DraftError::NoDraft)
}

/// A file that is read for a draft.
pub(crate) struct Reading<'a> {
    pub(crate) store: &'a Arc<Store>,
    pub(crate) scope: &'a Scope,
    /// The draft as it was when its message was taken.
    pub(crate) draft: &'a FlowDetail,
    pub(crate) message: Message,
    pub(crate) accept_valid: bool,
    pub(crate) now: UnixMillis,
}

impl Reading<'_> {
    /// Checks the whole file, then writes it.
    pub(crate) async fn take(self, file: OfficeFile, file_name: &str) -> Result<ListRead, DraftError> {
        let (store, scope, flow) = (self.store, self.scope, self.draft.summary.id);
        let report = match self.message.check(file.clone(), |_| {}).await {
            Ok(report) => Box::new(report),
            Err(error) => return refused(error),
        };
        match Refusal::of(&report, self.accept_valid) {
            Some(Refusal::NoValidRows) => return Ok(ListRead::NoValidRows(report)),
            Some(Refusal::WrongRows) => return Ok(ListRead::WrongRows(report)),
            None => {}
        }
        // Who goes on writing meanwhile spares us a useless import; what moves later is met at its end.
        if !self.still(&find_draft(store, scope, flow).await?) {
            return Ok(ListRead::Moved);
        }
        let earlier = store.earlier_same_flow(scope, &self.message.sameness(&report), flow).await?;
        let draft = self.draft;
        let seen = FlowSeen {
            list: draft.summary.list,
            version: draft.version,
            file: draft.file,
            revision: draft.revision,
        };
        let target = Target { store, scope, flow, seen, file_name, now: self.now };
        let list = match import(target, file, &self.message, &report, |_| {}).await {
            Ok(Imported::Done(list)) => Some(list),
            Ok(Imported::FlowMoved | Imported::FileChanged) => self.read_by_another().await?,
            Err(error) => return refused(error),
        };
        Ok(match list {
            Some(list) => {
                let already = already_sent(store, scope, flow, list, self.now).await?;
                ListRead::Ready(Box::new(ListReady { list, report: *report, earlier, already }))
            }
            None => ListRead::Moved,
        })
    }

    /// Whether message and file are those that are being read.
    fn still(&self, now: &FlowDetail) -> bool {
        let as_read = |flow: &FlowDetail| (flow.version, flow.file, flow.revision);
        as_read(now) == as_read(self.draft)
    }

    /// The list that another window read meanwhile from the same file for the same message.
    async fn read_by_another(&self) -> Result<Option<staffetta_domain::ListId>, DraftError> {
        let found = self.store.find_flow(self.scope, self.draft.summary.id).await?;
        Ok(found.filter(|now| self.still(now)).and_then(|now| now.checked_list().map(|list| list.id)))
    }
}

/// What the file itself says is an outcome, all else a fault.
fn refused(error: ImportError) -> Result<ListRead, DraftError> {
    match error {
        ImportError::List(ListError::Sheet(error)) => Ok(ListRead::Sheet(error)),
        ImportError::List(ListError::Plan(problems)) => Ok(ListRead::Plan(problems)),
        ImportError::Store(error) => Err(error.into()),
        ImportError::Reader => Err(DraftError::Reader),
    }
}
