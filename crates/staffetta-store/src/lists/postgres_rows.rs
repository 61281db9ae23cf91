//! Many recipients into PostgreSQL: COPY, the fastest way in.

use crate::lists::NewRow;
use sqlx::PgConnection;
use staffetta_domain::{Amount, ListId, NotificationId};
use std::fmt::Write;

/// Bytes gathered before they go to the server.
const PIECE: usize = 256 * 1024;

/// Copies the rows of one transaction.
pub(crate) async fn copy(conn: &mut PgConnection, list: ListId, rows: &[NewRow]) -> Result<(), sqlx::Error> {
    let mut copy = conn
        .copy_in_raw(
            "copy recipient (id, fiscal_code, cells, due_at, amount_cents, notice_number, invalid_after_due, payee)
             from stdin",
        )
        .await?;
    let mut piece = String::with_capacity(PIECE + 4096);
    for row in rows {
        line(&mut piece, list, row);
        if piece.len() >= PIECE {
            copy.send(piece.as_bytes()).await?;
            piece.clear();
        }
    }
    copy.send(piece.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

/// A line of COPY's text form: columns between tabs, `\N` for nothing, backslashes doubled.
/// Cells are JSON, where a tab or a newline is already written `\u0009`, `\u000a`.
fn line(piece: &mut String, list: ListId, row: &NewRow) {
    let _ = write!(piece, "{}\t{}\t", NotificationId::new(list, row.row), row.fiscal_code.as_str());
    push_escaped(piece, row.cells.as_json());
    push_number(piece, row.due_date.map(|date| date.instant().0));
    push_number(piece, row.amount.map(Amount::cents));
    piece.push('\t');
    match &row.notice_number {
        Some(number) => piece.push_str(number.as_str()),
        None => piece.push_str("\\N"),
    }
    piece.push_str(if row.terms.invalid_after_due_date { "\t1\t" } else { "\t\\N\t" });
    match &row.terms.payee {
        Some(payee) => piece.push_str(payee.as_str()),
        None => piece.push_str("\\N"),
    }
    piece.push('\n');
}

fn push_number(piece: &mut String, number: Option<i64>) {
    // Writing to a string does not fail.
    let _ = match number {
        Some(number) => write!(piece, "\t{number}"),
        None => write!(piece, "\t\\N"),
    };
}

fn push_escaped(piece: &mut String, text: &str) {
    for part in text.split_inclusive(['\\', '\t', '\n', '\r']) {
        match part.as_bytes().last() {
            Some(b'\\') => push_with(piece, part, "\\\\"),
            Some(b'\t') => push_with(piece, part, "\\t"),
            Some(b'\n') => push_with(piece, part, "\\n"),
            Some(b'\r') => push_with(piece, part, "\\r"),
            _ => piece.push_str(part),
        }
    }
}

/// The part without its last character, which is one byte long, and what stands for that.
fn push_with(piece: &mut String, part: &str, escape: &str) {
    piece.push_str(&part[..part.len() - 1]);
    piece.push_str(escape);
}
