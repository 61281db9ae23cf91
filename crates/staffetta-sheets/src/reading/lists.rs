//! Which sheets of a workbook can be a list, looked at with the workbook opened once.

use super::XLSX_EXPANDED_MAX_BYTES;
use super::error::SheetError;
use super::ods::{OdsBook, OdsGrid};
use super::workbook::{Grid, WorkbookSource};
use super::xlsx::{XlsxBook, XlsxGrid};
use std::ops::ControlFlow;

/// Those of an .xlsx.
pub(super) fn of_xlsx(book: XlsxBook) -> Result<Vec<String>, SheetError> {
    let (names, unfolded) = (book.tabs().names(), book.unfolded());
    let grid = book.sheet(String::new());
    among(names, unfolded, grid, XlsxGrid::turn_to)
}

/// Those of an .ods.
pub(super) fn of_ods(book: OdsBook) -> Result<Vec<String>, SheetError> {
    let (names, unfolded) = (book.tabs().names(), book.unfolded());
    let grid = book.sheet(String::new());
    among(names, unfolded, grid, OdsGrid::turn_to)
}

/// Those with a header and a row. To find them out each sheet may be read to its end, and in a file made for it each is
/// the same long blank one: where that could be more than a reading may unfold, all are given.
fn among<G: Grid>(
    names: Vec<String>,
    unfolded: u64,
    mut grid: G,
    turn_to: impl Fn(&mut G, String),
) -> Result<Vec<String>, SheetError> {
    let looks = u64::try_from(names.len()).unwrap_or(u64::MAX);
    // Where there is one only, nothing is to be chosen.
    if looks < 2 || looks.saturating_mul(unfolded) > XLSX_EXPANDED_MAX_BYTES {
        return Ok(names);
    }
    let mut found = Vec::new();
    for name in names {
        turn_to(&mut grid, name.clone());
        if has_rows(&mut grid)? {
            found.push(name);
        }
    }
    Ok(found)
}

/// Whether a sheet has a header and a row. What keeps the whole file from being read is told, not passed over.
fn has_rows<G: Grid>(grid: &mut G) -> Result<bool, SheetError> {
    use SheetError as E;
    let mut found = false;
    let looked = WorkbookSource::open(grid).and_then(|(mut source, header)| {
        source.for_each_row(header.len(), &|_, _| false, |_, _| {
            found = true;
            ControlFlow::Break(())
        })
    });
    match looked {
        Ok(()) => Ok(found),
        Err(E::Empty | E::NoRows | E::NoHeader | E::NoSuchSheet | E::TooManyColumns) => Ok(false),
        Err(E::BadHeader { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
