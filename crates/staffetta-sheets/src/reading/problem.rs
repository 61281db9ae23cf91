//! Why a row cannot be taken; the reading goes on.

use staffetta_domain::{Phrase, limits};

/// An error that a formula left in a cell instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    /// Division by zero.
    DivisionByZero,
    /// Not found, typically by CERCA.VERT.
    NotAvailable,
    /// A function or a name that Excel does not know.
    Name,
    /// Areas without a common cell.
    Null,
    /// A number that cannot be.
    Number,
    /// A cell that is no more.
    Reference,
    /// A value of the wrong kind.
    Value,
    /// Any other (a value that overflows its cell, data still on their way, …).
    Other,
}

impl CellError {
    /// As Excel shows it in Italy.
    #[must_use]
    pub const fn shown(self) -> &'static str {
        match self {
            Self::DivisionByZero => "#DIV/0!",
            Self::NotAvailable => "#N/D",
            Self::Name => "#NOME?",
            Self::Null => "#NULLO!",
            Self::Number => "#NUM!",
            Self::Reference => "#RIF!",
            Self::Value => "#VALORE!",
            Self::Other => "#",
        }
    }
}

/// Why a row cannot be taken. Its line is given beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// Fewer cells than the header has names.
    #[error("{found} cells where the header names {expected}")]
    TooFewCells {
        /// Cells in the row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// A value beyond the header's last name.
    #[error("{found} cells where the header names {expected}")]
    TooManyCells {
        /// Cells in the row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// Over [`limits::ROW_MAX_BYTES`].
    #[error("the row is too long")]
    TooLong,
    /// A zero byte.
    #[error("the row holds a zero byte")]
    NulByte,
    /// Bytes that are no characters in the file's encoding.
    #[error("the row holds bytes that are no characters")]
    BadEncoding,
    /// A quote opened on this line is not closed before the row's limit or the end of the file.
    #[error("a quote is opened and never closed")]
    QuoteNotClosed,
    /// A quoted cell goes on after its closing quote.
    #[error("text follows a closing quote")]
    QuoteMisplaced,
    /// A formula's error where a value should be.
    #[error("column {column} holds a formula's error")]
    FormulaError {
        /// Column, counted from 0.
        column: usize,
        /// The error.
        error: CellError,
    },
    /// A number too long for a spreadsheet, as a notice number that was not kept as text: its last digits are lost.
    #[error("column {column} holds a code that became a number")]
    DigitsLost {
        /// Column, counted from 0.
        column: usize,
    },
    /// A cell that breaks the rules of the format.
    #[error("a cell cannot be read")]
    UnreadableCell,
}

impl RowProblem {
    /// Column of the wrong cell, counted from 0, where there is one.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        match self {
            Self::FormulaError { column, .. } | Self::DigitsLost { column } => Some(*column),
            _ => None,
        }
    }

    /// The wrong value, where it can be shown.
    #[must_use]
    pub const fn value(&self) -> &'static str {
        match self {
            Self::FormulaError { error, .. } => error.shown(),
            _ => "",
        }
    }

    /// What is wrong, for the operator.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::TooFewCells { found, expected } => {
                Phrase::new("sheet-row-too-few-cells").with("found", found).with("expected", expected)
            }
            Self::TooManyCells { found, expected } => {
                Phrase::new("sheet-row-too-many-cells").with("found", found).with("expected", expected)
            }
            Self::TooLong => Phrase::new("sheet-row-too-long").with("limit", limits::ROW_MAX_BYTES / 1024),
            Self::NulByte => Phrase::new("sheet-row-nul-byte"),
            Self::BadEncoding => Phrase::new("sheet-row-bad-encoding"),
            Self::QuoteNotClosed => Phrase::new("sheet-row-quote-not-closed"),
            Self::QuoteMisplaced => Phrase::new("sheet-row-quote-misplaced"),
            Self::FormulaError { error, .. } => {
                Phrase::new("sheet-row-formula-error").with("value", error.shown())
            }
            Self::DigitsLost { column } => {
                Phrase::new("sheet-row-digits-lost").with("column", letters(*column))
            }
            Self::UnreadableCell => Phrase::new("sheet-row-unreadable-cell"),
        }
    }

    /// What to do next, for the operator.
    #[must_use]
    pub const fn remedy(&self) -> Phrase {
        Phrase::new(match self {
            Self::TooFewCells { .. } => "remedy-sheet-row-too-few-cells",
            Self::TooManyCells { .. } => "remedy-sheet-row-too-many-cells",
            Self::TooLong => "remedy-sheet-row-too-long",
            Self::NulByte | Self::BadEncoding => "remedy-sheet-row-characters",
            Self::QuoteNotClosed | Self::QuoteMisplaced => "remedy-sheet-row-quotes",
            Self::FormulaError { .. } => "remedy-sheet-row-formula-error",
            Self::DigitsLost { .. } => "remedy-sheet-row-digits-lost",
            Self::UnreadableCell => "remedy-sheet-row-unreadable-cell",
        })
    }
}

/// A column as a spreadsheet names it: A to Z, AA and so on.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        for (column, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (199, "GR"), (702, "AAA")]
        {
            assert_eq!(letters(column), name);
        }
    }
}
