//! Files that are nobody's are removed, a piece at a time.

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{DraftFileId, FlowId, Rights, UnixMillis};

/// Parts removed in one transaction, 64 MiB: the lock on the file is held for well under a second.
const PIECE_PARTS: i64 = 64;
/// A file that is not whole after this long has lost who was uploading it.
const UPLOADING_MS: i64 = 24 * 3_600_000;

const ABANDON: &str = concat!(
    "update draft_file set flow_id = null
     where id = $4 and organization_id = $1 and complete = 0
       and (flow_id is null or flow_id in (select f.id from flow f where f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    "))"
);

/// Those whose uploader may still come back are taken from it in the same statement.
pub(crate) const STALE: &str = "update draft_file set flow_id = null
     where complete = 0 and (flow_id is null or created_at < $1) returning id";

/// The whole lists of a flow but one, or with `$2` null all that it has, also those still on their way.
pub(crate) const GIVE_UP: &str = "update draft_file set complete = 0, flow_id = null
     where flow_id = $1 and (cast($2 as bigint) is null or (id <> $2 and complete = 1 and excludes is null)) returning id";

/// Takes from a flow all its files, or all whole lists but `keep`; [`Store::remove_file`] or a later sweep
/// removes them. Whoever calls it holds the flow.
pub(crate) async fn give_up(
    tx: &mut Tx,
    flow: FlowId,
    keep: Option<DraftFileId>,
) -> Result<Vec<DraftFileId>, StoreError> {
    let files = fetch_all!(tx, (i64,), GIVE_UP, flow.0, keep.map(|file| file.0))?;
    Ok(files.into_iter().map(|(id,)| DraftFileId(id)).collect())
}

impl Store {
    /// Gives up a file that is being uploaded, and removes it; `false` if it is not, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn abandon_file(&self, scope: &Scope, file: DraftFileId) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let operator = scope.operator();
        let won = execute!(tx, ABANDON, scope.organization.0, operator, needed(Rights::COMPOSE), file.0)?;
        tx.commit().await?;
        if won == 1 {
            self.remove_file(file).await?;
        }
        Ok(won == 1)
    }

    /// Removes what a crash, a lost upload or an interrupted removal left behind; gives the files removed.
    ///
    /// # Errors
    /// The database.
    pub async fn sweep_files(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let mut tx = self.db.begin().await?;
        let files = fetch_all!(tx, (i64,), STALE, now.plus_ms(-UPLOADING_MS).0)?;
        tx.commit().await?;
        for (file,) in &files {
            self.remove_file(DraftFileId(*file)).await?;
        }
        Ok(files.len())
    }

    /// Removes the parts of a file that was given up, then the file itself.
    pub(crate) async fn remove_file(&self, file: DraftFileId) -> Result<(), StoreError> {
        loop {
            let mut tx = self.db.begin().await?;
            let (last,): (Option<i64>,) = fetch_one!(
                tx,
                (Option<i64>,),
                "select max(position) from draft_file_part where file_id = $1",
                file.0
            )?;
            let Some(last) = last else { break };
            execute!(
                tx,
                "delete from draft_file_part where file_id = $1 and position > $2",
                file.0,
                last - PIECE_PARTS
            )?;
            tx.commit().await?;
        }
        let mut tx = self.db.begin().await?;
        execute!(tx, "delete from draft_cell where file_id = $1", file.0)?;
        execute!(tx, "delete from draft_file where id = $1 and flow_id is null", file.0)?;
        tx.commit().await?;
        Ok(())
    }
}
