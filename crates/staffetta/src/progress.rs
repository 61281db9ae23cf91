//! Progress on standard error: a bar at a terminal, a line now and then elsewhere.

use crate::output;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::LazyLock;

/// All bars of the process, so that a line written meanwhile does not tear them.
static BARS: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// Writes to the terminal with the bars out of the way.
pub(crate) fn aside<T>(write: impl FnOnce() -> T) -> T {
    BARS.suspend(write)
}

/// How far something is.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Where nobody draws, the tenth that was last told.
    told: Option<u64>,
}

impl Progress {
    /// Of something with a known end.
    pub(crate) fn bar() -> Self {
        Self::with("{bar:24} {percent:>3}%  {wide_msg}")
    }

    /// Of something whose end is not known.
    pub(crate) fn spinner() -> Self {
        Self::with("{spinner} {wide_msg}")
    }

    fn with(template: &str) -> Self {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = BARS.add(ProgressBar::no_length().with_style(style));
        let told = (!std::io::stderr().is_terminal()).then_some(0);
        Self { bar, told }
    }

    /// Shows that `done` of `total` are done.
    pub(crate) fn show(&mut self, done: u64, total: u64, message: &str) {
        self.bar.set_length(total);
        self.bar.set_position(done);
        self.bar.set_message(message.to_owned());
        if let Some(told) = &mut self.told
            && let Some(tenth) = done.saturating_mul(10).checked_div(total)
            && tenth > *told
        {
            *told = tenth;
            output::notice(message);
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
