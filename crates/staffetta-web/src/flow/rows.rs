//! The notifications of a flow, all or by outcome, a page at a time.

use crate::address::{cursor, with};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::notifications::line::{Line, lines};
use crate::notifications::{PAGE_ROWS, cut};
use staffetta_domain::{FlowState, NotificationState};
use staffetta_store::flows::FlowSummary;
use staffetta_store::notifications::{NotificationCursor, NotificationPage, NotificationSearch};
use std::cmp::Reverse;

/// Which of a flow's notifications are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    All,
    State(NotificationState),
    /// Negative outcomes other than *Non raggiungibile*.
    ToExamine,
}

/// *Da esaminare*.
const TO_EXAMINE: [NotificationState; 4] = [
    NotificationState::Rejected,
    NotificationState::Failed,
    NotificationState::Uncertain,
    NotificationState::Cancelled,
];

impl Filter {
    /// From an address; what it does not know is nothing asked.
    pub(super) fn from_code(code: Option<&str>) -> Self {
        match code {
            Some("to_examine") => Self::ToExamine,
            Some(code) => NotificationState::from_code(code).map_or(Self::All, Self::State),
            None => Self::All,
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::State(state) => state.code(),
            Self::ToExamine => "to_examine",
        }
    }

    /// An address at which these are shown.
    pub(super) fn on(self, address: String) -> String {
        if self == Self::All { address } else { with(&address, "stato", self.code()) }
    }
}

/// A page of a flow's notifications, and the place after which the next begins.
pub(super) async fn page(
    app: &App,
    person: &Person,
    flow: &FlowSummary,
    filter: Filter,
    after: Option<&str>,
) -> Result<(Vec<Line>, Option<String>), Fault> {
    let after = after.map(cursor).transpose()?;
    let (store, scope) = (app.store(), person.scope());
    if flow.state == FlowState::Inactive {
        // In the order of the office's file, as it is being prepared.
        let after = after.map(|place| place.id);
        let (page, next) = cut(store.flow_rows(scope, flow.id, after, PAGE_ROWS + 1).await?);
        return Ok((lines(&page)?, next));
    }
    let page = match filter {
        Filter::All => of_state(app, person, flow, None, after).await?,
        Filter::State(state) => of_state(app, person, flow, Some(state), after).await?,
        Filter::ToExamine => to_examine(app, person, flow, after).await?,
    };
    let (page, next) = cut(page);
    Ok((lines(&page)?, next))
}

async fn of_state(
    app: &App,
    person: &Person,
    flow: &FlowSummary,
    state: Option<NotificationState>,
    after: Option<NotificationCursor>,
) -> Result<NotificationPage, Fault> {
    let search = NotificationSearch { flow: Some(flow.id), state, ..NotificationSearch::default() };
    Ok(app.store().search_notifications(person.scope(), &search, after, PAGE_ROWS + 1).await?)
}

/// The first of several states, by number: each is found by its own index.
async fn to_examine(
    app: &App,
    person: &Person,
    flow: &FlowSummary,
    after: Option<NotificationCursor>,
) -> Result<NotificationPage, Fault> {
    let mut all = NotificationPage::default();
    for state in TO_EXAMINE.into_iter().filter(|state| flow.tally.count(*state) > 0) {
        let page = of_state(app, person, flow, Some(state), after).await?;
        all.rows.extend(page.rows);
        all.flows.extend(page.flows);
    }
    all.rows.sort_by_key(|row| Reverse(row.id));
    Ok(all)
}
