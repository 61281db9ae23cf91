//! What of an active flow is looked at once more before it is sent or approved, for the template `flow/facts.html`.

use crate::about_to_send::{Start, about_to_send};
use crate::app::App;
use crate::fault::Fault;
use crate::forecast::ForecastLine;
use crate::frame::Person;
use crate::money::euro;
use crate::time_needed::time_words;
use staffetta_desk::{sending_time, text_warnings};
use staffetta_domain::UnixMillis;
use staffetta_domain::time::italian_date;
use staffetta_store::flows::{FlowDetail, ListDetail};
use staffetta_store::lists::ListFacts;
use staffetta_words::say;

pub(super) struct Facts {
    /// What to know of the text, for the last time.
    pub(super) warnings: Vec<String>,
    /// All of it in one sentence.
    pub(super) sentence: String,
    pub(super) recipients: i64,
    /// Amounts of the list, in euro: all together, the smallest, the largest.
    pub(super) amounts: Option<[String; 3]>,
    /// First and last due date.
    pub(super) dues: Option<[String; 2]>,
    pub(super) list: Option<ListDetail>,
    pub(super) forecast: Option<ForecastLine>,
    /// How long it takes.
    pub(super) time: String,
}

impl Facts {
    /// `first` is how many are sent where it is not all.
    pub(super) async fn of(
        app: &App,
        person: &Person,
        flow: &FlowDetail,
        (start, first): (Start, Option<i64>),
    ) -> Result<Self, Fault> {
        let (organization, now) = (person.scope().organization, app.now());
        let from = start.reckoned_from(now);
        let time = sending_time(app.store(), organization, &flow.summary, from).await?;
        let ente = app.store().organization(organization).await?.ok_or(Fault::NotFound)?;
        let facts = flow.list.as_ref().map(|list| &list.facts);
        Ok(Self {
            warnings: text_warnings(&flow.subject, &flow.markdown).iter().map(say).collect(),
            sentence: about_to_send(flow, start, first, (&ente.hours, time), now),
            recipients: flow.summary.recipients,
            amounts: facts.and_then(amounts),
            dues: facts.and_then(dues),
            list: flow.list.clone(),
            forecast: ForecastLine::of(app, person, &flow.summary).await?,
            time: time_words(time, from),
        })
    }
}

/// Amounts of a list, in euro: all together, the smallest, the largest.
pub(crate) fn amounts(facts: &ListFacts) -> Option<[String; 3]> {
    Some([facts.total_cents?, facts.min_cents?, facts.max_cents?].map(euro))
}

/// First and last due date of a list.
pub(crate) fn dues(facts: &ListFacts) -> Option<[String; 2]> {
    Some([facts.first_due_at?, facts.last_due_at?].map(|at| italian_date(UnixMillis(at))))
}
