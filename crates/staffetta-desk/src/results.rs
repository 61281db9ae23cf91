//! *File dei risultati* and *Elenco non raggiunti*: the office's own rows with what became of each.
//!
//! Two streams of the ledger become one, in the order of the office's file: the rows that were sent, and those that were
//! left aside because something was wrong with them.

use crate::export::ExportError;
use staffetta_domain::{FlowId, ListId, NotificationId, Phrase};
use staffetta_sheets::{ResultFormat, ResultWriter};
use staffetta_store::lists::WrongRow;
use staffetta_store::notifications::{ResultPart, ResultRow};
use staffetta_store::{Scope, Store, StoreError};
use staffetta_words::say;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;
/// Pages that wait between the ledger and the writer.
const PAGES_WAITING: usize = 2;

/// Writes the rows of a flow's file with their outcomes, and the rows that were left aside with what was wrong; gives how
/// many they are.
///
/// # Errors
/// See [`ExportError`]; then there is no file, not even a part of one.
pub async fn result_file(
    store: &Arc<Store>,
    scope: &Scope,
    (flow, part): (FlowId, ResultPart),
    format: ResultFormat,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, ExportError> {
    let found = store.find_flow(scope, flow).await?.ok_or(ExportError::NoFlow)?;
    let (list, columns) = found.list.map(|list| (list.id, list.columns)).unzip();
    let columns = columns.unwrap_or_default();
    let (sender, receiver) = mpsc::channel(PAGES_WAITING);
    let writing = {
        let columns = columns.clone();
        tokio::task::spawn_blocking(move || write(path.as_ref(), format, &columns, receiver))
    };
    let mut left_out = LeftOut { store, scope, list, after: None, page: VecDeque::new() };
    let mut after: Option<NotificationId> = None;
    loop {
        let rows = store.flow_results(scope, (flow, part), after, PAGE_ROWS).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            while let Some(line) = left_out.before(row.id).await? {
                lines.push(Line::LeftOut(line));
            }
            lines.push(Line::Sent(Box::new(row)));
        }
        if !hand(&sender, lines).await {
            break;
        }
    }
    let mut lines = Vec::new();
    while let Some(line) = left_out.next().await? {
        lines.push(Line::LeftOut(line));
        if lines.len() == PAGE_ROWS && !hand(&sender, std::mem::take(&mut lines)).await {
            break;
        }
    }
    hand(&sender, lines).await;
    // Without the end the file is not kept: a ledger that failed half way leaves none.
    let _ = sender.send(Piece::End).await;
    drop(sender);
    writing.await.map_err(|_| ExportError::Writer)?
}

/// A line of the office's file.
enum Line {
    Sent(Box<ResultRow>),
    /// All problems of one line, in order.
    LeftOut(Vec<WrongRow>),
}

enum Piece {
    Lines(Vec<Line>),
    End,
}

/// `false` where the writer went away: it has its own error to tell.
async fn hand(sender: &Sender<Piece>, lines: Vec<Line>) -> bool {
    sender.send(Piece::Lines(lines)).await.is_ok()
}

/// The lines that were left aside, in order, a page at a time.
struct LeftOut<'a> {
    store: &'a Store,
    scope: &'a Scope,
    /// None once all were read.
    list: Option<ListId>,
    after: Option<(i64, i16)>,
    page: VecDeque<WrongRow>,
}

impl LeftOut<'_> {
    /// The next line, if it stands before a row. Where it was not written down it stands at the end.
    async fn before(&mut self, row: NotificationId) -> Result<Option<Vec<WrongRow>>, StoreError> {
        self.read_on().await?;
        let is_before = |wrong: &WrongRow| wrong.after_row.is_some_and(|after| after < row.row());
        if self.page.front().is_some_and(is_before) { self.next().await } else { Ok(None) }
    }

    async fn next(&mut self) -> Result<Option<Vec<WrongRow>>, StoreError> {
        self.read_on().await?;
        let Some(first) = self.page.pop_front() else { return Ok(None) };
        let mut line = vec![first];
        loop {
            self.read_on().await?;
            match self.page.pop_front_if(|other| other.line == line[0].line) {
                Some(other) => line.push(other),
                None => return Ok(Some(line)),
            }
        }
    }

    async fn read_on(&mut self) -> Result<(), StoreError> {
        let (true, Some(list)) = (self.page.is_empty(), self.list) else { return Ok(()) };
        self.page = self.store.wrong_rows(self.scope, list, self.after, PAGE_ROWS).await?.into();
        match self.page.back() {
            Some(last) => self.after = Some((last.line, last.position)),
            None => self.list = None,
        }
        Ok(())
    }
}

