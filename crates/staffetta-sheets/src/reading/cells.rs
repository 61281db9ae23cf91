//! The cells of one row, borrowed from the reader.

/// Where a cell lies in its row's text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Stood between quotes, which are not in the span.
    pub(super) quoted: bool,
}

/// The cells of a row, in the header's order and as many as its columns.
///
/// Borrowed: a row costs no allocation, and whoever wants to keep a cell copies it.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'row> {
    text: &'row str,
    spans: &'row [Span],
}

impl<'row> Cells<'row> {
    pub(super) const fn new(text: &'row str, spans: &'row [Span]) -> Self {
        Self { text, spans }
    }

    /// How many cells there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The cell in this column, counted from 0, exactly as the office wrote it; empty if there is no such column.
    #[must_use]
    pub fn get(&self, column: usize) -> &'row str {
        self.spans.get(column).map_or("", |span| self.of(*span))
    }

    /// All cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'row str> + use<'row> {
        let whole = *self;
        self.spans.iter().map(move |span| whole.of(*span))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }

    pub(super) fn first(self, count: usize) -> Self {
        Self { text: self.text, spans: self.spans.get(..count).unwrap_or(self.spans) }
    }

    pub(super) fn after(self, count: usize) -> Self {
        Self { text: self.text, spans: self.spans.get(count..).unwrap_or(&[]) }
    }

    fn of(&self, span: Span) -> &'row str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

/// A row put together cell by cell, where it cannot be borrowed from the file. Kept and used again.
#[derive(Debug, Default)]
pub(super) struct CellBuffer {
    text: String,
    spans: Vec<Span>,
}

impl CellBuffer {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
    }

    /// Adds a cell of what `write` appends.
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        self.spans.push(Span { start, end: self.text.len(), quoted: false });
    }

    /// Adds empty cells until there are `count`.
    pub(super) fn pad_to(&mut self, count: usize) {
        let end = self.text.len();
        while self.spans.len() < count {
            self.spans.push(Span { start: end, end, quoted: false });
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn cells(&self) -> Cells<'_> {
        Cells::new(&self.text, &self.spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_padded_and_read_by_column() {
        let mut buffer = CellBuffer::default();
        buffer.push_with(|text| text.push_str("uno"));
        buffer.pad_to(2);
        buffer.push_with(|text| text.push_str("trè"));
        let cells = buffer.cells();
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["uno", "", "trè"]);
        assert_eq!((cells.len(), cells.get(2), cells.get(3)), (3, "trè", ""));
        assert!(!cells.is_blank() && cells.first(0).is_blank() && !cells.after(2).is_blank());
    }
}
