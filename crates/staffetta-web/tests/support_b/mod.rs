//! An ente with people of different rights and a flow in its ledger; its pages, asked without a socket.
#![allow(dead_code, reason = "each test file uses a part of it")]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use secrecy::SecretString;
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FlowId, NotificationId, Rights, ServiceId};
use staffetta_io::{Clock, IoClient, Simulator, SimulatorOptions, SystemClock, UrlPolicy};
use staffetta_store::passwords::{HashedPassword, hash_password};
use staffetta_store::testing::{TestLedger, draft};
use staffetta_store::{Scope, Store};
use staffetta_web::{App, AppOptions};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt as _;

/// Hashing is slow on purpose: once is enough, and sessions are begun without it.
static PASSWORD: LazyLock<HashedPassword> =
    LazyLock::new(|| hash_password(&SecretString::from("una frase lunga abbastanza")).unwrap());

/// People of the example, who do not exist.
pub(crate) const LIST: &str = "\
codice_fiscale;nome;importo;numero_avviso
RSSMRA80A01H501U;Maria;19,99;301000000000000001
VRDLGI85M01F205D;Luigi;1.234,56;301000000000000002
BNCNNA90D41L219R;Anna;5,00;301000000000000003
";

pub(crate) struct Town {
    pub(crate) router: Router,
    pub(crate) store: Arc<Store>,
    pub(crate) folder: std::path::PathBuf,
    /// The whole ente.
    pub(crate) whole: Scope,
    pub(crate) tributi: ServiceId,
    /// Every right on the one service.
    pub(crate) bruno: String,
    /// Only looks at it.
    pub(crate) carla: String,
    /// Has no service at all.
    pub(crate) dario: String,
    /// Administers another ente.
    pub(crate) elsewhere: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Town {
    pub(crate) async fn open(ledger: &TestLedger) -> Self {
        Self::with_clock(ledger, Arc::new(SystemClock)).await
    }

    pub(crate) async fn with_clock(ledger: &TestLedger, clock: Arc<dyn Clock>) -> Self {
        let store = Arc::new(Store::open(ledger.options()).await.unwrap());
        let (whole, _) = draft(ledger, "Comune di Prova").await;
        let (other, _) = draft(ledger, "Comune vicino").await;
        let tributi = store.service_by_name(&whole, "Tributi").await.unwrap().unwrap().id;
        let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
        let now = clock.now();
        let person = async |scope: &Scope, name: &str, admin: bool, services: &[(ServiceId, Rights)]| {
            let id = store.add_operator(scope.organization, name, &PASSWORD, admin, services, now).await;
            let token = format!("gettone-di-{name}");
            store
                .begin_session(scope.organization, id.unwrap().unwrap(), token.as_bytes(), now)
                .await
                .unwrap();
            format!("__Host-staffetta={token}")
        };
        let bruno = person(&whole, "bruno", false, &[(tributi, all)]).await;
        let carla = person(&whole, "carla", false, &[(tributi, Rights::LOOK)]).await;
        let dario = person(&whole, "dario", false, &[]).await;
        let elsewhere = person(&other, "elena", true, &[]).await;
        let simulator = Simulator::open(SimulatorOptions::default(), Arc::clone(&clock)).unwrap();
        let folder = ledger.folder().join("temporanei");
        std::fs::create_dir_all(&folder).unwrap();
        let options = AppOptions {
            url_policy: UrlPolicy { allow_loopback: true, only_loopback: true, allow_private: false },
            https: false,
            temporary: folder.clone(),
        };
        let io = Arc::new(IoClient::in_process(Arc::new(simulator)));
        let router = staffetta_web::router(App::new(Arc::clone(&store), io, clock, options));
        Self { router, store, folder, whole, tributi, bruno, carla, dario, elsewhere }
    }

    /// A flow of three people, *Inattivo*.
    pub(crate) async fn inactive(&self) -> FlowId {
        let path = self.folder.join("elenco.csv");
        std::fs::write(&path, LIST).unwrap();
        let request = FlowRequest {
            service: self.tributi,
            nature: "pagamento",
            description: "TARI di prova",
            reference: None,
            subject: "TARI di {{nome}}: il tuo avviso",
            markdown: &"Gentile **{{nome}}**, ecco il tuo avviso. ".repeat(5),
            file: &path,
            file_name: "elenco.csv",
            accept_valid: false,
        };
        let made = create_flow(&self.store, &self.whole, request, SystemClock.now(), |_| ()).await.unwrap();
        std::fs::remove_file(path).unwrap();
        made.id
    }

    /// The same, *Attivo*.
    pub(crate) async fn active(&self) -> FlowId {
        let flow = self.inactive().await;
        let list = self.store.find_flow(&self.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
        let now = SystemClock.now();
        assert!(self.store.activate_flow(&self.whole, flow, list, now).await.unwrap());
        flow
    }

    /// The same, *In invio*; nothing sends it.
    pub(crate) async fn sending(&self) -> FlowId {
        let flow = self.active().await;
        self.store.start_flow(&self.whole, flow, SystemClock.now()).await.unwrap();
        flow
    }

    /// The notification of a row of a flow.
    pub(crate) async fn row(&self, flow: FlowId, row: i64) -> NotificationId {
        let found = self.store.find_flow(&self.whole, flow).await.unwrap().unwrap();
        NotificationId::new(found.summary.list.unwrap(), row)
    }

    pub(crate) async fn get(&self, cookie: &str, path: &str) -> Answer {
        Answer::of(self.ask(Method::GET, cookie, path, &[], &[]).await).await
    }

    pub(crate) async fn post(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        Answer::of(self.ask(Method::POST, cookie, path, form, &[]).await).await
    }

    /// As a script of the page asks.
    pub(crate) async fn post_part(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        Answer::of(self.ask(Method::POST, cookie, path, form, &[("hx-request", "true")]).await).await
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        cookie: &str,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Response {
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "staffetta.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.router.clone().oneshot(request.body(Body::from(body.join("&"))).unwrap()).await.unwrap()
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Self { status, headers, bytes }
    }

    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// It has this status and shows all of this.
    #[track_caller]
    pub(crate) fn shows(&self, status: u16, words: &[&str]) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body());
        for word in words {
            assert!(self.body().contains(word), "“{word}” is not in {}", self.body());
        }
        self
    }

    /// It shows none of this.
    #[track_caller]
    pub(crate) fn hides(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(!self.body().contains(word), "“{word}” is in {}", self.body());
        }
        self
    }

    /// It leads on to this address.
    #[track_caller]
    pub(crate) fn leads(&self, to: &str) -> &Self {
        assert_eq!((self.status, self.location()), (StatusCode::SEE_OTHER, to), "{}", self.body());
        self
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
