//! *Dividi in N flussi*: a list with several days of sending becomes a draft for each, and the page that tells which.

use super::draft::{Away, draft, find};
use super::flow_address;
use super::reading::{What, begin_unwatched};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::held_or;
use crate::frame::{self, Frame, Person, Place};
use crate::live::Live;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{Parted, STARTS_MAX, part_flow};
use staffetta_domain::{Expedition, FlowId, ListId, Phrase, Rights};
use staffetta_store::flows::FlowSummary;
use staffetta_words::{number, say};

/// What a flow's history calls it.
const PARTED: &str = "flow-parted";
/// Its last events, among which that stands.
const EVENTS_READ: usize = 1_000;

/// What the page says of a list's days of sending.
pub(super) struct Days {
    pub(super) title: String,
    /// Of a list with one day, or with too many: what to know of it.
    pub(super) told: Option<String>,
    /// Each day, and how many go out then.
    pub(super) lines: Vec<(String, i64)>,
    /// The list that is parted, where it can be, and the button.
    pub(super) button: Option<(ListId, String)>,
}

impl Days {
    /// `list` is the flow's list of which this is said, once it is one. Nothing where the file says no day.
    pub(super) fn of(starts: &[(Option<Expedition>, i64)], list: Option<ListId>) -> Option<Self> {
        let count = starts.len();
        let of_count = |key| say(&Phrase::new(key).with("count", count));
        let days = |key| Phrase::new(key).with("max", STARTS_MAX);
        let told = match starts {
            [] | [(None, _)] => return None,
            [(Some(day), _)] => Some(say(&Phrase::new("parting-one").with("day", day.italian()))),
            _ if count > STARTS_MAX => Some(say(&days("parting-too-many"))),
            _ => None,
        };
        let lines = starts.iter().filter(|_| told.is_none());
        Some(Self {
            title: of_count("parting-title"),
            lines: lines.map(|(day, rows)| (say(&Expedition::phrase(*day)), *rows)).collect(),
            button: list.filter(|_| told.is_none()).map(|list| (list, of_count("parting-do"))),
            told,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    list: String,
}

pub(super) async fn part(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, Live::Page).await?.summary.id;
    let list = chosen.list.parse().map_err(|_| Fault::BadRequest)?;
    let parted = part_flow(app.store(), person.scope(), flow, list, app.now()).await.map_err(Fault::from)?;
    let Parted::Done(flows) = parted else {
        let why = held_or(&app, &person, "parting-not-now").await?;
        return Err(Fault::NotNow(Phrase::new(why)).into());
    };
    for part in flows {
        // Who parts them has agreed to go on without the wrong rows, where there are any.
        begin_unwatched(&app, person.scope(), part, What::Kept { accept_valid: true });
    }
    Ok(Redirect::to(&format!("{}/divisi", flow_address(flow))).into_response())
}

#[derive(Template)]
#[template(path = "compose/parted.html")]
struct Page {
    frame: Frame,
    flow: FlowSummary,
    title: String,
    parts: Vec<FlowSummary>,
}

/// The flows that a flow became, as its history has them.
pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = find(&app, &person, &id, Rights::COMPOSE).await?.summary;
    let mut parts = vec![flow.clone()];
    for other in others(&app, &person, flow.id).await? {
        // One that was thrown away meanwhile is not there any more.
        parts.extend(app.store().find_flow(person.scope(), other).await?.map(|found| found.summary));
    }
    let title =
        Phrase::new("parted-title").with("count", number(i64::try_from(parts.len()).unwrap_or(i64::MAX)));
    let frame = Frame::of(&app, &person, Place::Flows).await?;
    Ok(frame::page(&Page { frame, flow, title: say(&title), parts })?.into_response())
}

async fn others(app: &App, person: &Person, flow: FlowId) -> Result<Vec<FlowId>, Fault> {
    let events = app.store().events_of_flow(person.scope(), flow, EVENTS_READ).await?;
    let last = events.into_iter().filter(|event| event.kind == PARTED).max_by_key(|event| event.at);
    let detail = last.and_then(|event| event.detail).ok_or(Fault::NotFound)?;
    Ok(detail.split(", ").filter_map(|id| id.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_what_can_be_done_with_them() {
        let day = |text: &str| Expedition::from_ledger(text);
        assert!(Days::of(&[], Some(ListId(1))).is_none());
        assert!(Days::of(&[(None, 3)], Some(ListId(1))).is_none());
        let one = Days::of(&[(day("2027-01-03T10:00"), 3)], Some(ListId(1))).unwrap();
        assert!(one.button.is_none() && one.told.unwrap().contains("03/01/2027 10:00"));
        let two = [(None, 1), (day("2027-01-03"), 2)];
        let shown = Days::of(&two, Some(ListId(7))).unwrap();
        assert_eq!(shown.title, "Questo elenco ha 2 date di spedizione");
        assert_eq!(shown.lines, [("senza data".to_owned(), 1), ("03/01/2027".to_owned(), 2)]);
        assert_eq!(shown.button, Some((ListId(7), "Dividi in 2 flussi".to_owned())));
        assert!(Days::of(&two, None).unwrap().button.is_none(), "it is no list yet");
        let many: Vec<_> = (1..=STARTS_MAX + 1).map(|n| (day(&format!("{}-01-01", 2000 + n)), 1)).collect();
        let many = Days::of(&many, Some(ListId(1))).unwrap();
        assert!(many.button.is_none() && many.lines.is_empty() && many.told.is_some());
    }
}
