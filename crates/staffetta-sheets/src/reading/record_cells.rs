//! The bytes of a record become the text of its cells.

use super::cells::{CellBuffer, Cells, Span};
use super::problem::RowProblem;
use super::records::RawRecord;

/// The cells of a record; `scratch` holds them where they cannot be borrowed as they are.
pub(super) fn cells_of<'a>(
    record: RawRecord<'a>,
    scratch: &'a mut CellBuffer,
) -> Result<Cells<'a>, RowProblem> {
    let RawRecord { bytes, spans, quoted } = record;
    if memchr::memchr(0, bytes).is_some() {
        return Err(RowProblem::NulByte);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| RowProblem::BadEncoding)?;
    let of = |span: &Span| text.get(span.start..span.end).unwrap_or("");
    if !quoted || !spans.iter().any(|span| span.quoted && of(span).contains('"')) {
        return Ok(Cells::new(text, spans));
    }
    scratch.clear();
    for span in spans {
        scratch.push_with(|text| append(text, of(span), span.quoted));
    }
    Ok(scratch.cells())
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
    use super::super::split::{Split, split};
    use super::*;

    fn of(bytes: &[u8]) -> Result<Vec<String>, RowProblem> {
        let mut spans = Vec::new();
        let Split::Record { length, quoted, .. } = split(bytes, true, b';', &mut spans) else {
            return Ok(Vec::new());
        };
        let mut scratch = CellBuffer::default();
        let record = RawRecord { bytes: &bytes[..length], spans: &spans, quoted };
        cells_of(record, &mut scratch).map(|cells| cells.iter().map(str::to_owned).collect())
    }

    #[test]
    fn two_quotes_between_quotes_are_one() {
        assert_eq!(
            of("\"detto \"\"Bi\"\"\";\"a;b\";via \"Roma\"\n".as_bytes()).unwrap(),
            ["detto \"Bi\"", "a;b", "via \"Roma\""]
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        assert_eq!(of(b"a;\xff"), Err(RowProblem::BadEncoding));
        assert_eq!(of(b"a;\0"), Err(RowProblem::NulByte));
    }
}
