//! The message of a list as it was frozen: the only place where a citizen's content is made.
//!
//! The preview, the sending and the page of a notification call the same function with the same
//! values, so that what was shown is, character for character, what IO gets.

use crate::buttons;
use crate::columns::Columns;
use crate::limits::{MARKDOWN_MAX, SUBJECT_MAX, SUBJECT_MIN};
use crate::merge::{Merge, Used};
use crate::problem::{PlanProblem, RowFault};
use crate::text::{self, RULE, TextError};
use crate::{Amount, Content, DueDate, Markdown, NoticeNumber, Payment, PaymentTerms, Subject};

/// Texts with placeholders, and the columns that fill them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenMessage {
    columns: Columns,
    pub(crate) subject: Merge,
    /// Front matter of the buttons; empty without any.
    pub(crate) front: Merge,
    pub(crate) markdown: Merge,
    payment: bool,
    markdown_min: usize,
}

impl FrozenMessage {
    /// A message from its texts with placeholders. `payment` says that it carries payment data;
    /// `markdown_min` is the least UTF-16 code units that the ente asks of a *contenuto*.
    ///
    /// # Errors
    /// All for which it could be sent to nobody.
    pub fn new(
        subject: &str,
        markdown: &str,
        columns: Columns,
        payment: bool,
        markdown_min: usize,
    ) -> Result<Self, Vec<PlanProblem>> {
        let subject =
            Merge::of_subject(&text::tidy_line(subject), &columns).and_then(|merge| {
                match text_error(&merge, SUBJECT_MIN, SUBJECT_MAX) {
                    Some(error) => Err(vec![PlanProblem::Subject(error)]),
                    None => Ok(merge),
                }
            });
        let markdown = with_buttons(&text::tidy(markdown), &columns, markdown_min);
        match (subject, markdown) {
            (Ok(subject), Ok((front, markdown))) => {
                Ok(Self { columns, subject, front, markdown, payment, markdown_min })
            }
            (subject, markdown) => {
                let mut problems = subject.err().unwrap_or_default();
                for problem in markdown.err().unwrap_or_default() {
                    // The same wrong name in both texts is one mistake.
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                }
                Err(problems)
            }
        }
    }

    /// The columns of its list.
    #[must_use]
    pub const fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether it carries payment data.
    #[must_use]
    pub const fn payment(&self) -> bool {
        self.payment
    }

    /// Least UTF-16 code units of its *contenuto*.
    #[must_use]
    pub const fn markdown_min(&self) -> usize {
        self.markdown_min
    }

    /// What the citizen of a row receives: values are put on one line, without blanks around them, and
    /// escaped for Markdown in the *contenuto* but not in the *oggetto*.
    ///
    /// # Errors
    /// Never for a row that [`ListPlan::check`](crate::ListPlan::check) took.
    pub fn content(
        &self,
        values: &[&str],
        due_date: Option<DueDate>,
        amount: Option<Amount>,
        notice_number: Option<NoticeNumber>,
    ) -> Result<Content, RowFault> {
        let subject = Subject::new(&self.subject.text(values)?).map_err(RowFault::Subject)?;
        let (front, body) = (self.front.text(values)?, self.markdown.text(values)?);
        let markdown = Markdown::below(front, &body, self.markdown_min).map_err(RowFault::Markdown)?;
        let payment = if self.payment {
            Some(Payment {
                amount: amount.ok_or(RowFault::PaymentNeedsAmount)?,
                notice_number: notice_number.ok_or(RowFault::PaymentNeedsNotice)?,
                terms: PaymentTerms::default(),
            })
        } else {
            None
        };
        Ok(Content { subject, markdown, due_date, payment })
    }

    /// The values that the texts use, each way of writing one once.
    pub(crate) fn used(&self) -> Vec<Used> {
        let mut used = self.subject.used();
        for one in self.front.used().into_iter().chain(self.markdown.used()) {
            if !used.iter().any(|other| other.is(one.position, one.format)) {
                used.push(one);
            }
        }
        used
    }
}

/// A tidy *contenuto* parted into the front matter of its buttons and what stands below.
fn with_buttons(
    markdown: &str,
    columns: &Columns,
    markdown_min: usize,
) -> Result<(Merge, Merge), Vec<PlanProblem>> {
    let (buttons, body) = match buttons::split(markdown) {
        Ok(parts) => parts,
        // What is wrong below is told at once, too.
        Err(error) => {
            let below = Merge::of_markdown(markdown, columns).err().unwrap_or_default();
            return Err(std::iter::once(PlanProblem::FrontMatter(error)).chain(below).collect());
        }
    };
    let front = Merge::of_buttons(&buttons, columns);
    let body = Merge::of_markdown(body, columns).and_then(|merge| {
        let error = if merge.start().starts_with(RULE) {
            Some(TextError::FirstLineRule)
        } else {
            text_error(&merge, markdown_min, MARKDOWN_MAX)
        };
        error.map_or(Ok(merge), |error| Err(vec![PlanProblem::Markdown(error)]))
    });
    match (front, body) {
        (Ok(front), Ok(body)) => {
            let least = front.least_units() + body.least_units();
            let error = text::length_error(least, 0, MARKDOWN_MAX);
            error.map_or(Ok((front, body)), |error| Err(vec![PlanProblem::Markdown(error)]))
        }
        (front, body) => Err(front.err().into_iter().chain(body.err()).flatten().collect()),
    }
}

