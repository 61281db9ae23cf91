//! The sample ente: *Comune di Esempio*, three services, three operators.

use super::passwords::new_password;
use crate::commands::operator::add::{hashed, make_operator};
use crate::commands::simulate::base_url;
use crate::failure::Failure;
use crate::output;
use crate::session::{Session, make_organization};
use crate::settings::Settings;
use secrecy::{ExposeSecret, SecretString};
use staffetta_domain::limits::SERVICE_AMOUNT_DEFAULT_CENTS;
use staffetta_domain::{Amount, Phrase, Rights, ServiceId};
use staffetta_io::{BaseUrl, Clock, Simulator, SystemClock};
use staffetta_store::Store;
use staffetta_store::operators::OperatorChange;
use staffetta_store::services::{NewService, ServiceChange};
use staffetta_words::{say, text};
use std::net::SocketAddr;
use std::sync::Arc;

const ORGANIZATION: &str = "Comune di Esempio";

/// Names of the services.
pub(super) const TRIBUTI: &str = "Tributi";
/// The simulator tells the state of the e-mail copy only of a service with *mail* in its name.
pub(super) const ANAGRAFE: &str = "Anagrafe (con copia e-mail)";
pub(super) const ELETTORALE: &str = "Elettorale";

/// With their keys: the simulator is on this machine, so that they open nothing.
const SERVICES: [(&str, &str); 3] = [
    (TRIBUTI, "chiave-di-esempio-tributi"),
    (ANAGRAFE, "chiave-di-esempio-anagrafe"),
    (ELETTORALE, "chiave-di-esempio-elettorale"),
];

/// Makes what is missing, and leads the services to where the simulator listens this time. Where there will be
/// pages, the passwords of its operators are told.
pub(super) async fn prepare(
    store: Arc<Store>,
    settings: Settings,
    address: SocketAddr,
    has_pages: bool,
) -> Result<Session, Failure> {
    let known = store.organizations().await?.into_iter().next();
    let organization = match known {
        Some(organization) => organization,
        None => make_organization(&store, ORGANIZATION, SystemClock.now()).await?,
    };
    let session = Session::of(store, organization, settings);
    add_services(&session, &base_url(address)).await?;
    refuse_real_hosts(&session).await?;
    add_operators(&session, has_pages).await?;
    Ok(session)
}

/// Makes the services known to the simulator.
pub(super) fn register(simulator: &Simulator) {
    for (name, key) in SERVICES {
        simulator.register_service(name, key);
    }
}

async fn add_services(session: &Session, base_url: &str) -> Result<(), Failure> {
    let (store, scope, now) = (&session.store, &session.scope, session.now());
    let max_amount = Amount::from_cents(SERVICE_AMOUNT_DEFAULT_CENTS).unwrap_or(Amount::MAX);
    for (name, key) in SERVICES {
        let key = SecretString::from(key);
        match store.service_by_name(scope, name).await? {
            None => {
                let new = NewService { name, io_service_id: None, base_url, key: &key, max_amount };
                store.add_service(scope, &new, now).await?;
            }
            Some(service) if service.base_url != base_url => {
                let change =
                    ServiceChange { base_url: Some(base_url), key: Some(&key), ..ServiceChange::default() };
                store.change_service(scope, service.id, &change, now).await?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Someone may have added a service by hand.
async fn refuse_real_hosts(session: &Session) -> Result<(), Failure> {
    for service in session.store.services(&session.scope, Rights::LOOK).await? {
        let here = BaseUrl::parse(&service.base_url, &session.settings.client.url_policy);
        if !here.is_ok_and(|url| url.is_loopback()) {
            return Err(Failure::failed(Phrase::new("cli-demo-real-host").with("name", service.name)));
        }
    }
    Ok(())
}

/// An administrator, one who composes and sends, one who looks. Their passwords are new at every start: they
/// are shown and kept nowhere.
async fn add_operators(session: &Session, tell: bool) -> Result<(), Failure> {
    let mut services: Vec<ServiceId> = Vec::new();
    for (name, _) in SERVICES {
        services.push(session.service(name).await?.id);
    }
    let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
    let with = |services: &[ServiceId], rights: Rights| services.iter().map(|id| (*id, rights)).collect();
    let (store, organization) = (&session.store, session.organization.id);
    let known = store.operators(organization).await?;
    if tell {
        output::line(&text("cli-demo-operators"))?;
    }
    for (name, admin, services) in [
        ("admin", true, Vec::new()),
        ("operatore", false, with(&services[..2], all)),
        ("consulta", false, with(&services, Rights::LOOK)),
    ] {
        let password = new_password()?;
        match known.iter().find(|operator| operator.name == name) {
            Some(operator) => {
                let hashed = hashed(password.clone()).await?;
                let change = OperatorChange { password: Some(&hashed), ..OperatorChange::default() };
                store.change_operator(organization, operator.id, &change).await?;
            }
            None => {
                make_operator(session, name, password.clone(), admin, &services).await?;
            }
        }
        if tell {
            let phrase = Phrase::new("cli-demo-operator").with("name", name);
            output::line(&say(&phrase.with("password", password.expose_secret())))?;
        }
    }
    Ok(())
}