/// Runs in a thread of its own: compressing is work. It outlives whoever asked for the file and went away.
fn write(
    path: &Path,
    format: ResultFormat,
    columns: &[String],
    mut pieces: Receiver<Piece>,
) -> Result<u64, ExportError> {
    let mut writer = ResultWriter::create(path, format, columns, say)?;
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Lines(lines)) => {
                for line in &lines {
                    match line {
                        Line::Sent(row) => push_sent(&mut writer, row)?,
                        Line::LeftOut(problems) => push_left_out(&mut writer, columns, problems)?,
                    }
                }
            }
            Some(Piece::End) => return Ok(writer.finish()?),
            None => return Err(ExportError::Writer),
        }
    }
}

fn push_sent(writer: &mut ResultWriter, row: &ResultRow) -> Result<(), ExportError> {
    let cells = row.cells.as_ref().map(|cells| cells.to_vec()).transpose()?.unwrap_or_default();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let reason = row.reason.map(|reason| say(&reason.phrase())).unwrap_or_default();
    writer.push(&staffetta_sheets::ResultRow {
        cells: &cells,
        state: &say(&row.state.phrase()),
        reason: &reason,
        handled_at: row.handled_at,
        accepted_at: row.accepted_at,
        settled_at: row.settled_at,
        io_message_id: row.io_message_id.as_deref().unwrap_or_default(),
        notification: &row.id.to_string(),
    })?;
    Ok(())
}

fn push_left_out(
    writer: &mut ResultWriter,
    columns: &[String],
    problems: &[WrongRow],
) -> Result<(), ExportError> {
    let kept = problems.iter().find_map(|problem| problem.cells.as_ref());
    let cells = match kept {
        Some(cells) => cells.to_vec()?,
        None => known_cells(columns, problems),
    };
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    writer.push(&staffetta_sheets::ResultRow {
        cells: &cells,
        state: &say(&Phrase::new("export-left-out")),
        reason: &what_was_wrong(problems),
        ..staffetta_sheets::ResultRow::default()
    })?;
    Ok(())
}

/// Of a row that could not be read, or was read before all was kept: what its problems show.
fn known_cells(columns: &[String], problems: &[WrongRow]) -> Vec<String> {
    let of = |column: &String| problems.iter().find(|problem| problem.column_name.as_ref() == Some(column));
    columns.iter().map(|column| of(column).map(|problem| problem.value.clone()).unwrap_or_default()).collect()
}

/// `Riga 12. importo: … `
fn what_was_wrong(problems: &[WrongRow]) -> String {
    let line = problems.first().map_or(0, |problem| problem.line);
    let mut words = say(&Phrase::new("export-left-out-line").with("line", line));
    for problem in problems {
        let reason = say(&problem.reason);
        words.push_str(". ");
        if let Some(column) = &problem.column_name {
            words.push_str(column);
            words.push_str(": ");
        }
        words.push_str(reason.trim_end_matches('.'));
    }
    words.push('.');
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(column: Option<&str>, value: &str, key: &'static str) -> WrongRow {
        WrongRow {
            line: 12,
            position: 0,
            column_name: column.map(str::to_owned),
            value: value.to_owned(),
            reason: Phrase::new(key),
            remedy: Phrase::new("remedy-sheet-row-unreadable-cell"),
            cells: None,
            after_row: None,
        }
    }

    #[test]
    fn a_row_that_was_left_aside_says_all_that_was_wrong() {
        let problems = [
            problem(Some("importo"), "1.234", "sheet-row-unreadable-cell"),
            problem(None, "", "sheet-row-unreadable-cell"),
        ];
        let said = "Una cella della riga non si riesce a leggere";
        assert_eq!(what_was_wrong(&problems), format!("Riga 12. importo: {said}. {said}."));
        let columns = ["nome", "importo"].map(str::to_owned);
        assert_eq!(known_cells(&columns, &problems), ["", "1.234"]);
    }
}
