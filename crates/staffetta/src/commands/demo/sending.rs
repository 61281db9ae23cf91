//! The list of today: 300 rows, composed, activated and sent. Every step asks the books first what is already
//! done, so that a demonstration that was stopped goes on.

use super::house::TRIBUTI;
use super::past::{TRIBUTI_CLERK, write};
use super::people::LIST;
use crate::failure::Failure;
use crate::follow;
use crate::output;
use crate::session::Session;
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FlowId, FlowState, Phrase, UnixMillis};
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::{Scope, Store};
use staffetta_words::say;

/// Names the list of today, once for all starts.
pub(super) const REFERENCE: &str = "demo-tari-2027";
pub(super) const LIST_NAME: &str = "elenco-300.csv";
const TEXT_NAME: &str = "avviso-tari.md";
const MARKDOWN: &str = include_str!("../../../../../examples/avviso-tari.md");
const SUBJECT: &str = "TARI 2027: il tuo avviso di pagamento";
/// How long the last outcomes are waited for.
const SETTLE_MS: i64 = 60_000;

/// Sends it, or goes on with it; gives its number.
pub(super) async fn send(session: &Session) -> Result<FlowId, Failure> {
    let id = compose(session).await?;
    let (store, scope) = (&session.store, &clerk(session));
    let flow = follow::find(session, id).await?;
    let list = flow.list.filter(|_| flow.state == FlowState::Inactive);
    if let Some(list) = list {
        store.activate_flow(scope, id, list, session.now()).await?;
    }
    start(store, scope, id, session.now()).await?;
    if let Err(stuck) = follow::until_sent(session, &[id]).await {
        // Someone paused it: that is theirs to end, and the rest is still worth seeing.
        stuck.tell();
    }
    follow::until_settled(session, id, SETTLE_MS).await?;
    Ok(id)
}

/// Starts it, if it is ready.
pub(super) async fn start(store: &Store, scope: &Scope, id: FlowId, now: UnixMillis) -> Result<(), Failure> {
    let found = store.find_flow(scope, id).await?;
    if let Some(activated_at) = found.and_then(|flow| flow.activated_at) {
        store.start_flow(scope, id, ActiveSeen::at(activated_at), now).await?;
    }
    Ok(())
}

/// As if it were done by the one who does it in the office.
fn clerk(session: &Session) -> Scope {
    Scope::whole(session.organization.id, TRIBUTI_CLERK)
}

async fn compose(session: &Session) -> Result<FlowId, Failure> {
    let path = session.settings.data_dir.join(LIST_NAME);
    write(&path, LIST)?;
    write(&session.settings.data_dir.join(TEXT_NAME), MARKDOWN.as_bytes())?;
    let request = FlowRequest {
        service: session.service(TRIBUTI).await?.id,
        nature: "pagamento",
        description: "TARI 2027",
        reference: Some(REFERENCE),
        subject: SUBJECT,
        markdown: MARKDOWN,
        file: &path,
        file_name: LIST_NAME,
        sheet: None,
        accept_valid: true,
        model: None,
    };
    let created = create_flow(&session.store, &clerk(session), request, session.now(), |_| ()).await?;
    if created.existing {
        output::notice(&say(&Phrase::new("cli-demo-goes-on-with").with("flow", created.id)));
    } else {
        let report = &created.report;
        let phrase = Phrase::new("cli-demo-composed")
            .with("flow", created.id)
            .with("read", report.read_rows)
            .with("valid", report.valid_rows)
            .with("wrong", report.wrong_rows);
        output::notice(&say(&phrase));
    }
    Ok(created.id)
}
