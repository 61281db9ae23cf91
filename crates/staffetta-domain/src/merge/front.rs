//! The buttons of a message, bound to the columns of a list: the front matter before a *contenuto*.

use super::{Dress, Merge, Piece};
use crate::buttons::{ButtonAction, Buttons, Stretch, is_whole, quoted, stretches};
use crate::columns::Columns;
use crate::problem::PlanProblem;
use crate::template::{Template, TemplatePiece};

impl Merge {
    /// A front matter with its columns; empty where there is no button.
    pub(crate) fn of_buttons(buttons: &Buttons, columns: &Columns) -> Result<Self, Vec<PlanProblem>> {
        let problems = buttons.problems();
        if !problems.is_empty() {
            return Err(problems.into_iter().map(PlanProblem::Button).collect());
        }
        let mut front = Front { columns, pieces: Vec::new(), unknown: Vec::new() };
        for stretch in stretches(buttons) {
            match stretch {
                Stretch::Frame(frame) => front.pieces.push(Piece::Text(frame)),
                Stretch::Text(text) => front.put(text, Dress::Quoted),
                Stretch::Action(action) => front.put(&action.to_io(), dress_of(action)),
            }
        }
        if front.unknown.is_empty() { Ok(Self::of_pieces(front.pieces)) } else { Err(front.unknown) }
    }
}

/// What the values in a target go through.
fn dress_of(action: &ButtonAction) -> Dress {
    use crate::buttons::ActionKind::Copy;
    let whole = Template::parse(action.target()).is_ok_and(|target| is_whole(&target));
    match action.kind() {
        Copy => Dress::Quoted,
        kind if whole => Dress::Target(kind),
        _ => Dress::InTarget,
    }
}

struct Front<'a> {
    columns: &'a Columns,
    pieces: Vec<Piece>,
    unknown: Vec<PlanProblem>,
}

impl Front<'_> {
    /// A text whose placeholders were found well written.
    fn put(&mut self, text: &str, dress: Dress) {
        let Ok(template) = Template::parse(text) else { return };
        self.unknown.extend(super::unknown(&template, self.columns));
        for piece in template.pieces() {
            self.pieces.push(match piece {
                TemplatePiece::Text(text) => {
                    let mut written = String::with_capacity(text.len());
                    quoted(text, |piece| written.push_str(piece));
                    Piece::Text(written)
                }
                TemplatePiece::Placeholder { name, format } => {
                    super::value(name, *format, self.columns, dress)
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buttons::{ActionKind, Button};
    use crate::problem::RowFault;

    fn columns() -> Columns {
        Columns::from_ledger(vec!["Codice".into(), "Sito".into(), "Importo".into()])
    }

    fn front(text: &str, kind: ActionKind, target: &str) -> Result<Merge, Vec<PlanProblem>> {
        let italian = vec![Button::new(text, ButtonAction::new(kind, target))];
        Merge::of_buttons(&Buttons { italian, english: Vec::new() }, &columns())
    }

    #[test]
    fn values_stand_in_the_front_matter_as_yaml_and_addresses_want_them() {
        let merge =
            front("Paga {{importo | euro}}", ActionKind::Web, "https://a.it/{{codice}}?da=io").unwrap();
        assert_eq!(
            merge.text(&["x \"y\"/ù", "", "19.9"]).unwrap(),
            "---\nit:\n  cta_1:\n    text: \"Paga 19,90 €\"\n    action: \
             \"iohandledlink://https://a.it/x%20%22y%22%2F%C3%B9?da=io\"\n---\n"
        );
        let merge = front("Apri", ActionKind::Copy, "n. {{codice}}").unwrap();
        assert!(merge.text(&["1\"\\2"]).unwrap().contains("copy:n. 1\\\"\\\\2\"\n"));
        let merge = front("Apri", ActionKind::Web, "{{sito}}").unwrap();
        assert!(merge.text(&["", "https://b.it/è"]).unwrap().contains("://https://b.it/%C3%A8\"\n"));
        assert_eq!(merge.text(&["", "javascript:alert(1)"]), Err(RowFault::ButtonTarget(ActionKind::Web)));
        assert_eq!(merge.text(&["", " "]), Err(RowFault::MissingValue { placeholder: "sito".into() }));
    }

    #[test]
    fn units_are_those_of_the_text() {
        let mut compared = 0;
        for (kind, target) in [
            (ActionKind::Web, "https://a.it/{{codice}}"),
            (ActionKind::Web, "{{codice}}"),
            (ActionKind::Phone, "{{codice}}"),
            (ActionKind::Copy, "{{codice}}"),
        ] {
            let merge = front("Vai da \"{{sito}}\"", kind, target).unwrap();
            for code in ["https://b.it/\"è\"", "06 123.456", "a\"b"] {
                let values = [code, "\\ 😀 \"x\""];
                let units = merge.units(|position, _| values[position]);
                if let Ok(text) = merge.text(&values) {
                    compared += 1;
                    assert_eq!(units, crate::text::utf16_len(&text), "{text}");
                }
            }
        }
        // Two of the values are no site, and two no phone number.
        assert_eq!(compared, 4 * 3 - 2 - 2);
    }

    #[test]
    fn a_name_that_no_column_has_is_told() {
        let unknown = front("{{via}}", ActionKind::Web, "https://a.it/{{numero}}").unwrap_err();
        assert_eq!(unknown.len(), 2);
        assert!(matches!(front("", ActionKind::Web, "x").unwrap_err()[..], [PlanProblem::Button(_)]));
    }
}
