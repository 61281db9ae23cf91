//! *Anteprima*: the real message of one recipient after another, and whether the flow can be activated.

use super::draft::{Away, draft, may};
use super::report::Told;
use super::seek::Sought;
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
use staffetta_words::{number, say, text};

/// A message, shown.
pub(super) struct Shown {
    pub(super) flow: FlowId,
    /// Whether the person may send it to themselves.
    pub(super) may_test: bool,
    /// Which recipient, from 1.
    pub(super) position: i64,
    pub(super) message: Message,
    /// Whose it is; nobody's where no list is ready.
    pub(super) person: Option<Chosen>,
    /// What IO counts.
    pub(super) counts: Vec<String>,
    pub(super) problems: Vec<Told>,
    pub(super) warnings: Vec<String>,
    /// The correction of an errata is still to be written.
    pub(super) write_here: Option<String>,
}

/// The recipient whose message is shown, and others to choose.
pub(super) struct Chosen {
    /// Which of how many.
    pub(super) which: String,
    pub(super) fiscal_code: String,
    /// Where the buttons lead; none for who is shown already.
    pub(super) steps: Vec<Step>,
    pub(super) sought: Sought,
}

/// A button that shows another recipient.
pub(super) struct Step {
    pub(super) id: &'static str,
    pub(super) words: String,
    pub(super) to: Option<i64>,
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
        return Ok(Redirect::to(&address(flow.summary.id, asked.position())).into_response());
    }
    let preview = Shown::of(&app, &person, &flow, asked.position(), Sought::default()).await?;
    Ok(part(&app, &person, &flow, preview).await?)
}

/// The page on which the message at a position is shown.
pub(super) fn address(flow: FlowId, position: i64) -> String {
    format!("{}?posizione={position}#anteprima", super::address(flow))
}

/// The part of the page that shows a message.
pub(super) async fn part(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    preview: Shown,
) -> Result<Response, Fault> {
    let ready = Ready::of(app, person, flow).await?;
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
        sought: Sought,
    ) -> Result<Self, Fault> {
        let id = flow.summary.id;
        let found = preview(app.store(), person.scope(), id, position).await?.ok_or(Fault::NotFound)?;
        let counts = counts(&found);
        let text = Message::text(&flow.summary.service_name, &found.subject, &found.markdown);
        let (message, recipient) = match found.shown {
            PreviewOf::Recipient(recipient) => (of_recipient(text, &recipient), Some(recipient)),
            PreviewOf::Placeholders => (text, None),
        };
        let rights = app.store().rights_on(person.scope(), flow.summary.service).await?;
        Ok(Self {
            may_test: rights.is_some_and(Rights::let_test),
            write_here: to_write(&flow.markdown),
            flow: id,
            position: recipient.as_ref().map_or(1, |recipient| recipient.position),
            message,
            person: recipient.map(|recipient| Chosen::of(&recipient, sought)),
            counts,
            problems: found.problems.iter().map(|one| (one.phrase(), Some(one.remedy())).into()).collect(),
            warnings: found.warnings.iter().map(say).collect(),
        })
    }
}

impl Chosen {
    fn of(recipient: &PreviewRecipient, sought: Sought) -> Self {
        let (position, of) = (recipient.position, recipient.of);
        let step = |id, key, to: Option<i64>| Step {
            id,
            words: text(key),
            to: to.filter(|to| *to != position && (1..=of).contains(to)),
        };
        let mut steps = vec![
            step("preview-first", "compose-first", Some(1)),
            step("preview-previous", "compose-previous", Some(position - 1)),
            step("preview-next", "compose-next", Some(position + 1)),
        ];
        // Where all are alike there is nothing to choose.
        if recipient.shortest != recipient.longest {
            steps.push(step("preview-shortest", "compose-shortest", recipient.shortest));
            steps.push(step("preview-longest", "compose-longest", recipient.longest));
        }
        let words = Phrase::new("compose-recipient").with("position", number(position));
        Self {
            which: say(&words.with("of", number(of))),
            fiscal_code: recipient.fiscal_code.as_str().to_owned(),
            steps,
            sought,
        }
    }
}

/// What is to be done where an errata still has its place for the correction.
fn to_write(markdown: &str) -> Option<String> {
    markdown.contains(&text("errata-place")).then(|| text("errata-write-here"))
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
