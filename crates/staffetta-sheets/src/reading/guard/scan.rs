//! A worksheet's XML looked through for a cell too large to be kept.
//!
//! Every byte goes by here before the reader sees it, so this is a table of what follows what, one look-up a
//! byte. It takes XML only as spreadsheet programs write it: comments, and signs where they do not belong,
//! could hide that a cell never ends.

use crate::reading::error::SheetError;
use std::io::Read;

/// Most bytes of XML from the start of a row or cell to the start of the next. Excel's longest cell has
/// 32,767 characters, which with its markup is far less.
const CELL_MAX_BYTES: u64 = 1024 * 1024;

/// Unfolds a worksheet up to the end of its rows; returns the bytes seen.
pub(super) fn worksheet(mut part: impl Read, limit: u64, buffer: &mut [u8]) -> Result<u64, SheetError> {
    let mut scanner = Scanner { place: Place::Start, seen: 0, cell_at: 0 };
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
    /// Where the last row or cell began, in bytes.
    cell_at: u64,
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
                    _ => self.cell_at = at,
                }
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

/// Where the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first element, where a declaration may stand.
    Start,
    StartOpen,
    Declaration,
    DeclarationMark,
    Text,
    /// After `<`, or after the prefix of a name.
    Open,
    Prefixed,
    /// In a name of no interest, or in `c` or `row`.
    Name,
    C,
    R,
    Ro,
    Row,
    /// After the name, outside and inside the values of attributes.
    Tag,
    Double,
    Single,
    /// After `</` or its prefix, in the letters of `sheetData`, and in any other end.
    Close,
    S,
    Sh,
    She,
    Shee,
    Sheet,
    SheetD,
    SheetDa,
    SheetDat,
    SheetData,
    CloseRest,
    /// A row or a cell began, and the tag goes on or is over.
    CellTag,
    CellText,
    Over,
    Refused,
}

const PLACES: usize = Place::Refused as usize + 1;

static NEXT: [[Place; 256]; PLACES] = table();

const fn table() -> [[Place; 256]; PLACES] {
    use Place::{
        C, CellTag, CellText, Close, CloseRest, Declaration, DeclarationMark, Double, Name, Open, Over,
        Prefixed, R, Refused, Ro, Row, S, Sh, She, Shee, Sheet, SheetD, SheetDa, SheetDat, SheetData, Single,
        Start, StartOpen, Tag, Text,
    };
    const ALL: [Place; PLACES] = [
        Start,
        StartOpen,
        Declaration,
        DeclarationMark,
        Text,
        Open,
        Prefixed,
        Name,
        C,
        R,
        Ro,
        Row,
        Tag,
        Double,
        Single,
        Close,
        S,
        Sh,
        She,
        Shee,
        Sheet,
        SheetD,
        SheetDa,
        SheetDat,
        SheetData,
        CloseRest,
        CellTag,
        CellText,
        Over,
        Refused,
    ];
    let mut table = [[Refused; 256]; PLACES];
    let mut row = 0;
    while row < PLACES {
        let mut byte = 0_u8;
        loop {
            table[ALL[row] as usize][byte as usize] = next(ALL[row], byte);
            if byte == u8::MAX {
                break;
            }
            byte += 1;
        }
        row += 1;
    }
    table
}

const fn next(place: Place, byte: u8) -> Place {
    use Place::*;
    match (place, byte) {
        (Start, b'<') => StartOpen,
        (Start, _) => Start,
        (StartOpen, b'?') => Declaration,
        (Declaration | DeclarationMark, b'?') => DeclarationMark,
        (DeclarationMark, b'>') => Start,
        (Declaration | DeclarationMark, _) => Declaration,
        (Text | CellText, b'<') => Open,
        (Text | CellText, _) => Text,
        (StartOpen | Open, b'/') => Close,
        (StartOpen | Open | Prefixed, b'c') => C,
        (StartOpen | Open | Prefixed, b'r') => R,
        (R, b'o') => Ro,
        (Ro, b'w') => Row,
        // What stands where a name should be, and no program writes there.
        (StartOpen | Open | Prefixed | Name | C | R | Ro | Row, b'!' | b'?' | b'"' | b'\'' | b'<') => Refused,
        (StartOpen | Open | Name | C | R | Ro | Row, b':') => Prefixed,
        (C | Row, b' ' | b'\t' | b'\r' | b'\n' | b'/') => CellTag,
        (C | Row, b'>') => CellText,
        (StartOpen | Open | Prefixed | Name | R | Ro, b' ' | b'\t' | b'\r' | b'\n' | b'/') => Tag,
        (StartOpen | Open | Prefixed | Name | R | Ro, b'>') => Text,
        (StartOpen | Open | Prefixed | Name | C | R | Ro | Row, _) => Name,
        (Tag | CellTag, b'"') => Double,
        (Tag | CellTag, b'\'') => Single,
        (Tag | CellTag, b'>') => Text,
        (Double, b'"') | (Single, b'\'') => Tag,
        (Tag | CellTag | Double | Single, b'<') => Refused,
        (Tag | CellTag, _) => Tag,
        (Double, _) => Double,
        (Single, _) => Single,
        (Close, b's') => S,
        (S, b'h') => Sh,
        (Sh, b'e') => She,
        (She, b'e') => Shee,
        (Shee, b't') => Sheet,
        (Sheet, b'D') => SheetD,
        (SheetD, b'a') => SheetDa,
        (SheetDa, b't') => SheetDat,
        (SheetDat, b'a') => SheetData,
        (SheetData, b'>' | b' ' | b'\t' | b'\r' | b'\n') => Over,
        (Close | S | Sh | She | Shee | Sheet | SheetD | SheetDa | SheetDat | CloseRest, b'>') => Text,
        (Close | S | Sh | She | Shee | Sheet | SheetD | SheetDa | SheetDat | SheetData | CloseRest, b':') => {
            Close
        }
        (Close | S | Sh | She | Shee | Sheet | SheetD | SheetDa | SheetDat | SheetData | CloseRest, _) => {
            CloseRest
        }
        (Over | Refused, _) => Refused,
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
        let cell = r#"<c r="A1" t="inlineStr"><is><t>x > y</t></is></c><x:c r='B"1'/>"#.repeat(30_000);
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
