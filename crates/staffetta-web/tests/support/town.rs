//! The ente: two services, people of different rights, and a neighbour who must see nothing of it.

use super::{Answer, Still, Visitor};
use axum::Router;
use axum::http::header;
use secrecy::SecretString;
use staffetta_domain::{Amount, OrganizationId, Rights, ServiceId, UnixMillis};
use staffetta_io::{Clock, IoClient, Simulator, SimulatorOptions, SystemClock, UrlPolicy};
use staffetta_store::passwords::{HashedPassword, hash_password};
use staffetta_store::services::NewService;
use staffetta_store::testing::TestLedger;
use staffetta_store::{Scope, Store};
use staffetta_web::{App, AppOptions};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

pub(crate) const NOW: UnixMillis = UnixMillis(1_795_000_000_000);
/// What the page of *Invia* carries: every flow of the town was activated [`NOW`].
pub(crate) const ACTIVATED: (&str, &str) = ("activated", "1795000000000");
/// Everybody's.
pub(crate) const PASSWORD: &str = "una frase lunga abbastanza";
/// The key of the services.
pub(crate) const KEY: &str = "chiave-segretissima-0123456789";
/// Their address, as the simulator in this process has none.
pub(crate) const URL: &str = "http://127.0.0.1:9/api/v1";

/// Hashing is slow on purpose: once is enough, and sessions are begun without it.
static HASHED: LazyLock<HashedPassword> =
    LazyLock::new(|| hash_password(&SecretString::from(PASSWORD)).unwrap());

/// The pages, what stands behind them, and who asks.
pub(crate) struct Town {
    router: Router,
    pub(crate) store: Arc<Store>,
    pub(crate) simulator: Arc<Simulator>,
    pub(super) clock: Arc<dyn Clock>,
    /// Where uploads and exports lie for a while.
    pub(crate) folder: PathBuf,
    /// The whole ente.
    pub(crate) whole: Scope,
    pub(crate) tributi: ServiceId,
    pub(crate) anagrafe: ServiceId,
    /// Administers it.
    pub(crate) ada: Visitor,
    /// Has every right on *Tributi*, and none on *Anagrafe*.
    pub(crate) bruno: Visitor,
    /// Only looks, at both services.
    pub(crate) carla: Visitor,
    /// Has no service at all.
    pub(crate) dario: Visitor,
    /// Composes for *Tributi*.
    pub(crate) elsa: Visitor,
    /// Administers another ente.
    pub(crate) elena: Visitor,
    /// Is not signed in.
    pub(crate) nobody: Visitor,
}

impl Town {
    /// Its time stands still.
    pub(crate) async fn open(ledger: &TestLedger) -> Self {
        Self::with_clock(ledger, Arc::new(Still { waits: true })).await
    }

    pub(crate) async fn with_clock(ledger: &TestLedger, clock: Arc<dyn Clock>) -> Self {
        let store = Arc::new(Store::open(ledger.options()).await.unwrap());
        let ente = store.make_organization("Comune di Prova", NOW).await.unwrap().unwrap();
        let other = store.make_organization("Comune vicino", NOW).await.unwrap().unwrap();
        let whole = Scope::whole(ente, "anna");
        let [tributi, anagrafe] =
            [service(&store, &whole, "Tributi").await, service(&store, &whole, "Anagrafe").await];
        let folder = ledger.folder().join("temporanei");
        std::fs::create_dir_all(&folder).unwrap();
        let simulator =
            Arc::new(Simulator::open(SimulatorOptions::default(), Arc::new(SystemClock)).unwrap());
        let options = AppOptions {
            url_policy: UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false },
            https: false,
            temporary: folder.clone(),
        };
        let io = Arc::new(IoClient::in_process(Arc::clone(&simulator)));
        let app = App::new(Arc::clone(&store), io, Arc::clone(&clock), options);
        let router = staffetta_web::router(app);
        let person = async |ente: OrganizationId, name: &str, services: Option<&[(ServiceId, Rights)]>| {
            let (admin, enabled) = (services.is_none(), services.unwrap_or_default());
            let id = store.add_operator(ente, name, &HASHED, admin, enabled, NOW).await.unwrap().unwrap();
            let token = format!("gettone-di-{name}");
            store.begin_session(ente, id, token.as_bytes(), clock.now()).await.unwrap();
            Visitor::new(&router, format!("__Host-staffetta={token}"))
        };
        let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
        let looks = [(tributi, Rights::LOOK), (anagrafe, Rights::LOOK)];
        Self {
            ada: person(ente, "ada", None).await,
            bruno: person(ente, "bruno", Some(&[(tributi, all)])).await,
            carla: person(ente, "carla", Some(&looks)).await,
            dario: person(ente, "dario", Some(&[])).await,
            elsa: person(ente, "elsa", Some(&[(tributi, Rights::COMPOSE)])).await,
            elena: person(other, "elena", None).await,
            nobody: Visitor::new(&router, String::new()),
            router: router.clone(),
            simulator,
            folder,
            whole,
            tributi,
            anagrafe,
            clock: Arc::clone(&clock),
            store: Arc::clone(&store),
        }
    }

    /// Someone of the ente who signs in with their password.
    pub(crate) async fn sign_in(&self, name: &str) -> Visitor {
        let ente = self.whole.organization.to_string();
        let form = [("name", name), ("password", PASSWORD), ("organization", &ente)];
        let answer = self.nobody.post("/accedi", &form).await;
        let cookie = answer.header(header::SET_COOKIE.as_str()).split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("__Host-"), "{}", answer.body());
        Visitor::new(&self.router, cookie)
    }

    /// What a sign-in page answers to a name and a password: it carries what was being written.
    pub(crate) async fn sign_in_on(&self, page: &Answer, name: &str, password: &str) -> Answer {
        let (wanted, written) = (page.hidden("wanted"), page.hidden("written"));
        let ente = self.whole.organization.to_string();
        let form = [
            ("name", name),
            ("password", password),
            ("organization", ente.as_str()),
            ("wanted", wanted.as_str()),
            ("written", written.as_str()),
        ];
        self.nobody.post("/accedi", &form).await
    }

    /// Ends the session of a person of the town, as a working day that is over does.
    pub(crate) async fn end_session(&self, name: &str) {
        self.store.end_session(format!("gettone-di-{name}").as_bytes()).await.unwrap();
    }

    /// Uploads and exports that were left on the disk.
    pub(crate) fn left_behind(&self) -> usize {
        std::fs::read_dir(&self.folder).unwrap().count()
    }
}

async fn service(store: &Store, whole: &Scope, name: &str) -> ServiceId {
    let key = SecretString::from(KEY);
    let max_amount = Amount::from_cents(1_000_000).unwrap();
    let new = NewService { name, io_service_id: None, base_url: URL, key: &key, max_amount };
    store.add_service(whole, &new, NOW).await.unwrap().unwrap()
}
