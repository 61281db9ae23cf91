//! What an office's file looks like, before any row is judged.

use crate::check_list::ListError;
use crate::office_file::OfficeFile;
use staffetta_domain::Columns;
use staffetta_domain::problem::shortened;
use staffetta_sheets::Sheet;
use staffetta_store::draft_files::{FileShape, Samples};
use std::ops::ControlFlow;

/// First rows that are shown beside the names of the columns.
const SAMPLE_ROWS: usize = 3;

/// Looks into a file that has rows: its sheets with data, the columns and first rows of the one that is asked for, or of
/// the first with data. It blocks.
pub(crate) fn look_into(file: &OfficeFile, sheet: Option<&str>) -> Result<FileShape, ListError> {
    let names = Sheet::sheet_names(file.at_start()?).map_err(ListError::Sheet)?;
    // A large file is not gone through once more where there is nothing to choose.
    let sheets = match names.len() {
        ..2 => names.clone(),
        _ => Sheet::lists(file.at_start()?).map_err(ListError::Sheet)?,
    };
    // Where no sheet is a list, the first says best why.
    let read = sheet.or_else(|| sheets.first().or_else(|| names.first()).map(String::as_str));
    let read = read.map(str::to_owned);
    let mut sheet = Sheet::from_file_named(file.at_start()?, read.as_deref()).map_err(ListError::Sheet)?;
    let columns = Columns::from_header(sheet.header()).map_err(ListError::Plan)?;
    let mut samples: Vec<Vec<String>> = Vec::new();
    sheet
        .for_each_row(|_, row| {
            if let Ok(cells) = row {
                samples.push(cells.iter().map(shortened).collect());
            }
            if samples.len() < SAMPLE_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .map_err(ListError::Sheet)?;
    Ok(FileShape {
        kind: Some(sheet.kind().phrase()),
        sheets,
        sheet: read,
        columns: columns.names().map(str::to_owned).collect(),
        meanings: None,
        samples: Samples(samples),
    })
}
