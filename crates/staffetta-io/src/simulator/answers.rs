//! Answers in the forms of the function (RFC 7807, TC `lib/responses.js`) and of the gateway.

use crate::wire::{REMAINING_HEADER, RETRY_AFTER_HEADER};
use serde_json::{Value, json};

/// An answer that can be put on a wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its `Content-Type`; empty if it has no body.
    pub content_type: &'static str,
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(status: u16, content_type: &'static str, body: String) -> Self {
        Self { status, content_type, headers: Vec::new(), body: body.into_bytes() }
    }

    /// A success of the function.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", body.to_string())
    }

    /// An error of the function.
    pub(crate) fn problem(status: u16, title: &str, detail: &str) -> Self {
        let body = json!({"detail": detail, "status": status, "title": title});
        Self::text(status, "application/problem+json", body.to_string())
    }

    /// An error of the gateway.
    pub(crate) fn gateway(status: u16, message: &str) -> Self {
        let body = json!({"statusCode": status, "message": message});
        Self::text(status, "application/json", body.to_string())
    }

    /// A gateway's error without a word.
    pub(crate) const fn bare(status: u16) -> Self {
        Self { status, content_type: "", headers: Vec::new(), body: Vec::new() }
    }

    /// 429 of the gateway: the header stands in the place of `Retry-After`.
    pub(crate) fn too_many(seconds: i64) -> Self {
        let sentence = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
        Self::gateway(429, &sentence)
            .with(RETRY_AFTER_HEADER, seconds.to_string())
            .with(REMAINING_HEADER, "0".to_owned())
    }

    pub(crate) fn not_here() -> Self {
        Self::problem(
            403,
            "You are not allowed here",
            "You do not have enough permissions to do this operation",
        )
    }

    pub(crate) fn forbidden(title: &str, detail: &str) -> Self {
        Self::problem(403, title, detail)
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}
