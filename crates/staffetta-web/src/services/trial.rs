//! *Prova chiave*: asks IO for the profile of the fictitious person, and says what the answer tells of the key.

use super::{Admin, find, told};
use crate::app::App;
use crate::fault::Fault;
use axum::extract::{Path, State};
use axum::response::Redirect;
use staffetta_domain::{FiscalCode, Reason};
use staffetta_io::{BaseUrl, Connection, ProfileAnswer};
use staffetta_store::events::About;
use staffetta_store::services::ServiceToTry;

/// The event that tells of a trial; its detail is the [`Outcome`]'s code.
pub(super) const EVENT: &str = "service-key-tried";
/// How long a person waits for the answer. A call that is given up asked for nothing but a profile.
const WAIT_MS: i64 = 15_000;

/// What the trial of a key told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Right,
    Limited,
    WrongKey,
    NotPermitted,
    WrongAddress,
    Unreachable,
    Busy,
}

impl Outcome {
    const ALL: [Self; 7] = [
        Self::Right,
        Self::Limited,
        Self::WrongKey,
        Self::NotPermitted,
        Self::WrongAddress,
        Self::Unreachable,
        Self::Busy,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Limited => "limited",
            Self::WrongKey => "wrong-key",
            Self::NotPermitted => "not-permitted",
            Self::WrongAddress => "wrong-address",
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Its sentence: what it means and what to do.
    pub(super) fn words(self) -> String {
        staffetta_words::text(&format!("service-try-{}", self.code()))
    }
}

pub(super) async fn try_key(
    State(app): State<App>,
    Admin(person): Admin,
    Path(service): Path<String>,
) -> Result<Redirect, Fault> {
    let id = find(&app, &person, &service).await?.id;
    let to_try = app.store().service_to_try(person.scope(), id).await?.ok_or(Fault::NotFound)?;
    let outcome = ask(&app, to_try).await;
    let scope = person.scope();
    let about = About::service(id);
    let detail = Some(outcome.code());
    app.store().record_event(scope.organization, about, &scope.actor, EVENT, detail, app.now()).await?;
    Ok(Redirect::to(&told(id, "provata")))
}

/// One call, for the person who reaches nobody, whatever the answer.
///
/// It is made beside the engine's budget, which does not know of it. That is safe: a person presses a button
/// now and then, and if that one call is the one too many in the ente's window, IO answers 429 to it (here:
/// busy) or to one of the engine's. A call that got 429 was certainly not taken: the engine waits as long as
/// IO says and makes it again. It delays a message by seconds, and can neither lose nor repeat one.
async fn ask(app: &App, to_try: ServiceToTry) -> Outcome {
    // The configuration may have become stricter since the address was saved.
    let Ok(base_url) = BaseUrl::parse(&to_try.base_url, &app.options().url_policy) else {
        return Outcome::WrongAddress;
    };
    let connection = Connection { base_url, key: to_try.key };
    tokio::select! {
        reply = app.io().profile(&connection, &FiscalCode::FICTITIOUS) => told_by(&reply.answer),
        () = app.clock().sleep(WAIT_MS) => Outcome::Unreachable,
    }
}

/// The gateway looks at the key before anybody looks at the person: whatever is said of the person, the key
/// was right.
const fn told_by(answer: &ProfileAnswer) -> Outcome {
    match answer {
        ProfileAnswer::Refused { reason: Reason::RecipientForbidden, .. } => Outcome::Limited,
        ProfileAnswer::Allowed | ProfileAnswer::Unreachable(_) | ProfileAnswer::Refused { .. } => {
            Outcome::Right
        }
        ProfileAnswer::ServiceStopped { reason: Reason::KeyRefused, .. } => Outcome::WrongKey,
        ProfileAnswer::ServiceStopped { reason: Reason::NotPermitted, .. } => Outcome::NotPermitted,
        ProfileAnswer::ServiceStopped { .. } => Outcome::WrongAddress,
        ProfileAnswer::Later { reason: Reason::IoUnreachable, .. } => Outcome::Unreachable,
        ProfileAnswer::Later { .. } | ProfileAnswer::RateLimited { .. } => Outcome::Busy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_reads_back_and_has_its_words() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
            assert!(!outcome.words().starts_with('['), "{outcome:?}");
        }
    }
}
