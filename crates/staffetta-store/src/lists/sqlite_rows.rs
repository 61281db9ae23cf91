//! Many recipients into SQLite.

use crate::lists::NewRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use staffetta_domain::{Amount, ListId, NoticeNumber, NotificationId, Payee};
use std::sync::LazyLock;

/// Rows of one statement: few enough to be prepared at once, many enough that the hop to the
/// database's thread does not count (see benches/import.rs).
const GROUP: usize = 128;

static GROUP_TEXT: LazyLock<String> = LazyLock::new(|| text(GROUP));

fn text(rows: usize) -> String {
    let mut text = String::from(
        "insert into recipient
           (id, fiscal_code, cells, due_at, amount_cents, notice_number, invalid_after_due, payee) values ",
    );
    for row in 0..rows {
        text.push_str(if row == 0 { "(?,?,?,?,?,?,?,?)" } else { ",(?,?,?,?,?,?,?,?)" });
    }
    text
}

/// Inserts the rows of one transaction.
pub(crate) async fn insert(
    conn: &mut SqliteConnection,
    list: ListId,
    rows: &[NewRow],
) -> Result<(), sqlx::Error> {
    for group in rows.chunks(GROUP) {
        let whole = group.len() == GROUP;
        let text = if whole { GROUP_TEXT.clone() } else { text(group.len()) };
        let mut query = sqlx::query(AssertSqlSafe(text)).persistent(whole);
        for row in group {
            query = query
                .bind(NotificationId::new(list, row.row).0)
                .bind(row.fiscal_code.as_str())
                .bind(row.cells.as_json())
                .bind(row.due_date.map(|date| date.instant().0))
                .bind(row.amount.map(Amount::cents))
                .bind(row.notice_number.as_ref().map(NoticeNumber::as_str))
                .bind(row.terms.invalid_after_due_date.then_some(1_i16))
                .bind(row.terms.payee.as_ref().map(Payee::as_str));
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}
