//! What is wrong with a list or with one of its rows, and what to do about it.

mod button;

use crate::buttons::{ActionKind, ButtonProblem, FrontMatterError};
use crate::limits::SHOWN_VALUE_MAX;
use crate::{
    Amount, AmountError, DueDateError, FiscalCodeError, Format, NoticeNumberError, PayeeError, Phrase,
    TemplateError, TextError,
};

/// Something for which a whole list, or the text that goes with it, cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanProblem {
    /// No cell of the header has a name.
    EmptyHeader,
    /// No column is known as the fiscal code.
    NoFiscalCodeColumn {
        /// The columns that exist.
        found: Vec<String>,
    },
    /// Two columns have the same name, but for case, accents, blanks and punctuation.
    DuplicateColumn {
        /// Name of the second.
        name: String,
    },
    /// Two columns of different names mean the same (*CF* and *Codice fiscale*).
    SameMeaning {
        /// Name of the first.
        first: String,
        /// Name of the second.
        second: String,
    },
    /// More columns than Staffetta keeps.
    TooManyColumns {
        /// Columns found.
        found: usize,
        /// Most columns.
        max: usize,
    },
    /// A placeholder names no column.
    UnknownPlaceholder {
        /// The name between the braces.
        name: String,
        /// The columns that exist.
        columns: Vec<String>,
    },
    /// A payment needs a column of amounts.
    NoAmountColumn,
    /// A payment needs a column of notice numbers.
    NoNoticeNumberColumn,
    /// A payment that cannot be made after the due date needs a column of due dates.
    NoDueDateColumn,
    /// The flow has the rows of one day of sending only, and no column says the day.
    NoExpeditionColumn,
    /// The placeholders of the *oggetto* are badly written.
    SubjectTemplate(TemplateError),
    /// The placeholders of the *contenuto* are badly written.
    MarkdownTemplate(TemplateError),
    /// The *oggetto* cannot be sent, whatever the values.
    Subject(TextError),
    /// The *contenuto* cannot be sent, whatever the values.
    Markdown(TextError),
    /// The settings of the buttons, written by hand at the start of the *contenuto*, cannot be read.
    FrontMatter(FrontMatterError),
    /// A button of the message is not complete.
    Button(ButtonProblem),
}

/// What is wrong in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Name of the column, where the fault stands in one.
    pub column: Option<String>,
    /// The value, shortened to [`SHOWN_VALUE_MAX`] characters.
    pub value: String,
    /// What is wrong.
    pub fault: RowFault,
}

/// A kind of fault of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// The fiscal code.
    FiscalCode(FiscalCodeError),
    /// The due date.
    DueDate(DueDateError),
    /// When the row is to be sent is written, but cannot be read.
    ExpeditionDate,
    /// The amount.
    Amount(AmountError),
    /// The amount is over the service's own maximum on IO.
    AmountOverService {
        /// The service's maximum.
        max: Amount,
    },
    /// The notice number.
    NoticeNumber(NoticeNumberError),
    /// A payment without an amount.
    PaymentNeedsAmount,
    /// A payment without a notice number.
    PaymentNeedsNotice,
    /// Whether it can be paid after the due date is neither yes nor no.
    NeitherYesNorNo,
    /// A payment that cannot be made after the due date has none.
    ExpiryNeedsDueDate,
    /// The codice fiscale of the ente that is paid.
    Payee(PayeeError),
    /// A placeholder has no value in this row.
    MissingValue {
        /// The name between the braces.
        placeholder: String,
    },
    /// The merged *oggetto* is outside the limits.
    Subject(TextError),
    /// The merged *contenuto* is outside the limits.
    Markdown(TextError),
    /// A value that a button leads to is none of the kind that the button wants.
    ButtonTarget(ActionKind),
    /// More bytes than Staffetta keeps of a row.
    RowTooLong {
        /// Most bytes.
        max: usize,
    },
    /// Fewer cells than the header has.
    FewerCells {
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// More cells than the header has, and not empty.
    MoreCells {
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// The row cannot be read: its quotes or its characters are broken.
    UnreadableRow,
}

impl RowProblem {
    /// A fault of the value in a column.
    #[must_use]
    pub fn in_column(column: &str, value: &str, fault: RowFault) -> Self {
        Self { column: Some(column.to_owned()), value: shortened(value), fault }
    }

    /// A fault of the row as a whole.
    #[must_use]
    pub const fn of_row(fault: RowFault) -> Self {
        Self { column: None, value: String::new(), fault }
    }

    /// What happened.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        self.fault.phrase()
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> Phrase {
        self.fault.remedy()
    }
}

/// The first [`SHOWN_VALUE_MAX`] characters of a value, on one line; `…` in place of the last if there are more.
#[must_use]
pub fn shortened(value: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    match value.char_indices().nth(SHOWN_VALUE_MAX) {
        None => value.chars().map(visible).collect(),
        Some(_) => value.chars().take(SHOWN_VALUE_MAX - 1).map(visible).chain(['…']).collect(),
    }
}

/// A kind of problem: the end of its keys (`problem-…`, `remedy-…`) and what fills its places.
type Kind = (&'static str, Vec<(&'static str, String)>);

