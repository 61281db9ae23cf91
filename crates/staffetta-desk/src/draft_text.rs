//! What a person writes of a flow that is being prepared.

use crate::draft_error::DraftError;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{NatureId, Rights, ServiceId};
use staffetta_store::flows::NewFlow;
use staffetta_store::{Scope, Store};

/// A flow's service, nature, names and texts. The texts may still be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftText<'a> {
    /// The service for which it is sent.
    pub service: ServiceId,
    /// Word of its nature.
    pub nature: &'a str,
    /// What it is, for those who look for it.
    pub description: &'a str,
    /// The office's own name for it; a blank one is none.
    pub reference: Option<&'a str>,
    /// *Oggetto*, with placeholders.
    pub subject: &'a str,
    /// *Contenuto*, with placeholders.
    pub markdown: &'a str,
}

impl DraftText<'_> {
    /// Its description, if it is one.
    pub(crate) fn description(&self) -> Option<String> {
        name_of(self.description)
    }

    /// Its reference; the inner `None` is a wrong one.
    #[expect(clippy::option_option, reason = "a reference that is wrong is not one that is missing")]
    pub(crate) fn reference(&self) -> Option<Option<String>> {
        match self.reference.filter(|reference| !reference.trim().is_empty()) {
            None => Some(None),
            Some(reference) => name_of(reference).map(Some),
        }
    }

    /// The nature's number in the ente's list.
    pub(crate) async fn nature(&self, store: &Store, scope: &Scope) -> Result<NatureId, DraftError> {
        let nature = store.nature_by_code(scope.organization, self.nature).await?;
        nature.map(|nature| nature.id).ok_or(DraftError::NoNature)
    }

    /// Whether this person may write with its service now.
    pub(crate) async fn service_is_good(&self, store: &Store, scope: &Scope) -> Result<bool, DraftError> {
        let services = store.services(scope, Rights::COMPOSE).await?;
        Ok(services.iter().any(|service| service.id == self.service && service.enabled))
    }

    pub(crate) fn new_flow(&self, nature: NatureId) -> Result<NewFlow, DraftError> {
        Ok(NewFlow {
            service: self.service,
            nature,
            description: self.description().ok_or(DraftError::Description)?,
            reference: self.reference().ok_or(DraftError::Reference)?,
            subject: kept(self.subject),
            markdown: kept(self.markdown),
        })
    }
}

/// A description, a reference or a model's name without blanks around it, if it is neither empty nor too long.
pub(crate) fn name_of(text: &str) -> Option<String> {
    let text = kept(text.trim());
    (1..=DESCRIPTION_MAX).contains(&text.chars().count()).then_some(text)
}

/// The text without the one character that PostgreSQL does not keep, and that no message carries.
pub(crate) fn kept(text: &str) -> String {
    text.replace('\0', "")
}
