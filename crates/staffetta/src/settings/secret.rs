//! Secrets that stand in files of their own, as deployment tools hand them over.

use crate::failure::Failure;
use staffetta_domain::Phrase;
use std::path::PathBuf;

/// Puts what the file holds in the place of the value, without the line break at its end.
pub(super) fn take(
    name: &'static str,
    value: &mut Option<String>,
    file: Option<PathBuf>,
) -> Result<(), Failure> {
    let Some(path) = file else { return Ok(()) };
    if value.is_some() {
        return Err(Failure::usage(Phrase::new("cli-setting-twice").with("name", name)));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| super::unreadable(&path, &error))?;
    *value = Some(text.trim_end_matches(['\r', '\n']).to_owned());
    Ok(())
}
