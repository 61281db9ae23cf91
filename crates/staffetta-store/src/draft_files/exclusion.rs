//! Who is left out of a draft's list: a second file of the office, and rows that were chosen on the page. Only sorted
//! hashes are kept.
//!
//! It goes in and out in the same parts as the list's file, and goes with it at the activation.

use crate::db::{execute, fetch_all, fetch_optional};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{DraftFileId, FlowId, Rights, UnixMillis};

/// By what the two files are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcludedBy {
    /// Numero avviso.
    NoticeNumber,
    /// Codice fiscale.
    FiscalCode,
    /// All cells of a row: not a file of the office but rows of the draft's own, chosen on its page.
    Row,
}

impl ExcludedBy {
    /// Those that a file names and those chosen on the page stand beside each other.
    const fn is_row(self) -> bool {
        matches!(self, Self::Row)
    }
}

/// The excluding file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Its number.
    pub id: DraftFileId,
    /// Its name, as the office knows it.
    pub file_name: String,
    /// By what it is compared.
    pub by: ExcludedBy,
    /// How many it names.
    pub named_rows: i64,
    /// How many of its rows could not be read.
    pub unread_rows: i64,
    /// Parts of its hashes, numbered from 1.
    pub parts: i64,
    /// When it was uploaded.
    pub created_at: UnixMillis,
    /// Who uploaded it.
    pub uploaded_by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    file_name: String,
    excludes: i16,
    named_rows: i64,
    unread_rows: i64,
    parts: i64,
    created_at: i64,
    uploaded_by: String,
}

const NAME: &str =
    "update draft_file set excludes = $2, named_rows = $3, unread_rows = $4 where id = $1 and complete = 0";

/// Void is what was read without it. Whoever changes it holds the flow by this.
pub(crate) const UNCHECK: &str = concat!(
    "update flow set checked_version = null, sameness = null
     where id = $4 and organization_id = $1 and state = 0 and ",
    in_scope!("service_id", "$2", "$3"),
    " returning file_id"
);

/// `$3` is 1 for rows chosen on the page, 0 for a file.
pub(crate) const GIVE_UP_EXCLUDING: &str = "update draft_file set complete = 0, flow_id = null
     where flow_id = $1 and excludes is not null and case when excludes = 3 then 1 else 0 end = $3
       and complete = 1 and id <> $2 returning id";

pub(crate) const FIND: &str = concat!(
    "select d.id, d.file_name, d.excludes, d.named_rows, d.unread_rows, d.parts, d.created_at, d.uploaded_by
     from draft_file d join flow f on f.id = d.flow_id
     where d.flow_id = $4 and d.excludes is not null and case when d.excludes = 3 then 1 else 0 end = $5
       and d.complete = 1 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by d.id desc limit 1"
);

impl Store {
    /// Says of a file that is being uploaded that it excludes, and whom.
    ///
    /// # Errors
    /// The database.
    pub async fn name_exclusion(
        &self,
        file: DraftFileId,
        by: ExcludedBy,
        (named_rows, unread_rows): (i64, i64),
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let by: i16 = match by {
            ExcludedBy::NoticeNumber => 1,
            ExcludedBy::FiscalCode => 2,
            ExcludedBy::Row => 3,
        };
        execute!(tx, NAME, file.0, by, named_rows, unread_rows)?;
        tx.commit().await?;
        Ok(())
    }

    /// Has the list of a draft read without those whom the file names, in place of the file before it; `false` if the
    /// flow is no more being prepared, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn finish_exclusion(
        &self,
        scope: &Scope,
        flow: FlowId,
        (file, by): (DraftFileId, ExcludedBy),
    ) -> Result<bool, StoreError> {
        let won = self.change_exclusion(scope, flow, Some(file), by.is_row()).await?;
        if !won {
            self.abandon_file(scope, file).await?;
        }
        Ok(won)
    }

    /// Has the list of a draft read with those whom its excluding file names; `false` if the flow is no more being
    /// prepared, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn remove_exclusion(&self, scope: &Scope, flow: FlowId) -> Result<bool, StoreError> {
        self.change_exclusion(scope, flow, None, false).await
    }

    /// The same with the rows that were chosen on the page.
    ///
    /// # Errors
    /// The database.
    pub async fn remove_excluded_rows(&self, scope: &Scope, flow: FlowId) -> Result<bool, StoreError> {
        self.change_exclusion(scope, flow, None, true).await
    }

    async fn change_exclusion(
        &self,
        scope: &Scope,
        flow: FlowId,
        file: Option<DraftFileId>,
        rows: bool,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let held = fetch_optional!(tx, (Option<i64>,), UNCHECK, organization, operator, compose, flow.0)?;
        let Some((list_file,)) = held else { return Ok(false) };
        if let Some(file) = file {
            let complete = "update draft_file set complete = 1
                where id = $1 and flow_id = $2 and complete = 0 and excludes is not null";
            if execute!(tx, complete, file.0, flow.0)? != 1 {
                return Ok(false);
            }
        }
        let keep = file.map_or(0, |file| file.0);
        let replaced = fetch_all!(tx, (i64,), GIVE_UP_EXCLUDING, flow.0, keep, i32::from(rows))?;
        execute!(tx, "update draft_file set revision = revision + 1 where id = $1", list_file)?;
        tx.commit().await?;
        for (old,) in replaced {
            self.remove_file(DraftFileId(old)).await?;
        }
        Ok(true)
    }

    /// Whom a file leaves out of a draft's list, if there is one.
    ///
    /// # Errors
    /// The database.
    pub async fn exclusion(&self, scope: &Scope, flow: FlowId) -> Result<Option<Exclusion>, StoreError> {
        self.find_exclusion(scope, flow, false).await
    }

    /// Rows of a draft's list that were left out on its page, if some were.
    ///
    /// # Errors
    /// The database.
    pub async fn excluded_rows(&self, scope: &Scope, flow: FlowId) -> Result<Option<Exclusion>, StoreError> {
        self.find_exclusion(scope, flow, true).await
    }

    async fn find_exclusion(
        &self,
        scope: &Scope,
        flow: FlowId,
        rows: bool,
    ) -> Result<Option<Exclusion>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let compose = needed(Rights::COMPOSE);
        let organization = scope.organization.0;
        let row =
            fetch_optional!(reader, Row, FIND, organization, operator, compose, flow.0, i32::from(rows))?;
        row.map(exclusion).transpose()
    }
}

fn exclusion(row: Row) -> Result<Exclusion, StoreError> {
    Ok(Exclusion {
        id: DraftFileId(row.id),
        file_name: row.file_name,
        by: match row.excludes {
            1 => ExcludedBy::NoticeNumber,
            2 => ExcludedBy::FiscalCode,
            3 => ExcludedBy::Row,
            _ => return Err(StoreError::Corrupt("by what a file excludes")),
        },
        named_rows: row.named_rows,
        unread_rows: row.unread_rows,
        parts: row.parts,
        created_at: UnixMillis(row.created_at),
        uploaded_by: row.uploaded_by,
    })
}
