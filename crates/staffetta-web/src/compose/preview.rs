//! *Anteprima*: the real message of one recipient after another, and whether the flow can be activated.

use super::draft::{Away, draft, may};
use super::report::Told;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Person};
use crate::live::Live;
use crate::message::{Message, payment_words, terms_words};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{Preview, PreviewOf, PreviewRecipient, preview, readiness};
use staffetta_domain::limits::{MARKDOWN_MAX, SUBJECT_MAX, SUBJECT_MIN};
use staffetta_domain::{FlowId, Phrase, Rights};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say};

/// A message, shown.
pub(super) struct Shown {
    pub(super) flow: FlowId,
    /// Which recipient, from 1.
    pub(super) position: i64,
    pub(super) message: Message,
    /// Whose it is: which of how many, and the fiscal code.
    pub(super) person: Option<(String, String)>,
    pub(super) previous: Option<i64>,
    pub(super) next: Option<i64>,
    /// What IO counts.
    pub(super) counts: Vec<String>,
    pub(super) problems: Vec<Told>,
    pub(super) warnings: Vec<String>,
}

/// Whether the flow can be activated, and by whom.
pub(super) struct Ready {
    pub(super) flow: FlowId,
    /// What is missing.
    pub(super) missing: Option<String>,
    pub(super) may_send: bool,
}

#[derive(Template)]
#[template(path = "compose/preview_answer.html")]
struct Part {
    preview: Shown,
    ready: Ready,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    posizione: Option<i64>,
}

impl Asked {
    /// The position, from 1.
    pub(super) fn position(&self) -> i64 {
        self.posizione.unwrap_or(1).max(1)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?;
    if live == Live::Page {
        let page = super::address(flow.summary.id);
        let to = format!("{page}?posizione={}#anteprima", asked.position());
        return Ok(Redirect::to(&to).into_response());
    }
    let ready = Ready::of(&app, &person, &flow).await?;
    let preview = Shown::of(&app, &person, &flow, asked.position()).await?;
    Ok(frame::page(&Part { preview, ready })?.into_response())
}

impl Ready {
    pub(super) async fn of(app: &App, person: &Person, flow: &FlowDetail) -> Result<Self, Fault> {
        Ok(Self {
            flow: flow.summary.id,
            missing: readiness(flow).err().map(|missing| say(&missing.phrase())),
            may_send: may(app, person, flow, Rights::SEND).await?,
        })
    }
}

impl Shown {
    pub(super) async fn of(
        app: &App,
        person: &Person,
        flow: &FlowDetail,
        position: i64,
    ) -> Result<Self, Fault> {
        let id = flow.summary.id;
        let found = preview(app.store(), person.scope(), id, position).await?.ok_or(Fault::NotFound)?;
        let counts = counts(&found);
        let text = Message::text(&flow.summary.service_name, &found.subject, &found.markdown);
        let (message, recipient) = match found.shown {
            PreviewOf::Recipient(recipient) => (of_recipient(text, &recipient), Some(recipient)),
            PreviewOf::Placeholders => (text, None),
        };
        let position = recipient.as_ref().map_or(1, |recipient| recipient.position);
        let of = recipient.as_ref().map_or(1, |recipient| recipient.of);
        Ok(Self {
            flow: id,
            position,
            message,
            person: recipient.map(|one| {
                let words = Phrase::new("compose-recipient").with("position", number(one.position));
                (say(&words.with("of", number(one.of))), one.fiscal_code.as_str().to_owned())
            }),
            previous: (position > 1).then(|| position - 1),
            next: (position < of).then(|| position + 1),
            counts,
            problems: found.problems.iter().map(|one| (one.phrase(), Some(one.remedy())).into()).collect(),
            warnings: found.warnings.iter().map(say).collect(),
        })
    }
}

fn of_recipient(text: Message, recipient: &PreviewRecipient) -> Message {
    Message {
        due_date: recipient.due_date.map(|date| date.italian()),
        payment: recipient.payment.as_ref().map(payment_words),
        terms: recipient.payment.map(|payment| terms_words(payment.terms)).unwrap_or_default(),
        ..text
    }
}

fn counts(found: &Preview) -> Vec<String> {
    let text = [
        count("compose-count-subject", found.subject_units, SUBJECT_MIN, SUBJECT_MAX),
        count("compose-count-markdown", found.markdown_units, found.markdown_min, MARKDOWN_MAX),
    ];
    let all = found.with_buttons_units.map(|units| count("compose-count-buttons", units, 0, MARKDOWN_MAX));
    text.into_iter().chain(all).collect()
}

fn count(key: &'static str, units: usize, min: usize, max: usize) -> String {
    let shown = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX));
    let phrase = Phrase::new(key).with("found", shown(units)).with("min", shown(min));
    say(&phrase.with("max", shown(max)))
}
