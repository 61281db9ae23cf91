//! Logs on standard error, as much as `STAFFETTA_LOG` asks for.

use crate::failure::Failure;
use crate::progress;
use crate::settings::{LogForm, Settings};
use staffetta_domain::Phrase;
use std::io::{IsTerminal, Write};
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterFn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the logs. A command that works on its own says more than one that answers a question.
pub(crate) fn start(settings: &Settings, long_running: bool) -> Result<(), Failure> {
    let usual = if long_running { LevelFilter::INFO } else { LevelFilter::ERROR };
    let wanted = EnvFilter::builder()
        .with_default_directive(usual.into())
        .parse(settings.log.as_deref().unwrap_or_default())
        .map_err(|error| Failure::usage(Phrase::new("cli-log-filter").with("error", error)))?;
    let layer =
        tracing_subscriber::fmt::layer().with_writer(Aside).with_ansi(std::io::stderr().is_terminal());
    let layer = match settings.log_form {
        LogForm::Text => layer.boxed(),
        LogForm::Json => layer.json().boxed(),
    };
    // Started twice only within one test: the first start is as good.
    let _ = tracing_subscriber::registry()
        .with(layer.with_filter(wanted).with_filter(FilterFn::new(is_safe)))
        .try_init();
    Ok(())
}

/// What other crates say in detail may hold what leaves for IO: addresses with fiscal codes, bodies, keys.
/// Of them only warnings are let through, whatever is asked for.
fn is_safe(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("staffetta") || *metadata.level() <= Level::WARN
}

/// Writes beside a progress bar instead of across it.
struct Aside;

impl<'a> MakeWriter<'a> for Aside {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        progress::aside(|| std::io::stderr().lock().write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().lock().flush()
    }
}
