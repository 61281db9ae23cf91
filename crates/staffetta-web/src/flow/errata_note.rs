//! That a flow is the errata of another, or has some: how both pages say it.

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use staffetta_desk::errata_phrases;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, Phrase};
use staffetta_store::errata::Errata;
use staffetta_words::say;

/// Of which flow this one is the errata, and of whose recipients.
pub(crate) struct IsErrata {
    pub(crate) source: FlowId,
    pub(crate) words: String,
}

impl IsErrata {
    pub(crate) async fn of(app: &App, person: &Person, flow: FlowId) -> Result<Option<Self>, Fault> {
        let errata = app.store().errata(person.scope(), flow).await?;
        Ok(errata.map(|errata| Self { source: errata.source, words: words(&errata) }))
    }
}

/// An errata that was made of a flow.
pub(crate) struct Made {
    pub(crate) flow: FlowId,
    pub(crate) state: String,
    pub(crate) by: String,
    pub(crate) words: String,
}

impl Made {
    pub(crate) async fn all(app: &App, person: &Person, source: FlowId) -> Result<Vec<Self>, Fault> {
        let all = app.store().errata_of(person.scope(), source).await?;
        Ok(all.iter().map(Self::from).collect())
    }
}

impl From<&Errata> for Made {
    fn from(errata: &Errata) -> Self {
        let by = Phrase::new("errata-made-by")
            .with("at", italian_date_time(errata.created_at))
            .with("name", &errata.created_by);
        Self { flow: errata.flow, state: say(&errata.state.phrase()), by: say(&by), words: words(errata) }
    }
}

fn words(errata: &Errata) -> String {
    errata_phrases(errata).iter().map(say).collect::<Vec<_>>().join(" ")
}
