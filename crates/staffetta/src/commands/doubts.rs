//! What a person decides on uncertain outcomes: the arguments, the question, the answer.

use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::Phrase;
use staffetta_domain::protocol::Decision;
use staffetta_store::ledger::{Doubts, WHY_MAX};
use staffetta_words::{number, say, text};

#[derive(clap::Args)]
pub(crate) struct Decided {
    #[command(flatten)]
    choice: Choice,
    /// Why; it stays in the history of each notification
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Resend without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Choice {
    /// Send again; who got the message already gets it twice
    #[arg(long)]
    resend: bool,
    /// Take the message for sent
    #[arg(long)]
    consider_sent: bool,
}

#[derive(Serialize)]
struct Told {
    decided: i64,
}

impl Decided {
    /// Asks where something may be received twice, telling of how many it is decided.
    pub(crate) fn confirm(&self, count: i64) -> Result<(), Failure> {
        if self.why.trim().is_empty() || self.why.chars().count() > WHY_MAX {
            return Err(Failure::usage(Phrase::new("cli-decide-why-missing").with("max", WHY_MAX)));
        }
        if !self.choice.resend || self.yes {
            return Ok(());
        }
        let many = Phrase::new("cli-resend-how-many").with("count", count).with("shown", number(count));
        let question = format!("{} {}", say(&many), text("cli-resend-confirm"));
        let [nobody, otherwise] = ["cli-resend-needs-yes", "cli-resend-not-confirmed"].map(Phrase::new);
        input::word(&question, "cli-resend-word", nobody, otherwise)
    }

    /// Writes it down; says on how many.
    pub(crate) async fn decide(&self, session: &Session, doubts: Doubts) -> Result<(), Failure> {
        let decision = if self.choice.resend { Decision::Resend } else { Decision::ConsiderSent };
        let why = self.why.trim();
        let decided =
            session.store.decide_uncertain(&session.scope, doubts, decision, why, session.now()).await?;
        if decided == 0 {
            return Err(Failure::failed(Phrase::new("cli-nothing-uncertain")));
        }
        if session.settings.json {
            return output::json(&Told { decided });
        }
        output::line(&say(&Phrase::new("cli-decided").with("count", decided).with("shown", number(decided))))
    }
}
