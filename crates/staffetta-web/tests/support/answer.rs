//! What a person gets, and what is to be seen in it.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;

/// An answer, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(super) async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Self { status, headers, bytes }
    }

    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let (_, rest) = self.body().split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        let value = rest.split('"').next().unwrap();
        value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
    }

    /// It has this status and shows all of this.
    #[track_caller]
    pub(crate) fn shows(&self, status: u16, words: &[&str]) -> &Self {
        let body = self.body();
        assert_eq!(self.status.as_u16(), status, "{body}");
        assert_eq!(key_without_words(body), None, "{body}");
        for word in words {
            assert!(body.contains(word), "“{word}” is not in {body}");
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

/// A text without words shows its key in brackets.
fn key_without_words(body: &str) -> Option<&str> {
    body.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(key, _)| key)
        .find(|key| key.contains('-') && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}
