//! A draft is parted: each day of sending of its list becomes a draft of its own, which reads of the same file only the
//! rows of that day.
//!
//! The others are made beside it, a piece at a time and hidden as an import is; one transaction shows them all and
//! makes the draft the first of them. Until then, and after a crash, nothing has changed, and what was made is swept
//! away. Nobody's rows move: each draft is read again before it can be activated.

use crate::db::{Tx, execute, fetch_optional};
use crate::events::{About, record};
use crate::expeditions::to_text;
use crate::flows::draft::write_words;
use crate::scope::{Scope, in_scope, needed};
use crate::went_back::is_held;
use crate::{Store, StoreError};
use staffetta_domain::{DraftFileId, Expedition, FlowId, Rights, UnixMillis};

/// Parts of a file copied in one transaction, 64 MiB.
const PIECE_PARTS: i64 = 64;

/// A draft as it was seen: what is parted fits only that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The draft.
    pub flow: FlowId,
    /// The version of its message.
    pub version: i64,
    /// The file of its list.
    pub file: DraftFileId,
    /// How that was read.
    pub revision: i64,
}

/// One of those that it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The day of its rows; none of those that have none.
    pub day: Option<Expedition>,
    /// Its description.
    pub description: String,
}

/// One that was made, and is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenPart {
    /// The draft.
    pub flow: FlowId,
    file: DraftFileId,
    /// Who is left out: by a file, by rows.
    exclusions: Vec<DraftFileId>,
}

/// As old as the draft: what its ente may have forgotten of that it may have forgotten of each part.
pub(crate) const BEGIN: &str = concat!(
    "insert into flow (organization_id, service_id, nature_id, description, subject, markdown,
       invalid_after_due, created_at, created_by)
     select organization_id, service_id, nature_id, $5, subject, markdown, invalid_after_due, created_at, $6 from flow
     where id = $4 and organization_id = $1 and state = 0 and version = $7 and file_id = $8 and not ",
    is_held!(),
    " and ",
    in_scope!("service_id", "$2", "$3"),
    " returning id"
);

/// A copy that is on its way; when the office's file came is not kept, or it would be swept as one that was lost.
const BEGIN_FILE: &str = "insert into draft_file (organization_id, flow_id, file_name, columns, created_at, uploaded_by,
       kind, sheets, sheet, meanings, samples, invalid_after_due, excludes, named_rows, unread_rows, only_start, parted_at)
     select organization_id, $2, file_name, columns, $3, uploaded_by, kind, sheets, sheet, meanings, samples,
       invalid_after_due, excludes, named_rows, unread_rows, $4, $3
     from draft_file where id = $1 and complete = 1 returning id";

pub(crate) const COPY: &str = "insert into draft_file_part (file_id, position, bytes)
     select $2, position, bytes from draft_file_part where file_id = $1 and position > $3 and position <= $4";

/// The office may have taken the file back meanwhile: what was copied of it is then not all.
const COUNT: &str = "update draft_file set parts = parts + $3,
       bytes = (select o.bytes from draft_file o where o.id = $1 and o.complete = 1)
     where id = $2 and complete = 0 and flow_id is not null
       and exists (select 1 from draft_file o where o.id = $1 and o.complete = 1)
     returning parts, (select o.parts from draft_file o where o.id = $1)";

const COPY_CELLS: &str = "insert into draft_cell (file_id, line, position, value, corrected_at, corrected_by)
     select $2, line, position, value, corrected_at, corrected_by from draft_cell where file_id = $1";

/// Void is what was read of the whole; who parts it holds the flow by this.
pub(crate) const HOLD: &str = concat!(
    "update flow set checked_version = null, sameness = null, description = $5
     where id = $4 and organization_id = $1 and state = 0 and version = $6 and file_id = $7 and not ",
    is_held!(),
    " and ",
    in_scope!("service_id", "$2", "$3")
);

const NARROW: &str = "update draft_file set revision = revision + 1, only_start = $3, parted_at = $4
     where id = $1 and revision = $2 and complete = 1";

const TAKE: &str = "update draft_file set complete = 1 where id = $1 and flow_id = $2 and complete = 0";

