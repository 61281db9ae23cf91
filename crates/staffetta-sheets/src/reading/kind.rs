//! What a file turned out to be.

use staffetta_domain::Phrase;

/// What stands between the cells of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `;`, as Excel writes in Italy.
    Semicolon,
    /// `,`.
    Comma,
    /// The tab character.
    Tab,
}

impl Separator {
    /// All, the likelier first: where two fit equally well, the first wins.
    pub const ALL: [Self; 3] = [Self::Semicolon, Self::Comma, Self::Tab];

    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark at the start.
    Utf8,
    /// Windows-1252, as Excel writes "CSV" in Italy.
    Windows1252,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Csv {
        /// Between the cells.
        separator: Separator,
        /// Of the characters.
        encoding: Encoding,
    },
    /// An Excel workbook.
    Xlsx {
        /// Name of the sheet that is read: the first that is not hidden.
        sheet: String,
        /// How many sheets the workbook has.
        sheets: usize,
    },
}

impl Kind {
    /// The sentence that tells the operator how the file is being read.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Csv { separator, encoding } => Phrase::new(match (separator, encoding) {
                (Separator::Semicolon, Encoding::Utf8) => "sheet-kind-semicolon-utf8",
                (Separator::Semicolon, Encoding::Windows1252) => "sheet-kind-semicolon-windows",
                (Separator::Comma, Encoding::Utf8) => "sheet-kind-comma-utf8",
                (Separator::Comma, Encoding::Windows1252) => "sheet-kind-comma-windows",
                (Separator::Tab, Encoding::Utf8) => "sheet-kind-tab-utf8",
                (Separator::Tab, Encoding::Windows1252) => "sheet-kind-tab-windows",
            }),
            Self::Xlsx { sheet, sheets } if *sheets > 1 => {
                Phrase::new("sheet-kind-xlsx-of-many").with("sheet", sheet).with("sheets", sheets)
            }
            Self::Xlsx { sheet, .. } => Phrase::new("sheet-kind-xlsx").with("sheet", sheet),
        }
    }
}
