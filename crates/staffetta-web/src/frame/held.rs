//! The band of an ente whose sending is held.

use staffetta_domain::Phrase;
use staffetta_domain::time::italian_date_time;
use staffetta_store::organizations::Held;
use staffetta_words::say;

/// Why and since when nothing leaves, in words.
pub(crate) struct HeldShown {
    pub(crate) why: String,
    pub(crate) since: String,
}

impl HeldShown {
    pub(crate) fn of(held: Held) -> Self {
        let since = Phrase::new("held-since").with("at", italian_date_time(held.since));
        Self { why: say(&held.hold.phrase()), since: say(&since) }
    }
}
