//! What of an active flow is looked at once more before it is sent or approved, for the template `flow/facts.html`.

use crate::app::App;
use crate::fault::Fault;
use crate::forecast::ForecastLine;
use crate::frame::Person;
use crate::money::euro;
use crate::time_needed::time_words;
use staffetta_desk::sending_time;
use staffetta_store::flows::{FlowDetail, ListDetail};

pub(super) struct Facts {
    pub(super) recipients: i64,
    /// Amounts of the list, in euro: all together, the smallest, the largest.
    pub(super) amounts: Option<[String; 3]>,
    pub(super) list: Option<ListDetail>,
    pub(super) forecast: Option<ForecastLine>,
    /// How long it takes.
    pub(super) time: String,
}

impl Facts {
    pub(super) async fn of(app: &App, person: &Person, flow: &FlowDetail) -> Result<Self, Fault> {
        let organization = person.scope().organization;
        let time = sending_time(app.store(), organization, &flow.summary, app.now()).await?;
        Ok(Self {
            recipients: flow.summary.recipients,
            amounts: flow.list.as_ref().and_then(amounts),
            list: flow.list.clone(),
            forecast: ForecastLine::of(app, person, &flow.summary).await?,
            time: time_words(time, app.now()),
        })
    }
}

fn amounts(list: &ListDetail) -> Option<[String; 3]> {
    let facts = &list.facts;
    let (total, min, max) = (facts.total_cents?, facts.min_cents?, facts.max_cents?);
    Some([total, min, max].map(euro))
}
