//! Who is signed in, taken from the cookie of a request.

use crate::app::App;
use crate::fault::Fault;
use crate::live::Live;
use crate::sign_in::token_of;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use staffetta_domain::OperatorId;
use staffetta_store::Scope;
use staffetta_store::sessions::SignedIn;

/// The person who asks; without one there is no page.
pub(crate) struct Person(SignedIn);

impl Person {
    pub(crate) const fn scope(&self) -> &Scope {
        &self.0.scope
    }

    pub(crate) const fn operator(&self) -> OperatorId {
        self.0.operator
    }

    pub(crate) const fn is_admin(&self) -> bool {
        self.0.admin
    }

    /// Whether the session still stands: a page that stays open for hours asks again.
    pub(crate) async fn of(app: &App, parts: &Parts) -> Result<Option<Self>, Fault> {
        let Some(token) = token_of(&parts.headers) else { return Ok(None) };
        Ok(app.store().session(token.as_bytes(), app.now()).await?.map(Self))
    }
}

/// The person of a page that refreshes by itself: its asking is no sign that they are there, and does not keep
/// their session from ending.
pub(crate) struct Watcher {
    token: String,
    pub(crate) person: Person,
}

impl Watcher {
    /// The person as they are now; none once the session is over.
    pub(crate) async fn again(&self, app: &App) -> Result<Option<Person>, Fault> {
        Self::of(app, &self.token).await
    }

    async fn of(app: &App, token: &str) -> Result<Option<Person>, Fault> {
        Ok(app.store().unattended_session(token.as_bytes(), app.now()).await?.map(Person))
    }
}

impl FromRequestParts<App> for Watcher {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let token = token_of(&parts.headers).ok_or(Fault::SessionOver)?;
        let person = Self::of(app, &token).await?.ok_or(Fault::SessionOver)?;
        Ok(Self { token, person })
    }
}

/// A person who administers the ente. The store refuses the others, too; here they are told so at once.
pub(crate) struct Admin(pub(crate) Person);

impl FromRequestParts<App> for Admin {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let person = Person::from_request_parts(parts, app).await?;
        if person.is_admin() { Ok(Self(person)) } else { Err(Fault::Forbidden) }
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let wanted = || match parts.method {
            Method::GET => parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            _ => "/".to_owned(),
        };
        Self::of(app, parts).await?.ok_or_else(|| match Live::of(&parts.headers) {
            // A part of a page is not replaced by the sign-in page: what is written around it stays.
            Live::Part => Fault::SessionOver,
            Live::Page => Fault::SignedOut(wanted()),
        })
    }
}
