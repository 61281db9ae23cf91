//! What a person should know of a message's texts before it goes out.

use staffetta_domain::Phrase;
use staffetta_domain::text_warning::{markdown_warnings, subject_warnings};

/// The warnings of an *oggetto* and a *contenuto*, merged or not.
#[must_use]
pub fn text_warnings(subject: &str, markdown: &str) -> Vec<Phrase> {
    let warnings = markdown_warnings(markdown).into_iter().chain(subject_warnings(subject));
    warnings.map(|warning| warning.phrase()).collect()
}
