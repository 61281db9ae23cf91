//! How the characters of a text file are written.
//!
//! Windows-1252 cannot be told from UTF-8 at the start of a file: the first *è* may stand in the last
//! row. So the whole file goes by once before its first row is handed over. That pass does nothing but
//! check UTF-8, far faster than the rows are then cut, and its memory is one buffer. To begin with UTF-8
//! and change one's mind half-way would have handed over rows that were wrong.

use super::cells::{CellBuffer, Cells, Span};
use super::kind::Encoding;
use super::problem::RowProblem;
use super::records::RawRecord;
use std::io::{self, Read};

/// Bytes checked at a time.
const CHUNK_BYTES: usize = 256 * 1024;
/// UTF-8's mark at the start of a file.
pub(super) const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads to the end and tells the encoding.
///
/// UTF-8 if it says so, or if it is valid as a whole. If some bytes are not, then the majority decides: a
/// Windows-1252 text has hardly ever two bytes in a row that happen to be an UTF-8 character, so where
/// well-formed characters prevail this is UTF-8 with damaged rows, to be reported one by one.
pub(super) fn find(mut reader: impl Read) -> io::Result<Encoding> {
    let mut buffer = vec![0; CHUNK_BYTES];
    let (mut held, mut good, mut bad) = (0, 0, 0);
    let mut at_start = true;
    loop {
        let count = match reader.read(buffer.get_mut(held..).unwrap_or(&mut [])) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = buffer.get(..held + count).unwrap_or(&[]);
        if at_start && bytes.len() < UTF8_MARK.len() && count > 0 {
            held = bytes.len();
            continue;
        }
        if at_start && bytes.starts_with(UTF8_MARK) {
            return Ok(Encoding::Utf8);
        }
        at_start = false;
        let rest = weigh(bytes, count == 0, &mut good, &mut bad);
        if count == 0 {
            return Ok(if bad > 0 && bad >= good { Encoding::Windows1252 } else { Encoding::Utf8 });
        }
        let start = bytes.len() - rest;
        buffer.copy_within(start..start + rest, 0);
        held = rest;
    }
}

/// Counts well-formed characters beyond ASCII and bytes that are none; returns how many bytes at the end
/// may be the start of a character.
fn weigh(mut bytes: &[u8], at_end: bool, good: &mut u64, bad: &mut u64) -> usize {
    loop {
        let (valid, broken) = match std::str::from_utf8(bytes) {
            Ok(_) => (bytes.len(), None),
            Err(error) => (error.valid_up_to(), Some(error.error_len())),
        };
        let (text, rest) = bytes.split_at(valid);
        if !text.is_ascii() {
            *good += text.iter().map(|byte| u64::from(*byte >= 0xc0)).sum::<u64>();
        }
        match broken {
            None => return 0,
            Some(None) if !at_end => return rest.len(),
            Some(length) => {
                *bad += 1;
                bytes = rest.get(length.unwrap_or(rest.len())..).unwrap_or(&[]);
            }
        }
    }
}

/// The cells of a record as text; `scratch` holds them where they cannot be borrowed as they are.
pub(super) fn decode<'a>(
    record: RawRecord<'a>,
    encoding: Encoding,
    scratch: &'a mut CellBuffer,
) -> Result<Cells<'a>, RowProblem> {
    let RawRecord { bytes, spans, quoted } = record;
    if memchr::memchr(0, bytes).is_some() {
        return Err(RowProblem::NulByte);
    }
    let whole = match encoding {
        Encoding::Windows1252 if !bytes.is_ascii() => None,
        _ => Some(std::str::from_utf8(bytes).map_err(|_| RowProblem::BadEncoding)?),
    };
    let doubled = quoted && spans.iter().any(|span| span.quoted && of(bytes, *span).contains(&b'"'));
    if let (Some(text), false) = (whole, doubled) {
        return Ok(Cells::new(text, spans));
    }
    scratch.clear();
    for span in spans {
        let cell = match whole {
            Some(text) => std::borrow::Cow::Borrowed(text.get(span.start..span.end).unwrap_or("")),
            None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(of(bytes, *span)).0,
        };
        scratch.push_with(|text| append(text, &cell, span.quoted));
    }
    Ok(scratch.cells())
}

fn of(bytes: &[u8], span: Span) -> &[u8] {
    bytes.get(span.start..span.end).unwrap_or(&[])
}

/// Appends a cell; between quotes, two quotes stand for one.
fn append(text: &mut String, cell: &str, quoted: bool) {
    if !quoted {
        return text.push_str(cell);
    }
    for (index, part) in cell.split("\"\"").enumerate() {
        if index > 0 {
            text.push('"');
        }
        text.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every character is cut somewhere.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            self.0 = rest;
            if let Some(place) = buffer.first_mut() {
                *place = *first;
            }
            Ok(1)
        }
    }

    #[test]
    fn the_whole_file_decides() {
        let found = |bytes: &[u8]| (find(bytes).unwrap(), find(Drops(bytes)).unwrap());
        let (utf8, windows) =
            ((Encoding::Utf8, Encoding::Utf8), (Encoding::Windows1252, Encoding::Windows1252));
        assert_eq!(found(b"cf;nome\n"), utf8);
        assert_eq!(found("città è €".as_bytes()), utf8);
        assert_eq!(found(b"citt\xe0"), windows);
        assert_eq!(found(b"citt\xe0;\x80 19,99"), windows);
        assert_eq!(found(b"\xef\xbb\xbfcitt\xe0"), utf8);
        let mut mostly_utf8 = "è€ì".as_bytes().to_vec();
        mostly_utf8.extend(b"\xe0;");
        assert_eq!(found(&mostly_utf8), utf8);
    }

    #[test]
    fn a_late_accent_in_a_long_file_is_found() {
        let mut long = vec![b'a'; 3 * CHUNK_BYTES];
        long.push(0xe8);
        assert_eq!(find(&long[..]).unwrap(), Encoding::Windows1252);
        long.push(b';');
        assert_eq!(find(&long[..]).unwrap(), Encoding::Windows1252);
    }
}
