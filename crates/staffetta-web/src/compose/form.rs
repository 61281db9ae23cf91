//! What is written of a draft, as its forms send it.

use crate::buttons::ButtonsForm;
use serde::{Deserialize, Serialize};
use staffetta_desk::{DraftError, DraftText, Model};
use staffetta_domain::ServiceId;
use staffetta_store::flows::FlowDetail;
use staffetta_store::organizations::OrganizationNature;
use staffetta_words::{say, text};
use std::collections::BTreeMap;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct DraftForm {
    pub(super) service: String,
    /// The model that a new flow begins with; empty for none.
    pub(super) model: String,
    /// Word of the nature.
    pub(super) nature: String,
    pub(super) description: String,
    pub(super) reference: String,
    pub(super) subject: String,
    /// The text alone.
    pub(super) markdown: String,
    #[serde(flatten)]
    pub(super) buttons: ButtonsForm,
    /// The version of the message that the page shows.
    pub(super) version: String,
}

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

impl DraftForm {
    /// A draft as the ledger has it.
    pub(super) fn of(flow: &FlowDetail, natures: &[OrganizationNature]) -> Self {
        let nature = natures.iter().find(|one| one.id == flow.summary.nature);
        let (buttons, markdown) = ButtonsForm::of(&flow.markdown);
        Self {
            service: flow.summary.service.to_string(),
            nature: nature.map(|one| one.nature.code.clone()).unwrap_or_default(),
            description: flow.summary.description.clone(),
            reference: flow.summary.reference.clone().unwrap_or_default(),
            model: String::new(),
            subject: flow.subject.clone(),
            markdown,
            buttons,
            version: flow.version.to_string(),
        }
    }

    /// The same when this model was just chosen: it says the nature, and what the flow is where nobody wrote that.
    /// `is_a_model` tells the name of a model that was chosen before from what a person wrote.
    pub(super) fn with_model(self, model: &Model, is_a_model: impl Fn(&str) -> bool) -> Self {
        let written = self.description.trim();
        let description =
            if written.is_empty() || is_a_model(written) { model.name.clone() } else { self.description };
        Self { nature: model.nature.clone(), description, ..self }
    }

    /// A plain form sends other line ends than a script: the same text must be the same.
    pub(super) fn tidy(mut self) -> Self {
        if self.markdown.contains('\r') {
            self.markdown = self.markdown.replace("\r\n", "\n").replace('\r', "\n");
        }
        self
    }

    /// What a new flow needs and is not there: all of it is told at once.
    pub(super) fn blank(&self) -> Faults {
        [
            ("service", &self.service, "compose-choose-service"),
            ("nature", &self.nature, "compose-choose-nature"),
            ("description", &self.description, "compose-write-description"),
        ]
        .into_iter()
        .filter(|(_, typed, _)| typed.trim().is_empty())
        .map(|(field, _, key)| (field, text(key)))
        .collect()
    }

    /// The *contenuto*: the text below its buttons.
    pub(super) fn contents(&self) -> String {
        self.buttons.with_text(&self.markdown)
    }

    /// As the desk takes it, with its *contenuto*. A service that is none is nobody's.
    pub(super) fn text<'a>(&'a self, contents: &'a str) -> DraftText<'a> {
        DraftText {
            service: self.service.parse().unwrap_or(ServiceId(0)),
            nature: &self.nature,
            description: &self.description,
            reference: Some(&self.reference),
            subject: &self.subject,
            markdown: contents,
        }
    }

    /// The version that was being changed.
    pub(super) fn seen(&self) -> Option<i64> {
        self.version.parse().ok()
    }
}

/// The field at which a reason is told; the others concern no field.
const fn field(error: &DraftError) -> Option<&'static str> {
    match error {
        DraftError::NoService => Some("service"),
        DraftError::NoNature => Some("nature"),
        DraftError::Description => Some("description"),
        DraftError::Reference | DraftError::ReferenceTaken(_) => Some("reference"),
        DraftError::NoDraft | DraftError::Disk(_) | DraftError::Store(_) | DraftError::Reader => None,
    }
}

/// The reasons that are told at their fields.
pub(super) fn faults<'a>(errors: impl IntoIterator<Item = &'a DraftError>) -> Faults {
    let told = |error: &'a DraftError| Some((field(error)?, say(&error.phrase())));
    errors.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_a_plain_form_are_those_of_a_script() {
        let form = DraftForm { markdown: "uno\r\ndue\rtre\n".into(), ..DraftForm::default() };
        assert_eq!(form.tidy().markdown, "uno\ndue\ntre\n");
    }

    #[test]
    fn a_reason_is_told_at_its_field() {
        let told = faults(&[DraftError::Description, DraftError::ReferenceTaken(None), DraftError::NoDraft]);
        assert_eq!(told.keys().copied().collect::<Vec<_>>(), ["description", "reference"]);
    }
}