/// Why a text can be sent to nobody, whatever the values.
fn text_error(merge: &Merge, min: usize, max: usize) -> Option<TextError> {
    let least = merge.least_units();
    match merge.constant() {
        Some(text) if text.trim().is_empty() => Some(TextError::Blank),
        Some(_) => text::length_error(least, min, max),
        None => text::length_error(least, 0, max),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buttons::FrontMatterError;

    fn message(subject: &str, markdown: &str) -> Result<FrozenMessage, Vec<PlanProblem>> {
        let columns = Columns::from_ledger(vec!["CF".into(), "Nome".into(), "Note".into()]);
        FrozenMessage::new(subject, markdown, columns, false, 80)
    }

    fn long(start: &str) -> String {
        format!("{start}{}", "x".repeat(100))
    }

    #[test]
    fn values_are_escaped_in_the_markdown_only() {
        let message = message("Avviso per {{nome}}", &long("Gentile {{NOME}},\r\n{{note}}\n")).unwrap();
        let content = message.content(&["", " A_B\n*C* ", "- uno"], None, None, None).unwrap();
        assert_eq!(content.subject.as_str(), "Avviso per A_B *C*");
        assert!(content.markdown.as_str().starts_with("Gentile A\\_B \\*C\\*,\n\\- uno\n"));
    }

    #[test]
    fn a_message_that_nobody_could_get_is_refused() {
        assert_eq!(
            message("Avviso", &long("")),
            Err(vec![PlanProblem::Subject(TextError::TooShort { min: 10, found: 6 })])
        );
        assert_eq!(
            message(&format!("{}{{{{nome}}}}", "x".repeat(120)), &long("")),
            Err(vec![PlanProblem::Subject(TextError::TooLong { max: 120, found: 121 })])
        );
        assert_eq!(
            message("Avviso importante", "Breve"),
            Err(vec![PlanProblem::Markdown(TextError::TooShort { min: 80, found: 5 })])
        );
        assert_eq!(
            message("Avviso importante", &long("---\n{{nome}}")),
            Err(vec![PlanProblem::FrontMatter(FrontMatterError::Rule)])
        );
        assert_eq!(message("Avviso importante", ""), Err(vec![PlanProblem::Markdown(TextError::Blank)]));
        let unknown = |name: &str| PlanProblem::UnknownPlaceholder {
            name: name.to_owned(),
            columns: vec!["CF".into(), "Nome".into(), "Note".into()],
        };
        assert_eq!(
            message("Avviso {{via}} {{nome}}", &long("{{via}} {{città}}")),
            Err(vec![unknown("via"), unknown("città")])
        );
    }

    #[test]
    fn a_value_cannot_make_the_first_line_a_rule() {
        for (start, note) in [("{{note}}\n", "---"), ("-{{note}}\n", "--"), ("--{{note}}\n", "-")] {
            let message = message("Avviso importante", &long(start)).unwrap();
            let content = message.content(&["", "A", note], None, None, None).unwrap();
            assert!(!content.markdown.as_str().starts_with("---"), "{start}");
        }
    }

    #[test]
    fn a_row_without_a_value_or_out_of_limits_is_refused() {
        let message = message("Avviso {{nome}}", &long("")).unwrap();
        let content = |values: &[&str]| message.content(values, None, None, None).map(|_| ());
        assert_eq!(content(&["", "\u{0}\n", ""]), Err(RowFault::MissingValue { placeholder: "nome".into() }));
        assert_eq!(content(&[]), Err(RowFault::MissingValue { placeholder: "nome".into() }));
        assert_eq!(
            content(&["", "A", ""]),
            Err(RowFault::Subject(TextError::TooShort { min: 10, found: 8 }))
        );
        assert_eq!(content(&["", "Anna", ""]), Ok(()));
    }

    #[test]
    fn buttons_are_merged_and_stand_before_the_text() {
        let front = "---\nit:\n  cta_1: {text: \"Ciao {{nome}}\", action: \"https://a.it/{{cf}}\"}\n---\n";
        let message = message("Avviso importante", &long(front)).unwrap();
        let content = message.content(&["A B", "D_ANGELO \"x\"", ""], None, None, None).unwrap();
        let expected = "---\nit:\n  cta_1:\n    text: \"Ciao D_ANGELO \\\"x\\\"\"\n    \
                        action: \"iohandledlink://https://a.it/A%20B\"\n---\n";
        assert_eq!(content.markdown.as_str(), long(expected));
        // What is kept of a message that went out is a contenuto again.
        assert_eq!(Markdown::new(content.markdown.as_str(), 80), Ok(content.markdown));
    }

    #[test]
    fn payment_data_go_out_only_with_a_payment() {
        let amount = Amount::from_cents(1_999);
        let notice = NoticeNumber::read("301000000012345678").ok();
        let plain = message("Avviso importante", &long("")).unwrap();
        assert_eq!(plain.content(&[], None, amount, notice).unwrap().payment, None);
        let payment =
            FrozenMessage::new("Avviso importante", &long(""), Columns::default(), true, 80).unwrap();
        assert_eq!(payment.content(&[], None, None, notice), Err(RowFault::PaymentNeedsAmount));
        assert_eq!(payment.content(&[], None, amount, None), Err(RowFault::PaymentNeedsNotice));
        let sent = payment.content(&[], None, amount, notice).unwrap().payment.unwrap();
        assert_eq!((sent.amount.cents(), sent.notice_number.as_str()), (1_999, "301000000012345678"));
    }
}
