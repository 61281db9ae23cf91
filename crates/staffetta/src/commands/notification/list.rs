//! `notification list`.

use super::filters::Filters;
use crate::failure::Failure;
use crate::json;
use crate::output;
use crate::session::Session;
use staffetta_domain::time::italian_date_time;
use staffetta_store::notifications::NotificationRow;
use staffetta_words::{say, text};

/// Notifications read at a time.
const PAGE: usize = 1_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    filters: Filters,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// One line each as they are found: an archive does not fit into memory, nor into a table.
pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let search = arguments.filters.search(session).await?;
    let mut left = arguments.limit.unwrap_or(usize::MAX);
    let mut after = None;
    let mut any = false;
    loop {
        let page = session.store.search_notifications(&session.scope, &search, after, PAGE.min(left)).await?;
        let Some(last) = page.rows.last() else { break };
        after = Some(last.cursor());
        left -= page.rows.len();
        if !any && !session.settings.json {
            output::line(&header())?;
        }
        any = true;
        for row in &page.rows {
            if session.settings.json {
                output::json(&json::NotificationLine::of(row))?;
            } else {
                output::line(&line(row))?;
            }
        }
    }
    if !any && !session.settings.json {
        output::notice(&text("cli-no-notifications"));
    }
    Ok(())
}

fn line(row: &NotificationRow) -> String {
    let date = row.handled_at.or(row.created_at).map(italian_date_time).unwrap_or_default();
    let flow = row.flow.map_or_else(|| "-".to_owned(), |flow| flow.to_string());
    let state = say(&row.state.phrase());
    let io_id = row.io_message_id.as_deref().unwrap_or("-");
    let id = row.id.to_string();
    let mut line = columns([&id, &date, row.fiscal_code.as_str(), &flow, &state, io_id, &row.service_name]);
    if let Some(reason) = row.reason {
        line.push_str("  ");
        line.push_str(&say(&reason.phrase()));
    }
    line.truncate(line.trim_end().len());
    line
}

fn header() -> String {
    let keys = ["notification-short", "date", "fiscal-code", "flow", "state", "io-message-id", "service"];
    let titles = keys.map(|key| text(&format!("export-{key}")));
    let titles = columns(titles.each_ref().map(String::as_str));
    format!("{titles}  {}", text("export-reason"))
}

fn columns([id, date, fiscal_code, flow, state, io_id, service]: [&str; 7]) -> String {
    format!("{id:>10}  {date:16}  {fiscal_code:16}  {flow:>6}  {state:17}  {io_id:26}  {service:16}")
}
