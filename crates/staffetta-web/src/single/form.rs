//! The form of a single notification: what was typed, and what the desk is asked.

use crate::app::is_form_token;
use crate::buttons::ButtonsForm;
use serde::{Deserialize, Serialize};
use staffetta_desk::{FieldProblem, SingleAmount, SingleField, SingleRequest};
use staffetta_domain::text::tidy;
use staffetta_domain::{NotificationId, Phrase, ServiceId};
use staffetta_words::say;
use std::collections::BTreeMap;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct SingleForm {
    pub(super) service: String,
    pub(super) fiscal_code: String,
    pub(super) subject: String,
    /// The text alone.
    pub(super) markdown: String,
    #[serde(flatten)]
    pub(super) buttons: ButtonsForm,
    pub(super) due_date: String,
    pub(super) amount: String,
    pub(super) notice_number: String,
    pub(super) reference: String,
    /// A number made for this form alone.
    pub(super) form_token: String,
    /// The notification that went wrong, of which this is the correction.
    pub(super) corrects: String,
}

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

impl SingleForm {
    pub(super) fn service(&self) -> Option<ServiceId> {
        self.service.parse().ok()
    }

    /// The notification that it corrects, if any.
    pub(super) fn corrects(&self) -> Option<NotificationId> {
        self.corrects.parse().ok()
    }

    /// Whether its number may be one of ours: without one, two presses would be two messages.
    pub(super) fn has_token(&self) -> bool {
        is_form_token(&self.form_token)
    }

    /// Whether nothing is written: a service that was chosen is soon chosen again.
    pub(super) fn is_blank(&self) -> bool {
        [
            &self.fiscal_code,
            &self.subject,
            &self.markdown,
            &self.due_date,
            &self.amount,
            &self.notice_number,
            &self.reference,
        ]
        .into_iter()
        .all(|text| text.trim().is_empty())
            && self.buttons.is_blank()
    }

    /// The *contenuto*: the text below its buttons.
    pub(super) fn contents(&self) -> String {
        // A plain form sends other line ends than a script.
        self.buttons.with_text(&tidy(&self.markdown))
    }

    /// What the desk is asked, with this *contenuto*.
    pub(super) fn request<'a>(&'a self, contents: &'a str) -> SingleRequest<'a> {
        SingleRequest {
            service: self.service(),
            fiscal_code: &self.fiscal_code,
            subject: &self.subject,
            markdown: contents,
            due_date: filled(&self.due_date),
            amount: filled(&self.amount).map(SingleAmount::Written),
            notice_number: filled(&self.notice_number),
            reference: filled(&self.reference),
            form_token: Some(&self.form_token),
            corrects: self.corrects(),
        }
    }
}

fn filled(text: &str) -> Option<&str> {
    // No database of ours holds a NUL: a form made by hand.
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('\0'))
}

/// What is wrong, at its field: of two things with one field, both.
pub(super) fn faults(problems: &[FieldProblem]) -> Faults {
    let mut faults = Faults::new();
    for problem in problems {
        let words = format!("{} {}", say(&problem.reason), say(&problem.remedy));
        let told: &mut String = faults.entry(field(problem.field)).or_default();
        if !told.is_empty() {
            told.push(' ');
        }
        told.push_str(&words);
    }
    faults
}

/// One thing that is wrong.
pub(super) fn fault(field: &'static str, phrase: &Phrase) -> Faults {
    Faults::from([(field, say(phrase))])
}

const fn field(field: SingleField) -> &'static str {
    match field {
        SingleField::Service => "service",
        SingleField::FiscalCode => "fiscal_code",
        SingleField::Subject => "subject",
        SingleField::Markdown => "markdown",
        SingleField::Buttons => "buttons",
        SingleField::DueDate => "due_date",
        SingleField::Amount => "amount",
        SingleField::NoticeNumber => "notice_number",
        SingleField::Reference => "reference",
    }
}
