//! *Accedi* and *Esci*.

mod cookie;
mod page;

pub(crate) use cookie::token_of;
pub(crate) use page::{begin, first, minutes};

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

const SIGN_IN: &str = "/accedi";
const SIGN_OUT: &str = "/esci";

pub(crate) fn routes() -> Router<App> {
    Router::new().route(SIGN_IN, get(page::show).post(page::sign_in)).route(SIGN_OUT, post(page::sign_out))
}

/// The address of the sign-in page that leads on to `wanted`.
pub(crate) fn address(wanted: &str) -> String {
    if wanted == "/" { SIGN_IN.to_owned() } else { format!("{SIGN_IN}?verso={}", encoded(wanted)) }
}

/// As a value in an address.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
