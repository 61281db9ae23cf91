//! The sign-in page.

use super::SIGN_IN;
use super::cookie::{cookie, forgotten, token_of};
use crate::app::{App, unguessable};
use crate::compose;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, is_trial};
use crate::single;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use secrecy::SecretString;
use serde::Deserialize;
use staffetta_domain::{OperatorId, OrganizationId, Phrase, UnixMillis};
use staffetta_store::operators::Verified;
use staffetta_store::organizations::Organization;
use staffetta_words::say;

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct Page {
    organizations: Vec<Organization>,
    organization: String,
    name: String,
    wanted: String,
    /// What was being written on the page that is wanted: it goes along, and is kept for whoever signs in.
    written: String,
    problem: Option<String>,
    trial: bool,
}

impl Page {
    async fn leading_to(app: &App, wanted: String) -> Result<Self, Fault> {
        let (organizations, trial) = tokio::try_join!(app.store().organizations(), is_trial(app, None))?;
        let (organization, name, written) = <(String, String, String)>::default();
        Ok(Self { organizations, organization, name, wanted, written, problem: None, trial })
    }
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    verso: String,
}

#[derive(Deserialize)]
pub(super) struct Credentials {
    #[serde(default)]
    organization: String,
    name: String,
    password: String,
    #[serde(default)]
    wanted: String,
    #[serde(default)]
    written: String,
}

pub(super) async fn show(State(app): State<App>, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    Ok(frame::page(&Page::leading_to(&app, wanted.verso).await?)?.into_response())
}

/// The page in the place of another, which is led to afterwards; what was written there goes along.
pub(crate) async fn first(app: &App, wanted: &str, written: String, why: &Phrase) -> Result<Response, Fault> {
    let empty = Page::leading_to(app, wanted.to_owned()).await?;
    let page = Page { written, problem: Some(say(why)), ..empty };
    Ok((StatusCode::UNAUTHORIZED, frame::page(&page)?).into_response())
}

pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Form(typed): Form<Credentials>,
) -> Result<Response, Fault> {
    let organizations = app.store().organizations().await?;
    let chosen = match organizations.as_slice() {
        [only] => Some(only),
        several => several.iter().find(|organization| organization.id.to_string() == typed.organization),
    };
    let Some(organization) = chosen else { return Err(Fault::BadRequest) };
    let now = app.now();
    let password = SecretString::from(typed.password);
    let name = typed.name.trim().replace('\0', "");
    let verified = app.store().verify_operator(organization.id, &name, password, now).await?;
    let problem = match verified {
        Verified::Right(operator) => {
            let jar = begin(&app, organization.id, operator).await?;
            let led_to = brought(&app, operator, &typed.wanted, &typed.written).await?;
            // A session that another signed in with on this browser ends here.
            if let Some(old) = token_of(&headers) {
                app.store().end_session(old.as_bytes()).await?;
            }
            return Ok((jar, Redirect::to(&led_to)).into_response());
        }
        Verified::Wrong => Phrase::new("sign-in-wrong"),
        Verified::Locked { until } => Phrase::new("sign-in-locked").with("minutes", minutes(now, until)),
    };
    let page = Page {
        organization: organization.id.to_string(),
        trial: is_trial(&app, None).await?,
        organizations,
        name: typed.name,
        wanted: typed.wanted,
        written: typed.written,
        problem: Some(say(&problem)),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, frame::page(&page)?).into_response())
}

/// A session begins in this browser.
pub(crate) async fn begin(
    app: &App,
    organization: OrganizationId,
    operator: OperatorId,
) -> Result<CookieJar, Fault> {
    let token = unguessable()?;
    app.store().begin_session(organization, operator, token.as_bytes(), app.now()).await?;
    Ok(CookieJar::new().add(cookie(token)))
}

pub(super) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(token) = token_of(&headers) {
        app.store().end_session(token.as_bytes()).await?;
    }
    Ok((CookieJar::new().add(forgotten()), Redirect::to(SIGN_IN)).into_response())
}

/// Where the person goes on: to the page that they wanted, with what they were writing there.
async fn brought(app: &App, operator: OperatorId, wanted: &str, written: &str) -> Result<String, Fault> {
    if !written.is_empty() {
        match wanted {
            single::NEW => single::keep_brought(app, operator, written).await?,
            compose::NEW => return compose::keep_brought(app, operator, written).await,
            _ => {}
        }
    }
    Ok(own_page(wanted).to_owned())
}

/// A page of ours: an address that leads elsewhere, however it is written, leads to the first page.
fn own_page(wanted: &str) -> &str {
    let own = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains(['\\', '\r', '\n', '\t'])
        && !wanted.starts_with(SIGN_IN);
    if own { wanted } else { "/" }
}

/// Whole minutes, the last one begun counted.
pub(crate) fn minutes(now: UnixMillis, until: UnixMillis) -> i64 {
    until.since_ms(now).max(1).div_euclid(60_000) + 1
}

#[cfg(test)]
mod tests {
    use super::super::address;
    use super::*;

    #[test]
    fn only_pages_of_ours_are_led_to() {
        for (wanted, led) in [
            ("/flussi?ricerca=x", "/flussi?ricerca=x"),
            ("", "/"),
            ("//altrove.it/x", "/"),
            ("/\\altrove.it", "/"),
            ("https://altrove.it", "/"),
            ("/accedi?verso=/accedi", "/"),
        ] {
            assert_eq!(own_page(wanted), led, "{wanted}");
        }
    }

    #[test]
    fn an_address_carries_another_whole() {
        assert_eq!(address("/flussi?ricerca=a&dopo=1"), "/accedi?verso=/flussi%3Fricerca%3Da%26dopo%3D1");
        assert_eq!(address("/"), "/accedi");
    }
}
