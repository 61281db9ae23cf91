//! A cell of an .ods: its attributes and its text.

use crate::reading::cell_text::CellFault;
use crate::reading::problem::CellError;
use calamine::DataRef;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use staffetta_domain::limits::ROW_MAX_BYTES;
use std::borrow::Cow;

/// What is shown where a formula failed, in Italian and in English; others have a number.
const ERRORS: [(&str, CellError); 12] = [
    ("#DIV/0!", CellError::DivisionByZero),
    ("#N/D", CellError::NotAvailable),
    ("#N/A", CellError::NotAvailable),
    ("#NOME?", CellError::Name),
    ("#NAME?", CellError::Name),
    ("#NULLO!", CellError::Null),
    ("#NULL!", CellError::Null),
    ("#NUM!", CellError::Number),
    ("#RIF!", CellError::Reference),
    ("#REF!", CellError::Reference),
    ("#VALORE!", CellError::Value),
    ("#VALUE!", CellError::Value),
];

/// A cell being read.
#[derive(Default)]
pub(super) struct OdsCell {
    /// How many columns it fills.
    pub(super) repeats: u32,
    value_type: Type,
    /// The value as it is kept, where it is not the text.
    value: Option<String>,
    has_formula: bool,
    is_error: bool,
    text: String,
    paragraphs: u32,
    /// The text ends with a blank that another would be joined to.
    after_blank: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Type {
    #[default]
    Text,
    Number,
    Date,
    Time,
    Truth,
}

/// The value of an attribute, if an element has it.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = element.attributes();
    // Twice the same does no harm, and looking for it takes long where a file is made to choke its reader.
    let found = attributes.with_checks(false).flatten().find(|one| one.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// How often a row or a cell stands in its place; at least once.
pub(super) fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    // A number beyond all limits is met by the limits.
    attribute(element, name).map_or(1, |number| number.trim().parse().unwrap_or(u32::MAX).max(1))
}

impl OdsCell {
    /// Begins a cell.
    pub(super) fn start(&mut self, element: &BytesStart<'_>) {
        let text = std::mem::take(&mut self.text);
        *self = Self { repeats: 1, text, ..Self::default() };
        self.text.clear();
        let mut attributes = element.attributes();
        for one in attributes.with_checks(false).flatten() {
            let Ok(value) = one.normalized_value(XmlVersion::Implicit1_0) else { continue };
            match one.key.as_ref() {
                "table:number-columns-repeated" => {
                    self.repeats = value.trim().parse().unwrap_or(u32::MAX).max(1);
                }
                "office:value-type" => self.value_type = Type::of(&value),
                "calcext:value-type" => self.is_error = value == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => self.value = Some(value.into_owned()),
                "table:formula" => self.has_formula = true,
                _ => {}
            }
        }
    }

    /// Begins a paragraph: a line of its own.
    pub(super) fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.push('\n', 1);
        }
        self.paragraphs = self.paragraphs.saturating_add(1);
    }

    /// Adds a character so many times; no more than make the row too long anyway.
    pub(super) fn push(&mut self, character: char, times: u32) {
        let times = usize::try_from(times).unwrap_or(usize::MAX).min(self.room());
        self.text.extend(std::iter::repeat_n(character, times));
        self.after_blank = false;
    }

    /// Adds a text, in which blanks in a row are one: others are written as elements.
    pub(super) fn push_text(&mut self, text: &str) {
        if self.room() == 0 {
            return;
        }
        let blank = |character| matches!(character, ' ' | '\t' | '\n' | '\r');
        for part in text.split_inclusive(blank) {
            let word = part.trim_end_matches(blank);
            if !word.is_empty() {
                self.text.push_str(word);
                self.after_blank = false;
            }
            if word.len() < part.len() && !self.after_blank {
                self.text.push(' ');
                self.after_blank = true;
            }
        }
    }

    fn room(&self) -> usize {
        (ROW_MAX_BYTES + 1).saturating_sub(self.text.len())
    }

    /// The value, when the cell is over.
    pub(super) fn value(&self) -> Result<DataRef<'_>, CellFault> {
        if self.is_error || (self.has_formula && self.value_type == Type::Text) {
            let known = ERRORS.iter().find(|(shown, _)| *shown == self.text.trim());
            match known {
                Some((_, error)) => return Err(CellFault::Formula(*error)),
                None if self.is_error => return Err(CellFault::Formula(CellError::Other)),
                None => {}
            }
        }
        let Some(value) = self.value.as_deref() else {
            let is_text = self.value_type == Type::Text;
            return if is_text { Ok(DataRef::SharedString(&self.text)) } else { Err(CellFault::Unreadable) };
        };
        Ok(match self.value_type {
            Type::Text => DataRef::SharedString(value),
            Type::Number => DataRef::Float(value.trim().parse().map_err(|_| CellFault::Unreadable)?),
            Type::Date => DataRef::DateTimeIso(value.to_owned()),
            Type::Time => DataRef::DurationIso(value.to_owned()),
            Type::Truth => DataRef::Bool(value == "true"),
        })
    }
}

impl Type {
    fn of(name: &str) -> Self {
        match name {
            "float" | "percentage" | "currency" => Self::Number,
            "date" => Self::Date,
            "time" => Self::Time,
            "boolean" => Self::Truth,
            _ => Self::Text,
        }
    }
}
