//! A worksheet's XML looked through for a cell too large to be kept.

use crate::reading::error::SheetError;
use std::io::Read;

/// Most bytes of XML from the start of a row or cell to the start of the next. Excel's longest cell has
/// 32,767 characters, which with its markup is far less.
const CELL_MAX_BYTES: u64 = 1024 * 1024;
/// Longest tag name that is told apart, prefix included.
const NAME_MAX: usize = 32;

/// Unfolds a worksheet up to the end of its rows; returns the bytes seen.
pub(super) fn worksheet(mut part: impl Read, limit: u64, buffer: &mut [u8]) -> Result<u64, SheetError> {
    let mut scanner = Scanner::default();
    let mut total = 0_u64;
    loop {
        let count = super::read(&mut part, buffer)?;
        total += u64::try_from(count).unwrap_or(u64::MAX);
        if total > limit {
            return Err(SheetError::ExpandsTooMuch);
        }
        if count == 0 || scanner.feed(buffer.get(..count).unwrap_or(&[]))? {
            return Ok(total);
        }
    }
}

#[derive(Default)]
struct Scanner {
    place: Place,
    name: Vec<u8>,
    /// Bytes since the last row or cell began.
    since_cell: u64,
    /// The XML declaration may stand before the first tag only.
    seen_a_tag: bool,
}

#[derive(Clone, Copy, Default)]
enum Place {
    #[default]
    Text,
    Name,
    Tag,
    Quoted(u8),
}

impl Scanner {
    /// Looks through the next bytes; true when the rows are over.
    fn feed(&mut self, bytes: &[u8]) -> Result<bool, SheetError> {
        let mut position = 0;
        while let Some(rest) = bytes.get(position..).filter(|rest| !rest.is_empty()) {
            let (used, over) = match self.place {
                Place::Text => (self.until(memchr::memchr(b'<', rest), Place::Name, rest), false),
                Place::Quoted(quote) => (self.until(memchr::memchr(quote, rest), Place::Tag, rest), false),
                Place::Tag => (self.tag(rest), false),
                Place::Name => self.name(rest)?,
            };
            position += used;
            self.since_cell += u64::try_from(used).unwrap_or(u64::MAX);
            if self.since_cell > CELL_MAX_BYTES {
                return Err(SheetError::ExpandsTooMuch);
            }
            if over {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn until(&mut self, found: Option<usize>, next: Place, rest: &[u8]) -> usize {
        let Some(at) = found else { return rest.len() };
        self.name.clear();
        self.place = next;
        at + 1
    }

    fn tag(&mut self, rest: &[u8]) -> usize {
        let Some(at) = memchr::memchr3(b'>', b'"', b'\'', rest) else { return rest.len() };
        self.place = match rest.get(at) {
            Some(quote @ (b'"' | b'\'')) => Place::Quoted(*quote),
            _ => Place::Text,
        };
        at + 1
    }

    /// Gathers a tag's name; at its end tells whether a cell begins or the rows are over.
    fn name(&mut self, rest: &[u8]) -> Result<(usize, bool), SheetError> {
        let end = rest.iter().position(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\r' | b'\n'));
        let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
        let room = NAME_MAX.saturating_sub(self.name.len());
        self.name.extend(part.iter().take(room));
        if end.is_none() {
            return Ok((rest.len(), false));
        }
        // Comments and the like can hide a `<c`, and no spreadsheet program writes them here.
        let declaration = self.name.first() == Some(&b'?') && !self.seen_a_tag;
        if matches!(self.name.first(), Some(b'!' | b'?')) && !declaration {
            return Err(SheetError::ExpandsTooMuch);
        }
        self.seen_a_tag |= !declaration;
        let name = self.name.strip_suffix(b"/").unwrap_or(&self.name);
        let (closing, name) = name.strip_prefix(b"/").map_or((false, name), |name| (true, name));
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        if !closing && matches!(local, b"c" | b"row") {
            self.since_cell = 0;
        }
        self.place = Place::Tag;
        // The byte after the name belongs to the tag.
        Ok((part.len(), closing && local == b"sheetData"))
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
        ] {
            let found = of(&format!("<worksheet><sheetData>{body}</sheetData>"));
            assert_eq!(found, Err(SheetError::ExpandsTooMuch));
        }
    }
}
