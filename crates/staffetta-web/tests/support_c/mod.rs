//! The pages of an ente with an administrator and an operator, asked without a socket.
#![allow(dead_code, reason = "each test file uses a part of it")]

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use secrecy::SecretString;
use staffetta_domain::{Amount, Rights, ServiceId, UnixMillis};
use staffetta_io::{IoClient, Simulator, SimulatorOptions, SystemClock, UrlPolicy};
use staffetta_store::passwords::{HashedPassword, hash_password};
use staffetta_store::services::NewService;
use staffetta_store::testing::TestLedger;
use staffetta_store::{Scope, Store};
use staffetta_web::{App, AppOptions};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

pub const NOW: UnixMillis = UnixMillis(1_760_000_000_000);
pub const PASSWORD: &str = "una frase lunga abbastanza";
/// The key of the services.
pub const KEY: &str = "chiave-segretissima-0123456789";
/// Their address, as the simulator in this process has none.
pub const URL: &str = "http://127.0.0.1:9/api/v1";

/// Hashing is slow on purpose: once is enough.
static HASHED: LazyLock<HashedPassword> =
    LazyLock::new(|| hash_password(&SecretString::from(PASSWORD)).unwrap());

/// The pages, and what stands behind them.
pub struct Pages {
    pub router: Router,
    pub store: Arc<Store>,
    pub simulator: Arc<Simulator>,
    /// The whole ente.
    pub whole: Scope,
    pub tributi: ServiceId,
    pub anagrafe: ServiceId,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    /// Where it leads on.
    pub location: Option<String>,
    pub cookie: Option<String>,
    pub body: String,
}

impl Pages {
    /// *ada* administers; *bruno* has every right on *Tributi* and none on *Anagrafe*; *carla* looks at both.
    pub async fn open(ledger: &TestLedger) -> Self {
        let store = Arc::new(Store::open(ledger.options()).await.unwrap());
        let organization = store.make_organization("Comune di Prova", NOW).await.unwrap().unwrap();
        let whole = Scope::whole(organization, "anna");
        let mut services = Vec::new();
        for name in ["Tributi", "Anagrafe"] {
            let key = SecretString::from(KEY);
            let max_amount = Amount::from_cents(1_000_000).unwrap();
            let new = NewService { name, io_service_id: None, base_url: URL, key: &key, max_amount };
            services.push(store.add_service(&whole, &new, NOW).await.unwrap().unwrap());
        }
        let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
        let looks: Vec<_> = services.iter().map(|service| (*service, Rights::LOOK)).collect();
        for (name, admin, enabled) in
            [("ada", true, &[][..]), ("bruno", false, &[(services[0], all)]), ("carla", false, &looks)]
        {
            store.add_operator(organization, name, &HASHED, admin, enabled, NOW).await.unwrap().unwrap();
        }
        let simulator = Simulator::open(SimulatorOptions::default(), Arc::new(SystemClock)).unwrap();
        let simulator = Arc::new(simulator);
        let options = AppOptions {
            url_policy: UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false },
            https: false,
            temporary: ledger.folder().to_owned(),
        };
        let io = Arc::new(IoClient::in_process(Arc::clone(&simulator)));
        let app = App::new(Arc::clone(&store), io, Arc::new(SystemClock), options);
        let router = staffetta_web::router(app);
        Self { router, store, simulator, whole, tributi: services[0], anagrafe: services[1] }
    }

    /// The cookie of a person who signs in.
    pub async fn sign_in(&self, name: &str) -> String {
        let form = [("name", name), ("password", PASSWORD)];
        let answer = self.post("", "/accedi", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        answer.cookie.unwrap()
    }

    /// A page.
    pub async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.ask(Method::GET, cookie, path, Body::empty()).await
    }

    /// A form.
    pub async fn post(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.ask(Method::POST, cookie, path, Body::from(pairs.join("&"))).await
    }

    async fn ask(&self, method: Method, cookie: &str, path: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "staffetta.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, location) = (response.status(), text(header::LOCATION));
        let cookie = text(header::SET_COOKIE).map(|cookie| cookie.split(';').next().unwrap().to_owned());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, location, cookie, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }
}

impl Answer {
    /// It is this, and shows that.
    #[track_caller]
    pub fn shows(&self, status: StatusCode, words: &str) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.body.contains(words), "“{words}” is not in {}", self.body);
        self
    }

    /// It leads on to this address.
    #[track_caller]
    pub fn leads(&self, to: &str) -> &Self {
        assert_eq!((self.status, self.location.as_deref()), (StatusCode::SEE_OTHER, Some(to)), "{self:?}");
        self
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
