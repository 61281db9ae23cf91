//! What a forecast says in one line, beside the other facts of a flow that was not sent yet.

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, Phrase};
use staffetta_store::flows::FlowSummary;
use staffetta_words::{number, say, text};

/// The line, for the template `forecast/line.html`.
pub(crate) struct ForecastLine {
    pub(crate) flow: FlowId,
    pub(crate) words: String,
}

impl ForecastLine {
    /// None of a flow that was sent, or whose list is not ready.
    pub(crate) async fn of(app: &App, person: &Person, flow: &FlowSummary) -> Result<Option<Self>, Fault> {
        let is_open = matches!(flow.state, FlowState::Inactive | FlowState::Active);
        if !is_open || flow.recipients == 0 {
            return Ok(None);
        }
        let words = match app.store().forecast(person.scope(), flow.id).await? {
            None => text("forecast-balance-none"),
            Some(forecast) => {
                let phrase = Phrase::new("forecast-balance")
                    .with("count", forecast.reachable)
                    .with("reachable", number(forecast.reachable))
                    .with("total", number(forecast.asked()))
                    .with("at", italian_date_time(forecast.asked_at));
                say(&phrase)
            }
        };
        Ok(Some(Self { flow: flow.id, words }))
    }
}