fn plain(name: &'static str) -> Kind {
    (name, Vec::new())
}

fn filled(prefix: &str, (name, places): Kind) -> Phrase {
    let args = places.into_iter().map(|(place, value)| (place.into(), value)).collect();
    Phrase { key: format!("{prefix}-{name}").into(), args }
}

fn cells(name: &'static str, found: usize, expected: usize) -> Kind {
    (name, vec![("found", found.to_string()), ("expected", expected.to_string())])
}

fn text_kind(error: TextError, names: [&'static str; 4]) -> Kind {
    let [short, long, rule, blank] = names;
    match error {
        TextError::TooShort { min, found } => {
            (short, vec![("min", min.to_string()), ("found", found.to_string())])
        }
        TextError::TooLong { max, found } => {
            (long, vec![("max", max.to_string()), ("found", found.to_string())])
        }
        TextError::FirstLineRule => plain(rule),
        TextError::Blank => plain(blank),
    }
}

fn subject_kind(error: TextError) -> Kind {
    // An oggetto is never taken for settings of buttons; should it ever be said, it is a matter of its first line.
    text_kind(error, ["subject-short", "subject-long", "markdown-rule", "subject-blank"])
}

fn markdown_kind(error: TextError) -> Kind {
    text_kind(error, ["markdown-short", "markdown-long", "markdown-rule", "markdown-blank"])
}

fn template_kind(text: &'static str, error: &TemplateError) -> Kind {
    let (name, line, column) = match error {
        TemplateError::Unclosed { line, column } => ("placeholder-unclosed", line, column),
        TemplateError::Unopened { line, column } => ("placeholder-unopened", line, column),
        TemplateError::Empty { line, column } => ("placeholder-empty", line, column),
        TemplateError::UnknownFormat { line, column, .. } => ("placeholder-unknown-format", line, column),
        TemplateError::NotSupported { line, column } => ("placeholder-not-supported", line, column),
    };
    let mut told =
        vec![("text", text.to_owned()), ("line", line.to_string()), ("column", column.to_string())];
    if let TemplateError::UnknownFormat { name, .. } = error {
        let known: Vec<String> = Format::ALL.iter().map(|format| format.name().to_owned()).collect();
        told.extend([("name", shortened(name)), ("formats", listed(&known))]);
    }
    (name, told)
}

impl PlanProblem {
    /// What happened.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        filled("problem", self.kind())
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> Phrase {
        filled("remedy", self.kind())
    }

    fn kind(&self) -> Kind {
        match self {
            Self::EmptyHeader => plain("empty-header"),
            Self::NoFiscalCodeColumn { found } => ("no-fiscal-code-column", vec![("columns", listed(found))]),
            Self::DuplicateColumn { name } => ("duplicate-column", vec![("name", shortened(name))]),
            Self::SameMeaning { first, second } => {
                ("same-meaning", vec![("first", shortened(first)), ("second", shortened(second))])
            }
            Self::TooManyColumns { found, max } => {
                ("too-many-columns", vec![("found", found.to_string()), ("max", max.to_string())])
            }
            Self::UnknownPlaceholder { name, columns } => {
                ("unknown-placeholder", vec![("name", shortened(name)), ("columns", listed(columns))])
            }
            Self::NoAmountColumn => plain("no-amount-column"),
            Self::NoNoticeNumberColumn => plain("no-notice-number-column"),
            Self::NoDueDateColumn => plain("no-due-date-column"),
            Self::NoExpeditionColumn => plain("no-expedition-column"),
            // Fluent chooses the Italian words by these.
            Self::SubjectTemplate(error) => template_kind("subject", error),
            Self::MarkdownTemplate(error) => template_kind("markdown", error),
            Self::Subject(error) => subject_kind(*error),
            Self::Markdown(error) => markdown_kind(*error),
            Self::FrontMatter(error) => plain(match error {
                FrontMatterError::Rule => "markdown-rule",
                FrontMatterError::Unreadable => "front-matter-unreadable",
                FrontMatterError::NoItalian => "front-matter-no-italian",
                FrontMatterError::UnknownAction => "front-matter-unknown-action",
            }),
            Self::Button(problem) => button::kind(problem),
        }
    }

    /// One of each kind, for whoever must show that all of them have their words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let name = || "Nome".to_owned();
        let mut samples = vec![
            Self::EmptyHeader,
            Self::NoFiscalCodeColumn { found: vec![name()] },
            Self::DuplicateColumn { name: name() },
            Self::SameMeaning { first: name(), second: name() },
            Self::TooManyColumns { found: 201, max: 200 },
            Self::UnknownPlaceholder { name: name(), columns: vec![name()] },
            Self::NoAmountColumn,
            Self::NoNoticeNumberColumn,
            Self::NoDueDateColumn,
            Self::NoExpeditionColumn,
        ];
        for error in [
            TemplateError::Unclosed { line: 1, column: 2 },
            TemplateError::Unopened { line: 1, column: 2 },
            TemplateError::Empty { line: 1, column: 2 },
            TemplateError::UnknownFormat { name: name(), line: 1, column: 2 },
            TemplateError::NotSupported { line: 1, column: 2 },
        ] {
            samples.push(Self::SubjectTemplate(error.clone()));
            samples.push(Self::MarkdownTemplate(error));
        }
        samples.extend(text_samples().map(Self::Subject));
        samples.extend(text_samples().map(Self::Markdown));
        use FrontMatterError::{NoItalian, Rule, UnknownAction, Unreadable};
        samples.extend([Rule, Unreadable, NoItalian, UnknownAction].map(Self::FrontMatter));
        samples.extend(button::samples().map(Self::Button));
        samples
    }
}

