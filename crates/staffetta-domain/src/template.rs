//! Texts with placeholders: `Gentile {{nome}}, …`.
//!
//! A placeholder names a column and, behind a bar, perhaps a [`Format`]: no conditions, no code.

use crate::Format;

/// A text and its placeholders, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<TemplatePiece>,
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePiece {
    /// Text that everyone gets.
    Text(String),
    /// The value of a column.
    Placeholder {
        /// The column's name, as it is written between the braces, without blanks around it.
        name: String,
        /// How it is written.
        format: Option<Format>,
    },
}

/// What is wrong in a template, and where: line and column count from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TemplateError {
    /// `{{nome` without its `}}` on the same line.
    #[error("line {line}, column {column}: the placeholder is not closed")]
    Unclosed {
        /// Line of the `{{`.
        line: usize,
        /// Column of the `{{`.
        column: usize,
    },
    /// `}}` without its `{{`.
    #[error("line {line}, column {column}: the placeholder is not opened")]
    Unopened {
        /// Line of the `}}`.
        line: usize,
        /// Column of the `}}`.
        column: usize,
    },
    /// `{{ }}`.
    #[error("line {line}, column {column}: the placeholder has no name")]
    Empty {
        /// Line of the `{{`.
        line: usize,
        /// Column of the `{{`.
        column: usize,
    },
    /// `{{ nome | grassetto }}`: there is no such format.
    #[error("line {line}, column {column}: there is no format {name}")]
    UnknownFormat {
        /// The format's name.
        name: String,
        /// Line of the `{{`.
        line: usize,
        /// Column of the `{{`.
        column: usize,
    },
    /// `{% … %}`, `{{ nome | filtro | filtro }}`, `{{#se}}`, `{{{nome}}}`: other programs have them.
    #[error("line {line}, column {column}: placeholders are names of columns only")]
    NotSupported {
        /// Line where it starts.
        line: usize,
        /// Column where it starts.
        column: usize,
    },
}

impl Template {
    /// Reads a text with placeholders. Single braces are text.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut from = 0;
        while let Some(open) = text[from..].find("{{").map(|at| from + at) {
            push_text(&mut pieces, text, from, open)?;
            let (line, column) = place(text, open);
            let inner = &text[open + 2..];
            let end = inner.find("}}").ok_or(TemplateError::Unclosed { line, column })?;
            let name = inner[..end].trim();
            if inner[..end].contains("{{") || inner[..end].contains('\n') {
                return Err(TemplateError::Unclosed { line, column });
            }
            if name.is_empty() {
                return Err(TemplateError::Empty { line, column });
            }
            let (name, format) = match name.split_once('|') {
                Some((name, format)) => (name.trim_end(), Some(format.trim_start())),
                None => (name, None),
            };
            if name.is_empty() {
                return Err(TemplateError::Empty { line, column });
            }
            let is_column =
                !name.starts_with(['#', '/', '^', '!', '>', '&', '%']) && !name.contains(['{', '}']);
            if !is_column || format.is_some_and(|format| format.contains('|')) {
                return Err(TemplateError::NotSupported { line, column });
            }
            let unknown =
                |format: &str| TemplateError::UnknownFormat { name: format.to_owned(), line, column };
            let format =
                format.map(|name| Format::from_name(name).ok_or_else(|| unknown(name))).transpose()?;
            pieces.push(TemplatePiece::Placeholder { name: name.to_owned(), format });
            from = open + 2 + end + 2;
        }
        push_text(&mut pieces, text, from, text.len())?;
        Ok(Self { pieces })
    }

    /// Texts and placeholders, in order.
    #[must_use]
    pub fn pieces(&self) -> &[TemplatePiece] {
        &self.pieces
    }

    /// Names of the placeholders, each once, in order of appearance.
    #[must_use]
    pub fn placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for piece in &self.pieces {
            if let TemplatePiece::Placeholder { name, .. } = piece
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        }
        names
    }
}

