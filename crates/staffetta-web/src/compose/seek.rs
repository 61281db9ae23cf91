//! A recipient is looked for, to see their message: by number, or by fiscal code, which is posted and stands in no
//! address.

use super::draft::{Away, draft};
use super::preview::{self, Shown};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::find_recipient;
use staffetta_domain::{FiscalCode, Phrase, Rights, RowFault};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say};

/// Digits of a recipient's number at most; eleven are a provisional fiscal code.
const NUMBER_DIGITS: usize = 8;

/// What was looked for, and what is said of it.
#[derive(Default)]
pub(super) struct Sought {
    pub(super) text: String,
    pub(super) fault: Option<String>,
    /// More was found than is shown.
    pub(super) told: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Seeking {
    cerca: String,
    posizione: i64,
}

/// Where the preview goes.
struct Found {
    position: i64,
    told: Option<Phrase>,
}

pub(super) async fn seek(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(seeking): Form<Seeking>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?;
    let (status, position, sought) = match find(&app, &person, &flow, &seeking).await? {
        Ok(found) if live == Live::Page => {
            return Ok(Redirect::to(&preview::address(flow.summary.id, found.position)).into_response());
        }
        Ok(found) => {
            let told = found.told.as_ref().map(say);
            (StatusCode::OK, found.position, Sought { told, ..Sought::default() })
        }
        Err(fault) if live == Live::Page => return Err(Fault::NotNow(fault).into()),
        Err(fault) => {
            let sought = Sought { text: seeking.cerca, fault: Some(say(&fault)), told: None };
            (StatusCode::UNPROCESSABLE_ENTITY, seeking.posizione, sought)
        }
    };
    let shown = Shown::of(&app, &person, &flow, position, sought).await?;
    Ok((status, preview::part(&app, &person, &flow, shown).await?).into_response())
}

/// The recipient that is meant, or why there is none.
async fn find(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    seeking: &Seeking,
) -> Result<Result<Found, Phrase>, Fault> {
    let of = flow.checked_list().map_or(0, |list| list.valid_rows);
    let written = seeking.cerca.trim();
    if let Some(position) = recipient_number(written) {
        let there = (1..=of).contains(&position);
        let none = || Phrase::new("compose-seek-number").with("of", number(of));
        return Ok(if there { Ok(Found { position, told: None }) } else { Err(none()) });
    }
    let code = match FiscalCode::read(written) {
        Ok(read) => read.code,
        Err(error) => return Ok(Err(RowFault::FiscalCode(error).phrase())),
    };
    app.store().record_lookup(person.scope(), &code, app.now()).await?;
    let flow = flow.summary.id;
    let found = find_recipient(app.store(), person.scope(), flow, &code, seeking.posizione).await?;
    Ok(found.map_or_else(
        || Err(Phrase::new("compose-seek-nobody")),
        |found| {
            let several = || Phrase::new("compose-seek-several").with("count", found.messages);
            Ok(Found { position: found.position, told: (found.messages > 1).then(several) })
        },
    ))
}

/// `1.204`, as the page shows it.
fn recipient_number(written: &str) -> Option<i64> {
    let digits = written.replace('.', "");
    let is_number = digits.len() <= NUMBER_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::recipient_number;

    #[test]
    fn a_number_is_read_as_it_is_shown() {
        for (written, read) in [
            ("1", Some(1)),
            ("1.204", Some(1204)),
            ("0", Some(0)),
            ("", None),
            ("RSSMRA80A01H501U", None),
            ("12345678903", None),
        ] {
            assert_eq!(recipient_number(written), read);
        }
    }
}
