//! Progress on standard error: a bar at a terminal, a line now and then elsewhere.

use crate::output;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::LazyLock;

/// Where nobody draws, what changed or stands in the way is told again after so long.
const TELL_MS: i64 = 10_000;

/// All bars of the process, so that a line written meanwhile does not tear them.
static BARS: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// Writes to the terminal with the bars out of the way.
pub(crate) fn aside<T>(write: impl FnOnce() -> T) -> T {
    BARS.suspend(write)
}

/// How far something is.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Where nobody draws, what was told last.
    told: Option<Told>,
}

/// What there is to show.
pub(crate) struct Step<'a> {
    /// So much is done.
    pub(crate) done: u64,
    /// Of so much.
    pub(crate) total: u64,
    /// What is said of it.
    pub(crate) message: &'a str,
    /// What stands in the way.
    pub(crate) why: Option<&'a str>,
}

/// What was told last, and when.
#[derive(Default)]
struct Told {
    tenth: u64,
    message: String,
    why: Option<String>,
    /// By a monotonic clock, in milliseconds.
    at: Option<i64>,
}

impl Told {
    /// Whether a line is due: at each tenth, at each new reason, and now and then while something changes or
    /// stands in the way.
    fn is_due(&mut self, step: &Step<'_>, at_ms: i64) -> bool {
        let told_at = *self.at.get_or_insert(at_ms);
        let tenth = step.done.saturating_mul(10).checked_div(step.total).unwrap_or(0);
        let news = step.why.is_some() && step.why != self.why.as_deref();
        let long = at_ms.saturating_sub(told_at) >= TELL_MS;
        let due = tenth > self.tenth || news || long && (step.why.is_some() || step.message != self.message);
        if due {
            let (message, why) = (step.message.to_owned(), step.why.map(str::to_owned));
            *self = Self { tenth, message, why, at: Some(at_ms) };
        }
        due
    }
}

impl Progress {
    /// Of something with a known end.
    pub(crate) fn bar() -> Self {
        // Not cut at the screen's width: a number that lost its end is another number.
        Self::with("{bar:10} {percent:>3}%  {msg}")
    }

    /// Of something whose end is not known.
    pub(crate) fn spinner() -> Self {
        Self::with("{spinner} {wide_msg}")
    }

    fn with(template: &str) -> Self {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = BARS.add(ProgressBar::no_length().with_style(style));
        let told = (!std::io::stderr().is_terminal()).then(Told::default);
        Self { bar, told }
    }

    /// Shows how far it is; `at_ms` is the time of a monotonic clock.
    pub(crate) fn show(&mut self, step: &Step<'_>, at_ms: i64) {
        self.bar.set_length(step.total);
        self.bar.set_position(step.done);
        self.bar.set_message(step.message.to_owned());
        if let Some(told) = &mut self.told
            && told.is_due(step, at_ms)
        {
            output::notice(step.message);
        }
    }

    /// Shows a turn of something without a known end.
    pub(crate) fn turn(&self, message: String) {
        self.bar.set_message(message);
        self.bar.tick();
    }

    /// A handle that can be taken to another thread.
    pub(crate) fn turner(&self) -> impl Fn(String) + Send + Clone + 'static {
        let bar = self.bar.clone();
        move |message| {
            bar.set_message(message);
            bar.tick();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        BARS.remove(&self.bar);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_at_each_tenth_and_while_something_stands_in_the_way() {
        let mut told = Told::default();
        let mut due =
            |done, message, why, at_ms| told.is_due(&Step { done, total: 100, message, why }, at_ms);
        assert!(!due(0, "a", None, 5_000) && !due(0, "b", None, 6_000), "nothing to tell yet");
        assert!(due(10, "c", None, 7_000) && !due(19, "d", None, 16_999));
        assert!(due(19, "d", None, 17_000) && !due(19, "d", None, 60_000), "nothing changed");
        assert!(due(19, "d", Some("IO tace"), 60_000) && !due(19, "d", Some("IO tace"), 69_999));
        assert!(due(19, "d", Some("IO tace"), 70_000) && due(19, "d", Some("quota"), 70_001));
    }
}
