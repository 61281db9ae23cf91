//! What a person is asked before sending what the ledger may have forgotten, because it went back in time since.

use staffetta_domain::time::italian_date_time;
use staffetta_domain::{Phrase, UnixMillis};
use staffetta_store::organizations::Organization;
use staffetta_words::{say, text};

/// What may be sent for a second time, and the box to tick for doing so all the same: `frame/all_the_same.html`.
pub(crate) struct AllTheSame {
    pub(crate) warning: String,
    pub(crate) fault: Option<String>,
}

impl AllTheSame {
    /// Of what was made at this moment; `missed` where it was posted without the box.
    pub(crate) fn of(
        organization: &Organization,
        made_at: UnixMillis,
        warning: &'static str,
        missed: bool,
    ) -> Option<Self> {
        let at = organization.went_back_at.filter(|_| organization.may_have_forgotten(made_at))?;
        Some(Self {
            warning: say(&Phrase::new(warning).with("at", italian_date_time(at))),
            fault: missed.then(|| text("went-back-not-confirmed")),
        })
    }
}
