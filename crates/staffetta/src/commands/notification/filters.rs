//! What notifications are looked for.

use crate::failure::Failure;
use crate::input;
use crate::session::Session;
use staffetta_domain::problem::RowFault;
use staffetta_domain::time::{DateError, end_of_day, start_of_day};
use staffetta_domain::{FiscalCode, FlowId, NotificationState, Phrase, UnixMillis};
use staffetta_store::notifications::NotificationSearch;

#[derive(clap::Args)]
pub(crate) struct Filters {
    /// To this person; - reads standard input
    #[arg(long, value_name = "CODE")]
    fiscal_code: Option<String>,
    /// Of this service, by name
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// Of this flow
    #[arg(long, value_name = "ID")]
    flow: Option<FlowId>,
    /// In this state: queued, in_flight, accepted, delivered, rejected, unreachable, failed, uncertain or
    /// cancelled
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<NotificationState>,
    /// Handled from this day on, gg/mm/aaaa or aaaa-mm-gg
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Handled until this day, included
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// With this number of IO's
    #[arg(long, value_name = "IO_ID")]
    io_message_id: Option<String>,
    /// With this notice number
    #[arg(long, value_name = "NUMBER")]
    notice_number: Option<String>,
    /// With this reference of yours
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Only tests that operators sent to themselves; with a flow those of its message
    #[arg(long)]
    only_tests: bool,
}

fn state(text: &str) -> Result<NotificationState, String> {
    let codes = NotificationState::ALL.map(NotificationState::code).join(", ");
    NotificationState::from_code(text).ok_or_else(|| format!("write one of {codes}"))
}

impl Filters {
    /// What the ledger is asked.
    pub(crate) async fn search(&self, session: &Session) -> Result<NotificationSearch, Failure> {
        let service = match &self.service {
            Some(name) => Some(session.service(name).await?.id),
            None => None,
        };
        Ok(NotificationSearch {
            fiscal_code: fiscal_code(self.fiscal_code.as_deref())?,
            service,
            flow: self.flow,
            state: self.state,
            from: from(self.from.as_deref())?,
            to: to(self.to.as_deref())?,
            io_message_id: self.io_message_id.clone(),
            notice_number: self.notice_number.clone(),
            reference: self.reference.clone(),
            only_tests: self.only_tests,
        })
    }
}

/// A fiscal code as people write it; `-` is standard input.
pub(crate) fn fiscal_code(text: Option<&str>) -> Result<Option<FiscalCode>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let read = FiscalCode::read(&input::value_or_line(text)?).map_err(|error| {
        let fault = RowFault::FiscalCode(error);
        Failure::usage(fault.phrase()).remedy(fault.remedy())
    })?;
    Ok(Some(read.code))
}

/// The first instant of a day.
pub(crate) fn from(text: Option<&str>) -> Result<Option<UnixMillis>, Failure> {
    text.map(|text| start_of_day(text).map_err(|error| wrong_date(text, error))).transpose()
}

/// The first instant after a day.
pub(crate) fn to(text: Option<&str>) -> Result<Option<UnixMillis>, Failure> {
    text.map(|text| end_of_day(text).map(|last| last.plus_ms(1)).map_err(|error| wrong_date(text, error)))
        .transpose()
}

fn wrong_date(text: &str, _: DateError) -> Failure {
    Failure::usage(Phrase::new("cli-wrong-date").with("value", text))
}
