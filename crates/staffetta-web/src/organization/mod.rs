//! *Impostazioni dell'ente*, for administrators: its name, its calls on IO, its hours; and what to do when its
//! sending is held.

mod form;
mod held;
mod history;
mod hours;
mod settings;

use crate::app::App;
use axum::Router;
use axum::routing::get;
use serde::Deserialize;
use staffetta_domain::Phrase;
use staffetta_words::{number, say, text};

const SETTINGS: &str = "/ente";
/// Where an administrator decides on a held ente.
const HELD: &str = "/ente/fermo";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(SETTINGS, get(settings::show).post(settings::save))
        .route(HELD, get(held::ask).post(held::release))
}

/// What was just done, as an address tells it: never more than one of our own words and a number.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Done {
    Salvato,
    Niente,
    Ripresi,
    Incerti,
    Nonfermi,
}

#[derive(Deserialize)]
struct Asked {
    fatto: Option<Done>,
    /// To how many.
    quanti: Option<i64>,
}

impl Asked {
    fn words(&self) -> Option<String> {
        Some(match self.fatto? {
            Done::Salvato => text("settings-done-saved"),
            Done::Niente => text("settings-done-nothing"),
            Done::Ripresi => text("held-done-resumed"),
            Done::Incerti => {
                let count = self.quanti.unwrap_or_default();
                let phrase = Phrase::new("held-done-in-doubt").with("count", count);
                say(&phrase.with("shown", number(count)))
            }
            Done::Nonfermi => text("held-done-not-held"),
        })
    }
}