fn push_text(
    pieces: &mut Vec<TemplatePiece>,
    text: &str,
    from: usize,
    to: usize,
) -> Result<(), TemplateError> {
    let stretch = &text[from..to];
    if let Some(at) = stretch.find("{%") {
        let (line, column) = place(text, from + at);
        return Err(TemplateError::NotSupported { line, column });
    }
    if let Some(at) = stretch.find("}}") {
        let (line, column) = place(text, from + at);
        // A third brace after a placeholder: {{{nome}}} of other programs.
        return Err(if at == 0 && from > 0 {
            TemplateError::NotSupported { line, column }
        } else {
            TemplateError::Unopened { line, column }
        });
    }
    if !stretch.is_empty() {
        pieces.push(TemplatePiece::Text(stretch.to_owned()));
    }
    Ok(())
}

/// Line and column of a byte, from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use TemplateError as E;
    use proptest::prelude::*;

    fn placeholders(text: &str) -> Result<Vec<String>, E> {
        Template::parse(text).map(|template| template.placeholders().into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn names_are_found_once_and_in_order() {
        assert_eq!(
            placeholders("{{ Città di nascita }}: {{nome}}{{cognome}} e {{nome}}"),
            Ok(vec!["Città di nascita".into(), "nome".into(), "cognome".into()])
        );
        assert_eq!(placeholders("senza { segnaposto } {a} }"), Ok(vec![]));
        let pieces = Template::parse("a{{b}}c").unwrap();
        assert_eq!(
            pieces.pieces(),
            [
                TemplatePiece::Text("a".into()),
                TemplatePiece::Placeholder { name: "b".into(), format: None },
                TemplatePiece::Text("c".into())
            ]
        );
    }

    #[test]
    fn a_format_stands_behind_a_bar() {
        for text in ["{{importo|euro}}", "{{ importo | EURO }}", "{{importo |euro }}"] {
            let name = "importo".to_owned();
            let piece = TemplatePiece::Placeholder { name, format: Some(Format::Euro) };
            assert_eq!(Template::parse(text).unwrap().pieces(), [piece]);
        }
        assert_eq!(placeholders("{{a|euro}} {{a|data}} {{a}}"), Ok(vec!["a".into()]));
    }

    #[test]
    fn every_fault_has_its_place() {
        for (text, error) in [
            ("Ciao {{nome", E::Unclosed { line: 1, column: 6 }),
            ("Città\nè {{nome\n}}", E::Unclosed { line: 2, column: 3 }),
            ("{{nome e {{cognome}}", E::Unclosed { line: 1, column: 1 }),
            ("a}} b", E::Unopened { line: 1, column: 2 }),
            ("{{nome}} }}", E::Unopened { line: 1, column: 10 }),
            ("{{ }}", E::Empty { line: 1, column: 1 }),
            ("{{}}", E::Empty { line: 1, column: 1 }),
            ("a {% if x %}", E::NotSupported { line: 1, column: 3 }),
            ("{{ nome | upper }}", E::UnknownFormat { name: "upper".into(), line: 1, column: 1 }),
            ("{{ nome | }}", E::UnknownFormat { name: String::new(), line: 1, column: 1 }),
            ("{{ | euro }}", E::Empty { line: 1, column: 1 }),
            ("{{ nome | euro | data }}", E::NotSupported { line: 1, column: 1 }),
            ("{{ #se nome | euro }}", E::NotSupported { line: 1, column: 1 }),
            ("{{#se nome}}", E::NotSupported { line: 1, column: 1 }),
            ("{{{nome}}}", E::NotSupported { line: 1, column: 1 }),
        ] {
            assert_eq!(placeholders(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_can_be_written_again(text in "([a{}%|\n ]|\\| ?euro){0,20}|.*") {
            if let Ok(template) = Template::parse(&text) {
                let again: String = template.pieces().iter().map(|piece| match piece {
                    TemplatePiece::Text(text) => text.clone(),
                    TemplatePiece::Placeholder { name, format: None } => format!("{{{{{name}}}}}"),
                    TemplatePiece::Placeholder { name, format: Some(format) } => {
                        format!("{{{{{name}|{}}}}}", format.name())
                    }
                }).collect();
                prop_assert_eq!(Template::parse(&again), Ok(template));
            }
        }
    }
}
