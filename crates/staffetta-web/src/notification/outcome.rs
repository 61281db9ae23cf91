//! The state of a notification, with its reason: asked for again and again while it is not final.

use super::{history, may_act};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Watcher};
use crate::hindrance::hindrance;
use crate::notifications::line::email_words;
use crate::single::can_be_rewritten;
use crate::states::StateShown;
use crate::timeline::Happened;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use staffetta_desk::can_be_corrected;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{NotificationId, NotificationState, Phrase, UnixMillis};
use staffetta_store::Scope;
use staffetta_store::notifications::{NotificationDetail, NotificationRow};
use staffetta_words::{say, text};

/// The outcome as its page shows it, for the template `notification/outcome.html`.
#[derive(Template)]
#[template(path = "notification/outcome.html")]
pub(super) struct Outcome {
    id: NotificationId,
    state: StateShown,
    /// What happened and what to do, or what it waits for.
    notes: Vec<String>,
    email: String,
    io_message_id: Option<String>,
    attempt: i16,
    /// It is uncertain, and the person may decide on it.
    may_decide: bool,
    /// It went wrong, and the person may put it right.
    may_correct: bool,
    /// It went wrong, and the person may write another in its place.
    may_rewrite: bool,
    /// IO may be asked for it now, by the person.
    may_verify: bool,
    /// Where it is asked for again, and after how many seconds.
    again: Option<(String, u32)>,
    /// What happened, where the page that asks does not know it yet.
    history: Option<Vec<Happened>>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// How often the page has asked.
    #[serde(default)]
    volta: u32,
    /// The state that it knows.
    stato: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    watcher: Watcher,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let scope = watcher.person.scope();
    let found = app.store().find_notification(scope, number(&id)?).await?.ok_or(Fault::NotFound)?;
    let may_act = may_act(&app, scope, &found).await?;
    let mut outcome = Outcome::of(&app, scope, &found, may_act, asked.volta).await?;
    if asked.stato.as_deref() != Some(found.row.state.code()) {
        outcome.history = Some(history::of(&app, scope, &found).await?);
    }
    frame::page(&outcome)
}

impl Outcome {
    /// `turn` is how often the page has asked before.
    pub(super) async fn of(
        app: &App,
        scope: &Scope,
        detail: &NotificationDetail,
        may_act: bool,
        turn: u32,
    ) -> Result<Self, Fault> {
        let row = &detail.row;
        let is_open = row.state == NotificationState::Accepted && row.io_message_id.is_some();
        Ok(Self {
            id: row.id,
            may_decide: may_act && row.state == NotificationState::Uncertain,
            may_correct: may_act && can_be_corrected(detail),
            may_rewrite: may_act && can_be_rewritten(detail),
            may_verify: may_act && is_open,
            state: row.state.into(),
            notes: notes(app, scope, detail).await?,
            email: email_words(row),
            io_message_id: row.io_message_id.clone(),
            attempt: detail.attempt,
            again: seconds(detail, turn).map(|seconds| (again(row, turn), seconds)),
            history: None,
        })
    }
}

fn again(row: &NotificationRow, turn: u32) -> String {
    format!("/notifiche/{}/esito?volta={}&stato={}", row.id, turn.saturating_add(1), row.state.code())
}

/// After how many seconds it is asked for again; never once it is final. What takes long is asked for less often,
/// and a page that was forgotten not for ever.
fn seconds(detail: &NotificationDetail, turn: u32) -> Option<u32> {
    let awaited = match detail.row.state {
        NotificationState::Queued | NotificationState::InFlight => true,
        NotificationState::Accepted => detail.next_check_at.is_some(),
        _ => false,
    };
    match turn {
        _ if !awaited => None,
        ..60 => Some(1),
        60..180 => Some(5),
        180..400 => Some(30),
        400.. => None,
    }
}

async fn notes(app: &App, scope: &Scope, detail: &NotificationDetail) -> Result<Vec<String>, Fault> {
    let row = &detail.row;
    let mut notes: Vec<String> = row.reason.map(|reason| say(&reason.phrase())).into_iter().collect();
    if row.state == NotificationState::Queued {
        notes.extend(waits(app, scope, detail).await?);
    }
    if row.state == NotificationState::Accepted && detail.next_check_at.is_some() {
        notes.push(text("notification-awaits-outcome"));
    }
    notes
        .extend(row.detail.as_ref().map(|said| say(&Phrase::new("notification-io-said").with("said", said))));
    Ok(notes)
}

/// What keeps it in the queue.
async fn waits(app: &App, scope: &Scope, detail: &NotificationDetail) -> Result<Option<String>, Fault> {
    if let Some(hindrance) = hindrance(app, scope, detail.row.service).await? {
        return Ok(Some(hindrance));
    }
    let later = |at: UnixMillis| at > app.now();
    Ok(detail
        .retry_at
        .filter(|at| later(*at))
        .map(|at| say(&Phrase::new("notification-retry-at").with("at", italian_date_time(at)))))
}
