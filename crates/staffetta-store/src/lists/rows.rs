//! The rows of a list that is being read.

use crate::db::{Tx, execute, fetch_optional};
use crate::lists::Cells;
use crate::lists::{postgres_rows, sqlite_rows};
use crate::server::asked;
use crate::{Store, StoreError};
use staffetta_domain::ids::MAX_ROW;
use staffetta_domain::{Amount, DueDate, FiscalCode, ListId, NoticeNumber, NotificationId, PaymentTerms};

/// A good row of the office's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// Its number in the list, from 1, growing.
    pub row: i64,
    /// The recipient.
    pub fiscal_code: FiscalCode,
    /// All cells of the row, as the office wrote them.
    pub cells: Cells,
    /// *Scadenza*.
    pub due_date: Option<DueDate>,
    /// *Importo*.
    pub amount: Option<Amount>,
    /// *Numero avviso*.
    pub notice_number: Option<NoticeNumber>,
    /// What else a payment says.
    pub terms: PaymentTerms,
}

/// A list that is no more being read takes no rows. The row of the list is locked until the end of the transaction.
pub(crate) const COUNT: &str =
    "update list set valid_rows = valid_rows + $2 where id = $1 and complete = 0 and discarded = 0
     returning organization_id, service_id, flow_id";

/// The narrow rows follow from the wide ones: nothing to bind, nothing to send to the database.
pub(crate) const NARROW: &str = "insert into notification (id, organization_id, service_id, flow_id)
     select id, $3, $4, $5 from recipient where id >= $1 and id <= $2 order by id";

impl Store {
    /// Adds rows, in one transaction; `false` if the list is no more being read. Some 5,000 rows at a time
    /// keep the memory small and the lock short. They grow by number from call to call.
    ///
    /// # Errors
    /// [`StoreError::ListTooLong`], the database.
    pub async fn add_rows(&self, list: ListId, rows: &[NewRow]) -> Result<bool, StoreError> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(true) };
        if first.row < 1 || last.row > MAX_ROW {
            return Err(StoreError::ListTooLong);
        }
        let count = crate::values::limit(rows.len());
        let mut tx = self.db.begin().await?;
        let owner: Option<(i64, i64, Option<i64>)> =
            fetch_optional!(tx, (i64, i64, Option<i64>), COUNT, list.0, count)?;
        let Some((organization, service, flow)) = owner else { return Ok(false) };
        match &mut tx {
            Tx::Sqlite(tx) => sqlite_rows::insert(tx, list, rows).await?,
            Tx::Postgres(served) => asked!(served, conn => postgres_rows::copy(conn, list, rows))?,
        }
        let from = NotificationId::new(list, first.row);
        let to = NotificationId::new(list, last.row);
        let narrow = execute!(tx, NARROW, from.0, to.0, organization, service, flow)?;
        if usize::try_from(narrow) != Ok(rows.len()) {
            return Err(StoreError::Corrupt("rows of a list that do not grow"));
        }
        tx.commit().await?;
        Ok(true)
    }
}
