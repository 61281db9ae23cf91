//! The one place that writes to standard output and standard error: results on the one, notices on the other.

use crate::failure::Failure;
use crate::progress;
use serde::Serialize;
use std::io::Write;

/// A line of the result.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    progress::aside(|| writeln!(std::io::stdout().lock(), "{text}"))?;
    Ok(())
}

/// The result, as a line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(std::io::Error::from)?;
    line(&text)
}

/// Something to know that is not the result. Nobody may be there to read it.
pub(crate) fn notice(text: &str) {
    progress::aside(|| {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    });
}