/// Names in a sentence.
fn listed(names: &[String]) -> String {
    names.iter().map(|name| shortened(name)).collect::<Vec<_>>().join(", ")
}

fn text_samples() -> impl Iterator<Item = TextError> {
    [
        TextError::TooShort { min: 10, found: 9 },
        TextError::TooLong { max: 120, found: 121 },
        TextError::FirstLineRule,
        TextError::Blank,
    ]
    .into_iter()
}

impl RowFault {
    /// What happened.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        filled("problem", self.kind())
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> Phrase {
        filled("remedy", self.kind())
    }

    fn kind(&self) -> Kind {
        match self {
            Self::FiscalCode(error) => match error {
                FiscalCodeError::Empty => plain("fiscal-code-empty"),
                FiscalCodeError::Length { found } => {
                    ("fiscal-code-length", vec![("found", found.to_string())])
                }
                FiscalCodeError::Company => plain("fiscal-code-company"),
                FiscalCodeError::Numeric => plain("fiscal-code-numeric"),
                FiscalCodeError::Layout => plain("fiscal-code-layout"),
                FiscalCodeError::Date => plain("fiscal-code-date"),
                FiscalCodeError::CheckCharacter => plain("fiscal-code-check-character"),
            },
            Self::DueDate(error) => plain(match error {
                DueDateError::Empty => "due-date-empty",
                DueDateError::Layout => "due-date-layout",
                DueDateError::TwoDigitYear => "due-date-two-digit-year",
                DueDateError::Impossible => "due-date-impossible",
                DueDateError::YearOutOfRange => "due-date-year",
            }),
            Self::Amount(error) => plain(match error {
                AmountError::Empty => "payment-needs-amount",
                AmountError::NotANumber => "amount-not-a-number",
                AmountError::NotCents => "amount-not-cents",
                AmountError::Ambiguous => "amount-ambiguous",
                AmountError::TooManyDecimals => "amount-decimals",
                AmountError::Zero => "amount-zero",
                AmountError::Negative => "amount-negative",
                AmountError::OverMax => "amount-over-max",
            }),
            Self::ExpeditionDate => plain("expedition-date"),
            Self::AmountOverService { max } => ("amount-over-service", vec![("max", max.euro())]),
            Self::NoticeNumber(error) => match error {
                NoticeNumberError::Empty => plain("payment-needs-notice"),
                NoticeNumberError::Length { found } => {
                    ("notice-number-length", vec![("found", found.to_string())])
                }
                NoticeNumberError::FirstDigit => plain("notice-number-first-digit"),
                NoticeNumberError::NotDigits => plain("notice-number-not-digits"),
                NoticeNumberError::AlteredBySpreadsheet => plain("notice-number-altered"),
            },
            Self::PaymentNeedsAmount => plain("payment-needs-amount"),
            Self::PaymentNeedsNotice => plain("payment-needs-notice"),
            Self::NeitherYesNorNo => plain("yes-or-no"),
            Self::ExpiryNeedsDueDate => plain("expiry-needs-due-date"),
            Self::Payee(error) => plain(match error {
                PayeeError::Layout => "payee-layout",
                PayeeError::CheckDigit => "payee-check-digit",
            }),
            Self::MissingValue { placeholder } => {
                ("missing-value", vec![("placeholder", shortened(placeholder))])
            }
            Self::Subject(error) => subject_kind(*error),
            Self::Markdown(error) => markdown_kind(*error),
            Self::ButtonTarget(kind) => ("button-target-in-row", vec![("kind", kind.name().to_owned())]),
            Self::RowTooLong { max } => ("row-too-long", vec![("max", (max / 1024).to_string())]),
            Self::FewerCells { found, expected } => cells("fewer-cells", *found, *expected),
            Self::MoreCells { found, expected } => cells("more-cells", *found, *expected),
            Self::UnreadableRow => plain("unreadable-row"),
        }
    }

