//! What stands between the cells, found by looking at the first rows.

use super::cells::Span;
use super::kind::Separator;
use super::split::{Split, split};

/// Records looked at.
const RECORDS: usize = 32;

/// What Excel writes and understands as a first line: `sep=` and the character.
pub(super) fn declared(start: &[u8]) -> Option<(Separator, usize)> {
    let word = start.get(..4).filter(|word| word.eq_ignore_ascii_case(b"sep="))?;
    let byte = start.get(word.len())?;
    let separator = Separator::ALL.into_iter().find(|one| one.byte() == *byte)?;
    let length = word.len() + 1;
    match (start.get(length), start.get(length + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some((separator, length + 2)),
        (Some(b'\r' | b'\n'), _) => Some((separator, length + 1)),
        (None, _) => Some((separator, length)),
        _ => None,
    }
}

/// The separator by which the most of the first rows have as many cells as the header; of equals, the one
/// that makes more columns, then the likelier. A file with one column has none: the likelier is said.
pub(super) fn guess(start: &[u8], at_end: bool) -> Separator {
    let mut best = (Separator::Semicolon, (0, 0));
    for separator in Separator::ALL {
        let score = score(start, at_end, separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// Thousandths of the rows with the header's number of cells, and that number; nothing for one column.
fn score(mut rest: &[u8], at_end: bool, separator: Separator) -> (usize, usize) {
    let mut spans: Vec<Span> = Vec::new();
    let (mut columns, mut rows, mut alike) = (0, 0, 0);
    while rows < RECORDS {
        rest = rest.without_line_ends();
        if rest.is_empty() {
            break;
        }
        match split(rest, at_end, separator.byte(), &mut spans) {
            Split::Record { consumed, .. } => {
                if columns == 0 {
                    columns = spans.len();
                } else {
                    rows += 1;
                    alike += usize::from(spans.len() == columns);
                }
                rest = rest.get(consumed..).unwrap_or(&[]);
            }
            Split::QuoteMisplaced => {
                rows += 1;
                let line = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                rest = rest.get(line..).unwrap_or(&[]);
            }
            Split::Incomplete { .. } => break,
        }
    }
    match (columns, rows) {
        (0 | 1, _) => (0, 0),
        (_, 0) => (1000, columns),
        _ => (1000 * alike / rows, columns),
    }
}

trait Lines {
    fn without_line_ends(&self) -> &Self;
}

impl Lines for [u8] {
    /// Without the line ends at the start (and nothing else: a tab may be a separator).
    fn without_line_ends(&self) -> &Self {
        let from = self.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(self.len());
        self.get(from..).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_may_declare_it() {
        assert_eq!(declared(b"sep=,\r\na,b"), Some((Separator::Comma, 7)));
        assert_eq!(declared(b"SEP=;\na"), Some((Separator::Semicolon, 6)));
        assert_eq!(declared(b"sep=|\na|b"), Some((Separator::Pipe, 6)));
        assert_eq!(declared(b"sep=\t\ra"), Some((Separator::Tab, 6)));
        assert_eq!(declared(b"separatore;b\n"), None);
    }

    #[test]
    fn it_is_guessed_from_the_rows_and_not_from_the_text_in_them() {
        let of = |text: &str| guess(text.as_bytes(), true);
        assert_eq!(of("cf;importo\nA;19,99\nB;5,00\n"), Separator::Semicolon);
        assert_eq!(of("cf,importo\nA,\"19,99\"\nB,5\n"), Separator::Comma);
        assert_eq!(of("cf\timporto\nA\t19,99\n"), Separator::Tab);
        assert_eq!(of("cf|importo\nA|19,99\nB|5;00\n"), Separator::Pipe);
        assert_eq!(of("cf;importo, in euro;scadenza\nA;19,99;x\n"), Separator::Semicolon);
        assert_eq!(of("cf,nota\nA,\"x;y\"\nB,\"z;k;w\"\n"), Separator::Comma);
        assert_eq!(of("\n\ncf,nome"), Separator::Comma);
        assert_eq!(of("codice_fiscale\nA\nB\n"), Separator::Semicolon);
    }
}
