//! What a database put back from a copy may have forgotten is sent only by who says so.

use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, Phrase, UnixMillis};

#[derive(clap::Args)]
pub(crate) struct AllTheSame {
    /// Send also what may have been sent already, because the database went back to a copy since the flow was made
    #[arg(long)]
    pub(crate) even_if_sent: bool,
}

impl AllTheSame {
    /// Refuses a flow, made at this moment, that may have been sent without the ledger knowing.
    pub(crate) fn check(&self, session: &Session, flow: FlowId, made_at: UnixMillis) -> Result<(), Failure> {
        if self.even_if_sent || !session.organization.may_have_forgotten(made_at) {
            return Ok(());
        }
        Err(may_have_been_sent(session, flow))
    }
}

pub(crate) fn may_have_been_sent(session: &Session, flow: FlowId) -> Failure {
    let at = session.organization.went_back_at.unwrap_or(session.now());
    Failure::failed(
        Phrase::new("cli-may-have-been-sent").with("flow", flow).with("at", italian_date_time(at)),
    )
    .remedy(Phrase::new("cli-may-have-been-sent-remedy"))
}
