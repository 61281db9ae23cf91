//! What came of the list, where everything is, and what to try next.

use super::sending::LIST_NAME;
use crate::failure::Failure;
use crate::follow;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use staffetta_desk::{ResultFormat, ResultPart, result_file};
use staffetta_domain::{FiscalCode, FlowId, FlowState, NotificationState, Phrase};
use staffetta_store::flows::FlowSearch;
use staffetta_store::notifications::NotificationSearch;
use staffetta_words::{say, text};
use std::net::SocketAddr;
use std::path::Path;

const EXCEL_NAME: &str = "esiti-tari-2027.xlsx";

/// Where the demonstration can be looked at while it stays up.
#[derive(Clone, Copy)]
pub(super) struct Addresses<'a> {
    pub(super) pages: &'a str,
    pub(super) simulator: SocketAddr,
}

pub(super) async fn tell(session: &Session, id: FlowId, up: Option<Addresses<'_>>) -> Result<(), Failure> {
    let flow = follow::find(session, id).await?;
    let excel = session.settings.data_dir.join(EXCEL_NAME);
    let all = (id, ResultPart::All);
    result_file(&session.store, &session.scope, all, ResultFormat::Xlsx, excel.clone()).await?;
    if session.settings.json {
        return output::json(&json::Flow::of(&flow));
    }
    report::outcome(session, &flow).await?;
    where_it_is(session, &excel)?;
    if let Some(up) = up {
        at_the_simulator(session, id, up.simulator).await?;
        in_the_browser(session, up.pages)?;
    }
    next(session, id, up.is_none()).await
}

fn where_it_is(session: &Session, excel: &Path) -> Result<(), Failure> {
    let store = &session.settings.store;
    output::line(&text("cli-demo-where"))?;
    if let Some(path) = store.sqlite_path() {
        output::line(&say(&Phrase::new("cli-where-database").with("path", path.display())))?;
    }
    output::line(&say(&Phrase::new("cli-where-key").with("path", store.key_file.display())))?;
    output::line(&say(&Phrase::new("cli-where-excel").with("path", excel.display())))
}

/// What citizens received.
async fn at_the_simulator(session: &Session, id: FlowId, address: SocketAddr) -> Result<(), Failure> {
    output::line(&say(&Phrase::new("cli-where-simulator").with("url", format!("http://{address}"))))?;
    for (key, state) in [
        ("cli-demo-inbox-delivered", NotificationState::Delivered),
        ("cli-demo-inbox-uncertain", NotificationState::Uncertain),
    ] {
        if let Some(code) = someone(session, id, state).await? {
            let url = format!("http://{address}/inbox/{}", code.as_str());
            output::line(&say(&Phrase::new(key).with("url", url)))?;
        }
    }
    Ok(())
}

/// What the pages are for, by the three people who can sign in.
fn in_the_browser(session: &Session, url: &str) -> Result<(), Failure> {
    output::line(&say(&Phrase::new("cli-demo-browser").with("url", url)))?;
    let list = session.settings.data_dir.join(LIST_NAME);
    for phrase in [
        Phrase::new("cli-demo-browser-list"),
        Phrase::new("cli-demo-browser-compose").with("path", list.display()),
        Phrase::new("cli-demo-browser-single"),
        Phrase::new("cli-demo-browser-look"),
        Phrase::new("cli-demo-browser-admin"),
    ] {
        output::line(&say(&phrase))?;
    }
    Ok(())
}

/// Commands to copy, as this very program was called.
async fn next(session: &Session, id: FlowId, once: bool) -> Result<(), Failure> {
    let program = std::env::args_os().next().unwrap_or_else(|| "staffetta".into());
    let program =
        format!("{} --data-dir {}", Path::new(&program).display(), session.settings.data_dir.display());
    let mut commands = vec![
        ("cli-demo-try-list", "flow list".to_owned()),
        ("cli-demo-try-show", format!("flow show {id}")),
        ("cli-demo-try-uncertain", "notification list --state uncertain".to_owned()),
        ("cli-demo-try-export", "notification export --output archivio.xlsx".to_owned()),
    ];
    if !once && let Some(paused) = paused(session).await? {
        commands.push(("cli-demo-try-resume", format!("flow resume {paused}")));
    }
    output::line(&text(if once { "cli-demo-next" } else { "cli-demo-next-elsewhere" }))?;
    for (key, command) in commands {
        output::line(&format!("  {program} {command}"))?;
        output::line(&format!("      {}", text(key)))?;
    }
    if !once {
        output::notice(&text("cli-demo-stays-up"));
    }
    Ok(())
}

async fn someone(
    session: &Session,
    flow: FlowId,
    state: NotificationState,
) -> Result<Option<FiscalCode>, Failure> {
    let search = NotificationSearch { flow: Some(flow), state: Some(state), ..NotificationSearch::default() };
    let page = session.store.search_notifications(&session.scope, &search, None, 1).await?;
    Ok(page.rows.first().map(|row| row.fiscal_code))
}

async fn paused(session: &Session) -> Result<Option<FlowId>, Failure> {
    let search = FlowSearch { state: Some(FlowState::Sending), ..FlowSearch::default() };
    let flows = session.store.search_flows(&session.scope, &search, None, 20).await?;
    Ok(flows.iter().find(|flow| flow.paused).map(|flow| flow.id))
}
