//! The cookie of a session: of this host only, over https (or this machine), out of scripts' reach.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

const NAME: &str = "__Host-staffetta";

/// The token of a request's session.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(NAME).map(|cookie| cookie.value().to_owned())
}

/// The cookie that a browser keeps until it is closed.
pub(super) fn cookie(token: String) -> Cookie<'static> {
    Cookie::build((NAME, token)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

/// What makes a browser forget it.
pub(super) fn forgotten() -> Cookie<'static> {
    cookie(String::new())
}
