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
    /// `|`, as some programs of town halls write.
    Pipe,
}

impl Separator {
    /// All, the likelier first: where two fit equally well, the first wins.
    pub const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Pipe];

    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// As the words know it.
    const fn name(self) -> &'static str {
        match self {
            Self::Semicolon => "semicolon",
            Self::Comma => "comma",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }
}

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark at the start.
    Utf8,
    /// 16 bits a character, the lower half first, as Excel writes "Unicode text".
    Utf16Le,
    /// 16 bits a character, the higher half first.
    Utf16Be,
    /// Windows-1252, as Excel writes "CSV" in Italy.
    Windows1252,
}

impl Encoding {
    /// All.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    /// As the words know it.
    const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le | Self::Utf16Be => "utf16",
            Self::Windows1252 => "windows",
        }
    }
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text in columns.
    Csv {
        /// Between the cells.
        separator: Separator,
        /// Of the characters.
        encoding: Encoding,
    },
    /// Text with a fiscal code on each line and no header, as a list that was copied and pasted.
    Codes {
        /// Of the characters.
        encoding: Encoding,
    },
    /// An Excel workbook.
    Xlsx {
        /// Name of the sheet that is read.
        sheet: String,
        /// How many sheets the workbook has.
        sheets: usize,
    },
    /// An `OpenDocument` workbook, as `LibreOffice` saves.
    Ods {
        /// Name of the sheet that is read.
        sheet: String,
        /// How many sheets the workbook has.
        sheets: usize,
    },
}

impl Kind {
    /// The sentence that tells the operator how the file is being read.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let workbook = |one, many, sheet: &String, sheets: usize| match sheets {
            0 | 1 => Phrase::new(one).with("sheet", sheet),
            _ => Phrase::new(many).with("sheet", sheet).with("sheets", sheets),
        };
        match self {
            Self::Csv { separator, encoding } => Phrase::new("sheet-kind-text")
                .with("separator", separator.name())
                .with("encoding", encoding.name()),
            Self::Codes { encoding } => Phrase::new("sheet-kind-codes").with("encoding", encoding.name()),
            Self::Xlsx { sheet, sheets } => {
                workbook("sheet-kind-xlsx", "sheet-kind-xlsx-of-many", sheet, *sheets)
            }
            Self::Ods { sheet, sheets } => {
                workbook("sheet-kind-ods", "sheet-kind-ods-of-many", sheet, *sheets)
            }
        }
    }
}
