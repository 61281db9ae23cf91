//! One record of a text file cut into cells.
//!
//! Our own, where the usual reader would do most of it, for what an operator must be told and that
//! reader does not say: a quote that never closes would swallow the rest of the file into one row, and
//! text after a closing quote would be glued to the cell; here both are found at once, on their own
//! line. A differential test holds the two together on everything that is well formed.

use super::cells::Span;

/// What the start of some bytes turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// A record with its line end.
    Record {
        /// Bytes of the record's cells and separators.
        length: usize,
        /// The same with the line end.
        consumed: usize,
        /// A cell stood between quotes, so it may hold doubled quotes and line ends.
        quoted: bool,
    },
    /// The record goes on beyond these bytes.
    Incomplete {
        /// It does so inside quotes.
        in_quotes: bool,
    },
    /// Text follows a closing quote.
    QuoteMisplaced,
}

/// Cuts the first record of `input`, which must not be empty, into `spans`.
///
/// `at_end` tells that nothing follows `input`. A record ends with CR, LF or both.
pub(super) fn split(input: &[u8], at_end: bool, separator: u8, spans: &mut Vec<Span>) -> Split {
    spans.clear();
    let mut position = 0;
    let mut any_quoted = false;
    loop {
        let end = if input.get(position) == Some(&b'"') {
            any_quoted = true;
            match closing_quote(input, position + 1, at_end) {
                None => return Split::Incomplete { in_quotes: true },
                Some(close) => {
                    spans.push(Span { start: position + 1, end: close, quoted: true });
                    close + 1
                }
            }
        } else {
            let rest = input.get(position..).unwrap_or(&[]);
            match memchr::memchr3(separator, b'\n', b'\r', rest) {
                None if !at_end => return Split::Incomplete { in_quotes: false },
                found => {
                    let end = found.map_or(input.len(), |offset| position + offset);
                    spans.push(Span { start: position, end, quoted: false });
                    end
                }
            }
        };
        match input.get(end) {
            Some(byte) if *byte == separator => position = end + 1,
            None => return Split::Record { length: end, consumed: end, quoted: any_quoted },
            Some(b'\n') => return Split::Record { length: end, consumed: end + 1, quoted: any_quoted },
            Some(b'\r') => match input.get(end + 1) {
                None if !at_end => return Split::Incomplete { in_quotes: false },
                Some(b'\n') => return Split::Record { length: end, consumed: end + 2, quoted: any_quoted },
                _ => return Split::Record { length: end, consumed: end + 1, quoted: any_quoted },
            },
            Some(_) => return Split::QuoteMisplaced,
        }
    }
}

/// Where the quote opened just before `position` closes; none if these bytes do not tell.
fn closing_quote(input: &[u8], mut position: usize, at_end: bool) -> Option<usize> {
    loop {
        let quote = position + memchr::memchr(b'"', input.get(position..)?)?;
        match input.get(quote + 1) {
            Some(b'"') => position = quote + 2,
            None if !at_end => return None,
            _ => return Some(quote),
        }
    }
}

/// Line ends in some bytes: LF, CR LF, or CR alone.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let mut lines = 0;
    let mut before = 0;
    for byte in bytes {
        lines += u64::from(*byte == b'\r' || (*byte == b'\n' && before != b'\r'));
        before = *byte;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(input: &str) -> (Split, Vec<&str>) {
        let mut spans = Vec::new();
        let outcome = split(input.as_bytes(), true, b';', &mut spans);
        (outcome, spans.iter().map(|span| &input[span.start..span.end]).collect())
    }

    #[test]
    fn a_record_ends_with_any_line_end_or_the_file() {
        for (input, consumed) in [("a;b\nc", 4), ("a;b\r\nc", 5), ("a;b\rc", 4), ("a;b", 3)] {
            let (outcome, found) = cells(input);
            assert_eq!(outcome, Split::Record { length: 3, consumed, quoted: false }, "{input:?}");
            assert_eq!(found, ["a", "b"]);
        }
        assert_eq!(cells("a;;\n").1, ["a", "", ""]);
    }

    #[test]
    fn quotes_are_taken_off_only_where_they_enclose_a_cell() {
        assert_eq!(cells("\"a;\nb\";c\n").1, ["a;\nb", "c"]);
        assert_eq!(cells("Via \"Roma\";c").1, ["Via \"Roma\"", "c"]);
        assert_eq!(cells("\"\"\"a\"\"\";\"\"").1, ["\"\"a\"\"", ""]);
    }

    #[test]
    fn misplaced_and_open_quotes_are_told() {
        assert_eq!(cells("\"Alfa\" srl;b\n").0, Split::QuoteMisplaced);
        assert_eq!(cells("a;\"b\nc;d\n").0, Split::Incomplete { in_quotes: true });
        let mut spans = Vec::new();
        assert_eq!(split(b"a;b\r", false, b';', &mut spans), Split::Incomplete { in_quotes: false });
        assert_eq!(split(b"\"a\"", false, b';', &mut spans), Split::Incomplete { in_quotes: true });
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        assert_eq!(count_lines(b"a\nb\r\nc\rd\r\r\n\n"), 6);
    }
}