impl Store {
    /// Makes one of the drafts that a draft becomes, hidden until [`Store::end_parting`]; `None` if the draft is not
    /// what was seen any more, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_part(
        &self,
        scope: &Scope,
        seen: Parting,
        part: &Part,
        now: UnixMillis,
    ) -> Result<Option<HiddenPart>, StoreError> {
        let excluding =
            [self.exclusion(scope, seen.flow).await?, self.excluded_rows(scope, seen.flow).await?];
        let mut tx = self.db.begin().await?;
        let begun = fetch_optional!(
            tx,
            (i64,),
            BEGIN,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            seen.flow.0,
            &part.description,
            &scope.actor,
            seen.version,
            seen.file.0,
        )?;
        let Some((flow,)) = begun else { return Ok(None) };
        execute!(tx, "insert into flow_import (flow_id, created_at) values ($1, $2)", flow, now.0)?;
        write_words(&mut tx, scope.organization.0, flow, &part.description).await?;
        let flow = FlowId(flow);
        record(&mut tx, scope.organization, About::flow(flow), &scope.actor, "flow-created", None, now)
            .await?;
        let day = Some(to_text(part.day));
        let file = begin_copy(&mut tx, seen.file, flow, day, now).await?;
        let Some(file) = file else { return Ok(None) };
        let mut copies = vec![(seen.file, file)];
        for excluding in excluding.into_iter().flatten() {
            let Some(copy) = begin_copy(&mut tx, excluding.id, flow, None, now).await? else {
                return Ok(None);
            };
            copies.push((excluding.id, copy));
        }
        execute!(tx, COPY_CELLS, seen.file.0, file.0)?;
        tx.commit().await?;
        let mut copied = true;
        for (from, to) in &copies {
            copied = copied && self.copy_parts(*from, *to).await?;
        }
        if copied {
            let exclusions = copies.into_iter().skip(1).map(|(_, copy)| copy).collect();
            return Ok(Some(HiddenPart { flow, file, exclusions }));
        }
        self.delete_flow(scope, flow, now).await?;
        Ok(None)
    }

    /// Shows all parts, each with its file, and makes the draft itself the first; `false` if it is not what was seen
    /// any more, or not this person's: then it is as it was, and the parts stay hidden.
    ///
    /// # Errors
    /// The database.
    pub async fn end_parting(
        &self,
        scope: &Scope,
        seen: Parting,
        first: &Part,
        parts: &[HiddenPart],
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let held = execute!(
            tx,
            HOLD,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            seen.flow.0,
            &first.description,
            seen.version,
            seen.file.0,
        )?;
        let day = to_text(first.day);
        if held != 1 || execute!(tx, NARROW, seen.file.0, seen.revision, day, now.0)? != 1 {
            return Ok(false);
        }
        write_words(&mut tx, scope.organization.0, seen.flow.0, &first.description).await?;
        for part in parts {
            if !show(&mut tx, part).await? {
                return Ok(false);
            }
        }
        let others: Vec<String> = parts.iter().map(|part| part.flow.to_string()).collect();
        let (about, others) = (About::flow(seen.flow), others.join(", "));
        record(&mut tx, scope.organization, about, &scope.actor, "flow-parted", Some(&others), now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Copies a file's parts to one that is on its way; `false` if either is gone meanwhile.
    async fn copy_parts(&self, from: DraftFileId, to: DraftFileId) -> Result<bool, StoreError> {
        let mut copied = 0;
        loop {
            let mut tx = self.db.begin().await?;
            let rows = execute!(tx, COPY, from.0, to.0, copied, copied + PIECE_PARTS)?;
            let rows = i64::try_from(rows).map_err(|_| StoreError::Corrupt("a count"))?;
            let counted = fetch_optional!(tx, (i64, i64), COUNT, from.0, to.0, rows)?;
            let Some((have, all)) = counted else { return Ok(false) };
            tx.commit().await?;
            if have == all || rows == 0 {
                return Ok(have == all);
            }
            copied = have;
        }
    }
}

async fn begin_copy(
    tx: &mut Tx,
    from: DraftFileId,
    flow: FlowId,
    day: Option<String>,
    now: UnixMillis,
) -> Result<Option<DraftFileId>, StoreError> {
    let begun = fetch_optional!(tx, (i64,), BEGIN_FILE, from.0, flow.0, now.0, day)?;
    Ok(begun.map(|(file,)| DraftFileId(file)))
}

/// `false` if it was swept away meanwhile.
async fn show(tx: &mut Tx, part: &HiddenPart) -> Result<bool, StoreError> {
    let mut whole = execute!(tx, "delete from flow_import where flow_id = $1", part.flow.0)? == 1;
    for file in std::iter::once(&part.file).chain(&part.exclusions) {
        whole &= execute!(tx, TAKE, file.0, part.flow.0)? == 1;
    }
    whole &=
        execute!(tx, "update flow set file_id = $2 where id = $1 and state = 0", part.flow.0, part.file.0)?
            == 1;
    Ok(whole)
}
