//! Whether a part of a page asks, or the browser for a whole one.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;

/// A request of htmx wants a part of a page; one of a link or a plain form a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live {
    /// A part, which takes the place of another.
    Part,
    /// A page.
    Page,
}

impl Live {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if headers.contains_key("hx-request") { Self::Part } else { Self::Page }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Live {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}
