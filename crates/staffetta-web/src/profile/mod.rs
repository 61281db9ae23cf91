//! *Il tuo profilo*: what an operator keeps of themselves, their password, where they are signed in. What they may do
//! is an administrator's to change, on the command line.

mod fiscal_code;
mod page;
mod password;
mod sessions;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

/// The page.
pub(crate) const PROFILE: &str = "/profilo";
const FISCAL_CODE: &str = "/profilo/codice-fiscale";
const PASSWORD: &str = "/profilo/password";
const SESSIONS: &str = "/profilo/sessioni";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(PROFILE, get(page::show))
        .route(FISCAL_CODE, post(fiscal_code::keep))
        .route(PASSWORD, post(password::change))
        .route(SESSIONS, post(sessions::end_others))
}
