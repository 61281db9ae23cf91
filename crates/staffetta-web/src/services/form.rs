//! The form of a service: what was typed, and what it asks of the ledger.

use secrecy::SecretString;
use serde::Deserialize;
use staffetta_domain::limits::{DESCRIPTION_MAX, SERVICE_AMOUNT_DEFAULT_CENTS};
use staffetta_domain::{Amount, IoServiceId, Phrase, RowFault};
use staffetta_io::{BaseUrl, Connection, UrlPolicy};
use staffetta_store::services::{Service, ServiceChange};
use staffetta_words::{say, text};
use std::collections::BTreeMap;

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

/// What was typed. No `Debug`: the key is in it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ServiceForm {
    pub(super) name: String,
    pub(super) io_service_id: String,
    pub(super) base_url: String,
    /// Goes in and never comes out: a page that is shown again has an empty field.
    pub(super) key: String,
    pub(super) max_amount: String,
    /// A box that is not ticked is not sent at all.
    pub(super) enabled: Option<String>,
}

/// What was read of it; without faults all is there but the key, which may be kept.
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) io_service_id: Option<IoServiceId>,
    pub(super) base_url: String,
    pub(super) key: Option<SecretString>,
    pub(super) max_amount: Amount,
    pub(super) enabled: bool,
}

impl ServiceForm {
    /// For a service to be added.
    pub(super) fn blank() -> Self {
        let usual = Amount::from_cents(SERVICE_AMOUNT_DEFAULT_CENTS).unwrap_or(Amount::MAX);
        Self { max_amount: plain(usual), enabled: Some(String::new()), ..Self::default() }
    }

    /// As a service is now.
    pub(super) fn of(service: &Service) -> Self {
        Self {
            name: service.name.clone(),
            io_service_id: service.io_service_id.clone().unwrap_or_default(),
            base_url: service.base_url.clone(),
            key: String::new(),
            max_amount: plain(service.max_amount),
            enabled: service.enabled.then(String::new),
        }
    }

    /// What is typed, or what is wrong with it.
    pub(super) fn read(&self, policy: &UrlPolicy) -> Result<Typed, Faults> {
        let mut faults = Faults::new();
        let name = self.name.trim();
        if name.is_empty() {
            faults.insert("name", text("service-name-needed"));
        } else if name.chars().count() > DESCRIPTION_MAX {
            faults.insert("name", say(&Phrase::new("name-length").with("max", DESCRIPTION_MAX)));
        }
        let io_service_id = match self.io_service_id.trim() {
            "" => None,
            id => IoServiceId::read(id)
                .map_err(|_| faults.insert("io_service_id", text("service-io-id-wrong")))
                .ok(),
        };
        let base_url = BaseUrl::parse(&self.base_url, policy).map_err(|error| {
            let said = [Some(error.phrase()), error.remedy()].into_iter().flatten();
            faults.insert("base_url", said.map(|phrase| say(&phrase)).collect::<Vec<_>>().join(" "))
        });
        let key = match self.key.trim() {
            "" => None,
            key => {
                let key = Connection::read_key(key);
                if key.is_none() {
                    faults.insert("key", text("service-key-not-text"));
                }
                key
            }
        };
        let max_amount = Amount::read(&self.max_amount).map_err(|error| {
            let fault = RowFault::Amount(error);
            // What to do about a row of a list is not what to do about a limit.
            let said = [say(&fault.phrase()), text("service-amount-wrong")];
            faults.insert("max_amount", said.join(" "))
        });
        match (base_url, max_amount) {
            (Ok(base_url), Ok(max_amount)) if faults.is_empty() => Ok(Typed {
                name: name.to_owned(),
                io_service_id,
                base_url: base_url.as_str().to_owned(),
                key,
                max_amount,
                enabled: self.enabled.is_some(),
            }),
            _ => Err(faults),
        }
    }
}

impl Typed {
    /// Only what differs, so that the history tells what somebody changed.
    pub(super) fn change(&self, service: &Service) -> ServiceChange<'_> {
        let io_service_id = self.io_service_id.as_ref().map(IoServiceId::as_str).unwrap_or_default();
        let known = service.io_service_id.as_deref().unwrap_or_default();
        ServiceChange {
            name: Some(self.name.as_str()).filter(|name| *name != service.name),
            io_service_id: Some(io_service_id).filter(|id| *id != known),
            base_url: Some(self.base_url.as_str()).filter(|url| *url != service.base_url),
            key: self.key.as_ref(),
            max_amount: Some(self.max_amount).filter(|amount| *amount != service.max_amount),
        }
    }
}

/// Whether nothing is to be changed.
pub(super) const fn is_empty(change: &ServiceChange<'_>) -> bool {
    let ServiceChange { name, io_service_id, base_url, key, max_amount } = change;
    name.is_none() && io_service_id.is_none() && base_url.is_none() && key.is_none() && max_amount.is_none()
}

/// `10.000,00`.
fn plain(amount: Amount) -> String {
    amount.euro().trim_end_matches([' ', '€']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_io::BaseUrlError;

    const STRICT: UrlPolicy = UrlPolicy { allow_loopback: false, only_loopback: false, allow_private: false };

    #[test]
    fn every_fault_stands_at_its_field() {
        let form = ServiceForm {
            io_service_id: "<b>".into(),
            base_url: "http://10.0.0.7".into(),
            key: "due parole".into(),
            max_amount: "1.234".into(),
            ..ServiceForm::default()
        };
        let faults = form.read(&STRICT).err().unwrap();
        let fields: Vec<_> = faults.keys().copied().collect();
        assert_eq!(fields, ["base_url", "io_service_id", "key", "max_amount", "name"]);
        assert!(faults.values().all(|words| !words.starts_with('[')), "{faults:?}");
    }

    #[test]
    fn a_blank_form_lacks_name_and_address_only() {
        let faults = ServiceForm::blank().read(&STRICT).err().unwrap();
        assert_eq!(faults.keys().copied().collect::<Vec<_>>(), ["base_url", "name"]);
        assert_eq!(ServiceForm::blank().max_amount, "10.000,00");
    }

    #[test]
    fn every_refusal_of_an_address_has_its_words() {
        use BaseUrlError as E;
        for error in [
            E::NotAUrl,
            E::TooLong,
            E::NotHttps,
            E::Credentials,
            E::QueryOrFragment,
            E::Loopback,
            E::NotLoopback,
            E::Private,
        ] {
            for phrase in [Some(error.phrase()), error.remedy()].into_iter().flatten() {
                assert!(!say(&phrase).starts_with('['), "{phrase:?}");
            }
        }
    }
}
