//! A worksheet's XML looked through for a cell too large to be kept.
//!
//! Every byte goes by here before the reader sees it, so this is a table of what follows what, one look-up a
//! byte. It takes XML only as spreadsheet programs write it: comments, and signs where they do not belong,
//! could hide that a cell never ends.

use super::places::{NEXT, Place};
use crate::reading::error::SheetError;
use std::io::Read;

/// Most bytes of XML from the start of a row or cell to the start of the next. Excel's longest cell has
/// 32,767 characters, which with its markup is far less.
const CELL_MAX_BYTES: u64 = 1024 * 1024;

/// Unfolds a worksheet up to the end of its rows; returns the bytes seen.
pub(super) fn worksheet(mut part: impl Read, limit: u64, buffer: &mut [u8]) -> Result<u64, SheetError> {
    let mut scanner = Scanner { place: Place::Start, seen: 0, cell_at: 0, in_cell: false };
    loop {
        let count = super::read(&mut part, buffer)?;
        let over = scanner.feed(buffer.get(..count).unwrap_or(&[]))?;
        if scanner.seen > limit {
            return Err(SheetError::ExpandsTooMuch);
        }
        if count == 0 || over {
            return Ok(scanner.seen);
        }
    }
}

struct Scanner {
    place: Place,
    /// Bytes of all that was fed.
    seen: u64,
    /// Where the last row or cell began or ended, in bytes.
    cell_at: u64,
    /// A cell began and is not over.
    in_cell: bool,
}

impl Scanner {
    /// Looks through the next bytes; true when the rows are over.
    fn feed(&mut self, bytes: &[u8]) -> Result<bool, SheetError> {
        let start = self.seen;
        self.seen += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // Kept out of `self`, and few cases told apart: this goes round once for every byte.
        let mut place = self.place;
        for (index, byte) in bytes.iter().enumerate() {
            place = NEXT[place as usize][usize::from(*byte)];
            if place as usize >= Place::CellTag as usize {
                let at = start + u64::try_from(index).unwrap_or(u64::MAX);
                self.fits(at)?;
                match place {
                    Place::Over => return Ok(true),
                    Place::Refused => return Err(SheetError::ExpandsTooMuch),
                    Place::CellEmpty | Place::CellEnd => self.in_cell = false,
                    // A cell in a cell would pass for the next one, and the first would never end.
                    _ if self.in_cell => return Err(SheetError::ExpandsTooMuch),
                    Place::RowTag | Place::RowText => {}
                    _ => self.in_cell = true,
                }
                self.cell_at = at;
            }
        }
        self.place = place;
        self.fits(self.seen).map(|()| false)
    }

    /// Whether what lies between the last cell and here is not too much.
    const fn fits(&self, here: u64) -> Result<(), SheetError> {
        if here - self.cell_at > CELL_MAX_BYTES { Err(SheetError::ExpandsTooMuch) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xml: &str) -> Result<u64, SheetError> {
        let small = worksheet(xml.as_bytes(), 1 << 30, &mut [0; 7]);
        let large = worksheet(xml.as_bytes(), 1 << 30, &mut vec![0; 1 << 16]);
        assert_eq!(small.is_ok(), large.is_ok());
        large
    }

    #[test]
    fn ordinary_sheets_pass() {
        let cell = r#"<c r="A1" t="inlineStr"><is><t>x > y</t></is></c><x:c r='B"1'/><c/><c r="a/b"></c>"#
            .repeat(30_000);
        let xml = format!("<?xml version=\"1.0\"?>\n<worksheet><sheetData><row>{cell}</row></sheetData>");
        assert!(of(&xml).is_ok());
        assert!(of(&format!("{xml}{}", "y".repeat(2 << 20))).is_ok(), "what follows the rows is not read");
    }

    #[test]
    fn a_cell_that_never_ends_is_refused_however_it_is_dressed() {
        let much = 1 << 20;
        for body in [
            format!("<c><v>{}</v></c>", "1".repeat(much)),
            format!("<c><is>{}</is></c>", "<t>a</t>".repeat(much / 8 + 1)),
            format!("<c a=\"{}\"/>", "<c ".repeat(much / 3 + 1)),
            format!("<c><!-- {} --></c>", "<c>".repeat(10)),
            format!("<c><?x {} ?></c>", "<c>".repeat(10)),
            format!("<a\">{}\"/>", "<c>".repeat(10)),
            format!("<c a='{}'/>", "<c>".repeat(10)),
            "<c><is><t>a</t><c/></is></c>".to_owned(),
            "<c><is><v/><x:row></is></c>".to_owned(),
            "<c><is></x:y:c><c/></is></c>".to_owned(),
            "<c><is></cc><x:c/></is></c>".to_owned(),
        ] {
            let found = of(&format!("<worksheet><sheetData>{body}</sheetData>"));
            assert_eq!(found, Err(SheetError::ExpandsTooMuch));
        }
    }

    #[test]
    fn a_declaration_ends_where_the_reader_ends_it() {
        let hidden = format!("<?xml > {} ?>", "<c>".repeat(1 << 19));
        assert_eq!(
            of(&format!("{hidden}<worksheet><sheetData></sheetData>")),
            Err(SheetError::ExpandsTooMuch)
        );
        assert!(of("\u{feff}<?xml version='1.0'?>\n<x:worksheet><x:sheetData/></x:worksheet>").is_ok());
    }
}
