//! A template bound to the columns of a list: measures and builds the text of one row.

mod front;

use crate::Format;
use crate::buttons::{ActionKind, encoded_value, quoted};
use crate::columns::Columns;
use crate::markdown_escape::escape_tidy;
use crate::problem::{PlanProblem, RowFault};
use crate::template::{Template, TemplateError, TemplatePiece};
use crate::text::{tidy_value, utf16_len};
use std::borrow::Cow;

/// What a placeholder's value goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dress {
    /// Nothing: the *oggetto* is not Markdown.
    Plain,
    /// Escaped for Markdown.
    Escaped { at_line_start: bool },
    /// Between the double quotes of a front matter.
    Quoted,
    /// A part of a button's address: it cannot lead elsewhere.
    InTarget,
    /// The whole target of a button.
    Target(ActionKind),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value { position: usize, name: String, format: Option<Format>, dress: Dress },
}

/// A text that has its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    pieces: Vec<Piece>,
    /// UTF-16 code units of the text that everyone gets.
    text_units: usize,
}

impl Merge {
    /// A tidy *oggetto* with its columns.
    pub(crate) fn of_subject(text: &str, columns: &Columns) -> Result<Self, Vec<PlanProblem>> {
        Self::bind(text, columns, false, PlanProblem::SubjectTemplate)
    }

    /// A tidy *contenuto* with its columns.
    pub(crate) fn of_markdown(text: &str, columns: &Columns) -> Result<Self, Vec<PlanProblem>> {
        Self::bind(text, columns, true, PlanProblem::MarkdownTemplate)
    }

    fn bind(
        text: &str,
        columns: &Columns,
        markdown: bool,
        problem: fn(TemplateError) -> PlanProblem,
    ) -> Result<Self, Vec<PlanProblem>> {
        let template = Template::parse(text).map_err(|error| vec![problem(error)])?;
        let unknown = unknown(&template, columns);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut pieces: Vec<Piece> = Vec::with_capacity(template.pieces().len());
        let mut at_line_start = true;
        for piece in template.pieces() {
            match piece {
                TemplatePiece::Text(text) => {
                    at_line_start = ends_at_line_start(text, at_line_start);
                    pieces.push(Piece::Text(text.clone()));
                }
                TemplatePiece::Placeholder { name, format } => {
                    if markdown && let Some(Piece::Text(before)) = pieces.last_mut() {
                        close_escape(before);
                    }
                    let dress = if markdown { Dress::Escaped { at_line_start } } else { Dress::Plain };
                    pieces.push(value(name, *format, columns, dress));
                }
            }
        }
        Ok(Self::of_pieces(pieces))
    }

    fn of_pieces(pieces: Vec<Piece>) -> Self {
        let text_units = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => utf16_len(text),
                Piece::Value { .. } => 0,
            })
            .sum();
        Self { pieces, text_units }
    }

    /// The values in use, each way of writing one once.
    pub(crate) fn used(&self) -> Vec<Used> {
        let mut used: Vec<Used> = Vec::new();
        for piece in &self.pieces {
            if let Piece::Value { position, name, format, .. } = piece
                && !used.iter().any(|other| other.is(*position, *format))
            {
                used.push(Used { position: *position, name: name.clone(), format: *format });
            }
        }
        used
    }

    /// The text that everyone gets, if there is no placeholder.
    pub(crate) fn constant(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text that every message starts with.
    pub(crate) fn start(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// Least UTF-16 code units of the merged text: a value has one at least.
    pub(crate) fn least_units(&self) -> usize {
        self.text_units + self.pieces.iter().filter(|piece| matches!(piece, Piece::Value { .. })).count()
    }

    /// UTF-16 code units of the merged text, without building it; `written` gives the value at a position, as its
    /// format writes it.
    pub(crate) fn units<'v>(&self, written: impl Fn(usize, Option<Format>) -> &'v str) -> usize {
        let mut units = self.text_units;
        for piece in &self.pieces {
            if let Piece::Value { position, format, dress, .. } = piece {
                dress.put(written(*position, *format), |piece| units += utf16_len(piece));
            }
        }
        units
    }

    /// The values that cannot be where they are to stand: their columns, and why.
    pub(crate) fn faults<'v>(
        &self,
        written: impl Fn(usize, Option<Format>) -> &'v str,
    ) -> impl Iterator<Item = (usize, RowFault)> {
        self.pieces.iter().filter_map(move |piece| match piece {
            Piece::Text(_) => None,
            Piece::Value { position, format, dress, .. } => {
                dress.fault(written(*position, *format)).map(|fault| (*position, fault))
            }
        })
    }

    /// The merged text.
    pub(crate) fn text(&self, values: &[&str]) -> Result<String, RowFault> {
        let mut out = String::with_capacity(self.text_units + 64);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value { position, name, format, dress } => {
                    let value = tidy_value(values.get(*position).copied().unwrap_or_default());
                    if value.is_empty() {
                        return Err(RowFault::MissingValue { placeholder: name.clone() });
                    }
                    let value = written(*format, &value)?;
                    dress.fault(&value).map_or(Ok(()), Err)?;
                    dress.put(&value, |piece| out.push_str(piece));
                }
            }
        }
        Ok(out)
    }
}

