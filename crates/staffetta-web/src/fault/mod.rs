//! What goes wrong on a page: one enum, one status, words that say what to do.

mod page;

pub(crate) use page::draw;

use crate::filters;
use askama::Template;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use staffetta_domain::Phrase;
use staffetta_store::StoreError;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is no such thing, or it is not this person's: the two are not told apart.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// Nobody is signed in; the address is where they wanted to go.
    SignedOut(String),
    /// The same, told to a part of a page that refreshes by itself: it stays where it is.
    SessionOver,
    /// It cannot be done now; the words say why.
    NotNow(Phrase),
    /// What was sent is not what the page asks for: an address or a form made by hand.
    BadRequest,
    /// The system gives no random bytes.
    NoRandom,
    /// The ledger.
    Store(StoreError),
    /// A fault of the program or of the machine.
    Internal(String),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

/// For logs: of a database's error only what it is, not the values of which it speaks.
impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(out),
            Self::Internal(error) => error.fmt(out),
            other => out.write_str(&other.phrase().key),
        }
    }
}

impl Fault {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignedOut(_) | Self::SessionOver => StatusCode::UNAUTHORIZED,
            Self::NotNow(_) => StatusCode::CONFLICT,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NoRandom | Self::Store(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn phrase(&self) -> Phrase {
        match self {
            Self::NotFound => Phrase::new("web-not-found"),
            Self::Forbidden => Phrase::new("web-forbidden"),
            Self::SignedOut(_) | Self::SessionOver => Phrase::new("web-signed-out"),
            Self::NotNow(phrase) => phrase.clone(),
            Self::BadRequest => Phrase::new("web-bad-request"),
            Self::NoRandom | Self::Store(_) | Self::Internal(_) => Phrase::new("web-fault"),
        }
    }
}

/// The words of a fault, which an answer carries to where its page is drawn.
#[derive(Clone)]
struct Told(String);

/// What takes the place of a part of a page when its session is over.
#[derive(Template)]
#[template(path = "session_over.html")]
pub(crate) struct SessionOver {
    words: String,
}

impl SessionOver {
    pub(crate) fn new() -> Self {
        Self { words: staffetta_words::say(&Fault::SessionOver.phrase()) }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match &self {
            Self::SignedOut(wanted) => {
                return Redirect::to(&crate::sign_in::address(wanted)).into_response();
            }
            Self::SessionOver => {
                let html = SessionOver::new().render().unwrap_or_default();
                return (self.status(), Html(html)).into_response();
            }
            Self::Store(error) => tracing::error!(%error, "a page could not be shown"),
            Self::Internal(error) => tracing::error!(error, "a page could not be shown"),
            Self::NoRandom => tracing::error!("the system gives no random bytes"),
            _ => {}
        }
        let words = staffetta_words::say(&self.phrase());
        (self.status(), Extension(Told(words.clone())), words).into_response()
    }
}