    /// One of each kind, for whoever must show that all of them have their words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        use {AmountError as A, DueDateError as D, FiscalCodeError as F, NoticeNumberError as N};
        let mut samples = vec![
            Self::AmountOverService { max: Amount::MAX },
            Self::ExpeditionDate,
            Self::PaymentNeedsAmount,
            Self::PaymentNeedsNotice,
            Self::NeitherYesNorNo,
            Self::ExpiryNeedsDueDate,
            Self::Payee(PayeeError::Layout),
            Self::Payee(PayeeError::CheckDigit),
            Self::MissingValue { placeholder: "nome".to_owned() },
            Self::RowTooLong { max: crate::limits::ROW_MAX_BYTES },
            Self::FewerCells { found: 1, expected: 2 },
            Self::MoreCells { found: 3, expected: 2 },
            Self::UnreadableRow,
        ];
        samples.extend(ActionKind::ALL.map(Self::ButtonTarget));
        let codes = [
            F::Empty,
            F::Length { found: 15 },
            F::Company,
            F::Numeric,
            F::Layout,
            F::Date,
            F::CheckCharacter,
        ];
        samples.extend(codes.map(Self::FiscalCode));
        let dates = [D::Empty, D::Layout, D::TwoDigitYear, D::Impossible, D::YearOutOfRange];
        samples.extend(dates.map(Self::DueDate));
        let amounts = [
            A::Empty,
            A::NotANumber,
            A::NotCents,
            A::Ambiguous,
            A::TooManyDecimals,
            A::Zero,
            A::Negative,
            A::OverMax,
        ];
        samples.extend(amounts.map(Self::Amount));
        let notices =
            [N::Empty, N::Length { found: 17 }, N::FirstDigit, N::NotDigits, N::AlteredBySpreadsheet];
        samples.extend(notices.map(Self::NoticeNumber));
        samples.extend(text_samples().map(Self::Subject));
        samples.extend(text_samples().map(Self::Markdown));
        samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_short_and_on_one_line() {
        assert_eq!(shortened("a\nb"), "a b");
        assert_eq!(shortened(&"è".repeat(40)), "è".repeat(40));
        assert_eq!(shortened(&"è".repeat(41)), format!("{}…", "è".repeat(39)));
    }

    #[test]
    fn reason_and_remedy_share_the_end_of_their_keys() {
        let fault = RowFault::FewerCells { found: 1, expected: 2 };
        assert_eq!(fault.phrase(), Phrase::new("problem-fewer-cells").with("found", 1).with("expected", 2));
        assert_eq!(fault.remedy(), Phrase::new("remedy-fewer-cells").with("found", 1).with("expected", 2));
        for phrase in PlanProblem::samples().iter().map(PlanProblem::phrase) {
            assert!(phrase.key.starts_with("problem-"));
        }
    }
}