/// The placeholders that no column fills.
fn unknown(template: &Template, columns: &Columns) -> Vec<PlanProblem> {
    let missing = template.placeholders().into_iter().filter(|name| columns.find(name).is_none());
    missing
        .map(|name| PlanProblem::UnknownPlaceholder {
            name: name.to_owned(),
            columns: columns.names().map(str::to_owned).collect(),
        })
        .collect()
}

/// The place of a column that exists.
fn value(name: &str, format: Option<Format>, columns: &Columns, dress: Dress) -> Piece {
    let position = columns.find(name).unwrap_or_default();
    let in_cents = columns.amount_in_cents() == Some(position);
    Piece::Value {
        position,
        name: name.to_owned(),
        format: format.map(|format| format.of_column(in_cents)),
        dress,
    }
}

/// A value that a text uses, and how it is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) position: usize,
    /// As the text names its column.
    pub(crate) name: String,
    pub(crate) format: Option<Format>,
}

impl Used {
    pub(crate) fn is(&self, position: usize, format: Option<Format>) -> bool {
        (self.position, self.format) == (position, format)
    }
}

/// A tidy value as its format writes it.
pub(crate) fn written(format: Option<Format>, tidy: &str) -> Result<Cow<'_, str>, RowFault> {
    format.map_or(Ok(Cow::Borrowed(tidy)), |format| format.write(tidy))
}

impl Dress {
    fn put(self, value: &str, mut emit: impl FnMut(&str)) {
        match self {
            Self::Plain => emit(value),
            Self::Escaped { at_line_start } => escape_tidy(value, at_line_start, emit),
            Self::Quoted => quoted(value, emit),
            Self::InTarget => encoded_value(value).for_each(emit),
            Self::Target(kind) => quoted(kind.normal(value).as_deref().unwrap_or(value), emit),
        }
    }

    /// What is wrong with a value that is a whole target.
    fn fault(self, value: &str) -> Option<RowFault> {
        match self {
            Self::Target(kind) if kind.normal(value).is_none() => Some(RowFault::ButtonTarget(kind)),
            _ => None,
        }
    }
}

/// Whether what follows `text` stands at the start of a line, i.e. after nothing but marks of lists, quotes and
/// headings. A placeholder before it changes nothing: its value may be made of such marks alone.
fn ends_at_line_start(text: &str, before: bool) -> bool {
    let (line, fresh) = match text.rfind('\n') {
        Some(at) => (&text[at + 1..], true),
        None => (text, before),
    };
    fresh && line.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "-+*>#=_.)".contains(c))
}

/// A backslash of the author's at the end of a text would join the first escape of the value and undo it:
/// it is doubled, and shows as one.
fn close_escape(text: &mut String) {
    let backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    if backslashes % 2 == 1 {
        text.push('\\');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(text: &str, values: &[&str]) -> String {
        let names = (0..values.len()).map(|index| format!("c{index}")).collect();
        Merge::of_markdown(text, &Columns::from_ledger(names)).unwrap().text(values).unwrap()
    }

    #[test]
    fn line_starts_are_known() {
        for (text, value, expected) in [
            ("{{c0}}", "- a", r"\- a"),
            ("Ciao {{c0}}", "- a", "Ciao - a"),
            ("Ciao\n{{c0}}", "1. a", "Ciao\n1\\. a"),
            ("- {{c0}}", "+ a", r"- \+ a"),
            ("> 1. {{c0}}", "- a", r"> 1. \- a"),
            ("-{{c0}}", "-", r"-\-"),
            ("**{{c0}}**", "- a", r"**\- a**"),
        ] {
            assert_eq!(merge(text, &[value]), expected);
        }
        // Digits of one value and the dot of the next would make a list.
        assert_eq!(merge("{{c0}}{{c1}} x", &["1", "."]), r"1\. x");
    }

    #[test]
    fn a_backslash_of_the_author_does_not_undo_an_escape() {
        assert_eq!(merge(r"a\{{c0}}", &["*b*"]), r"a\\\*b\*");
        assert_eq!(merge(r"a\\{{c0}}", &["*b*"]), r"a\\\*b\*");
    }

    #[test]
    fn a_value_is_written_as_its_format_says_and_then_escaped() {
        assert_eq!(merge("{{c0|data_estesa}}: {{c1|euro}}", &["1/2/2027", "5"]), "1° febbraio 2027: 5,00 €");
        assert_eq!(merge("Ciao {{c0|minuscolo}}", &["*A_B*"]), r"Ciao \*a\_b\*");
        let columns = Columns::from_ledger(vec!["c0".into()]);
        let merge = Merge::of_markdown("{{c0|data}}", &columns).unwrap();
        assert!(matches!(merge.text(&["domani"]), Err(RowFault::DueDate(_))));
    }
}
