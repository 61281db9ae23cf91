//! An office with one service, for the tests of this crate.
#![allow(dead_code, reason = "each test file uses a part of it")]

use secrecy::SecretString;
use staffetta_domain::{Amount, Rights, ServiceId, UnixMillis};
use staffetta_store::passwords::hash_password;
use staffetta_store::services::NewService;
use staffetta_store::testing::TestLedger;
use staffetta_store::{Scope, Store};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) const NOW: UnixMillis = UnixMillis(1_795_000_000_000);

pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

pub(crate) struct Office {
    pub(crate) store: Arc<Store>,
    pub(crate) scope: Scope,
    pub(crate) service: ServiceId,
    pub(crate) markdown: String,
}

pub(crate) async fn office(ledger: &TestLedger) -> Office {
    let store = Arc::new(Store::open(ledger.options()).await.unwrap());
    let ente = store.make_organization("Comune di Prova", NOW).await.unwrap().unwrap();
    let scope = Scope::whole(ente, "anna");
    let service = NewService {
        name: "Tributi",
        base_url: "http://127.0.0.1:1/api/v1",
        key: &SecretString::from("chiave"),
        max_amount: Amount::from_cents(1_000_000).unwrap(),
    };
    let service = store.add_service(&scope, &service, NOW).await.unwrap().unwrap();
    let markdown = std::fs::read_to_string(example("avviso-tari.md")).unwrap();
    Office { store, scope, service, markdown }
}

impl Office {
    /// An operator of the service with these rights.
    pub(crate) async fn operator(&self, name: &str, rights: Rights) -> Scope {
        let password = hash_password(&SecretString::from("una frase lunga abbastanza")).unwrap();
        let services = [(self.service, rights)];
        let ente = self.scope.organization;
        let id = self.store.add_operator(ente, name, &password, false, &services, NOW).await.unwrap();
        self.store.scope_of(ente, id.unwrap()).await.unwrap().unwrap()
    }
}
