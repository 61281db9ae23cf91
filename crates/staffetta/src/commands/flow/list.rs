//! `flow list`.

use crate::commands::notification::filters;
use crate::failure::Failure;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use crate::table::{Align, lines};
use staffetta_domain::time::italian_date;
use staffetta_domain::{FlowId, FlowState};
use staffetta_store::flows::{FlowSearch, FlowSummary};
use staffetta_words::{number, text};

/// Flows read at a time.
const PAGE: usize = 500;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The one with this number
    #[arg(long, value_name = "ID")]
    number: Option<FlowId>,
    /// With words that begin so in the description
    #[arg(long, value_name = "WORDS")]
    description: Option<String>,
    /// Of this nature: informativo, promemoria, pagamento or altro
    #[arg(long, value_name = "NATURE")]
    nature: Option<String>,
    /// Of this service, by name
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// In this state: inactive, active, sending, sent or incomplete
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<FlowState>,
    /// Made from this day on, gg/mm/aaaa or aaaa-mm-gg
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Made until this day, included
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Made by this operator
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// With this person among the recipients; - reads standard input
    #[arg(long, value_name = "CODE")]
    fiscal_code: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn state(text: &str) -> Result<FlowState, String> {
    FlowState::from_code(text).ok_or_else(|| "write inactive, active, sending, sent or incomplete".to_owned())
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let search = search(&arguments, session).await?;
    let mut left = arguments.limit.unwrap_or(usize::MAX);
    let mut after = None;
    let mut rows = Vec::new();
    loop {
        let page = session.store.search_flows(&session.scope, &search, after, PAGE.min(left)).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.cursor());
        left -= page.len();
        for flow in &page {
            if session.settings.json {
                output::json(&json::FlowLine::of(flow))?;
            } else {
                rows.push(row(flow));
            }
        }
    }
    if session.settings.json {
        return Ok(());
    }
    if rows.is_empty() {
        output::notice(&text("cli-no-flows"));
        return Ok(());
    }
    let header = [
        (text("cli-column-number"), Align::Right),
        (text("cli-column-created"), Align::Left),
        (text("cli-column-service"), Align::Left),
        (text("cli-column-description"), Align::Left),
        (text("cli-column-recipients"), Align::Right),
        (text("cli-column-state"), Align::Left),
    ];
    lines(header, &rows).iter().try_for_each(|line| output::line(line))
}

fn row(flow: &FlowSummary) -> [String; 6] {
    [
        flow.id.to_string(),
        italian_date(flow.created_at),
        flow.service_name.clone(),
        flow.description.clone(),
        number(flow.recipients),
        report::state(flow),
    ]
}

async fn search(arguments: &Arguments, session: &Session) -> Result<FlowSearch, Failure> {
    let nature = match &arguments.nature {
        Some(code) => Some(session.nature(code).await?),
        None => None,
    };
    let service = match &arguments.service {
        Some(name) => Some(session.service(name).await?.id),
        None => None,
    };
    Ok(FlowSearch {
        number: arguments.number,
        description: arguments.description.clone().unwrap_or_default(),
        nature,
        service,
        state: arguments.state,
        from: filters::from(arguments.from.as_deref())?,
        to: filters::to(arguments.to.as_deref())?,
        created_by: arguments.operator.clone(),
        fiscal_code: filters::fiscal_code(arguments.fiscal_code.as_deref())?,
    })
}
