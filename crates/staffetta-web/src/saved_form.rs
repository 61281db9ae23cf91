//! Forms that an address names without saying what is in them: searches, and what was written before signing in.

use crate::app::{App, unguessable};
use crate::fault::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use staffetta_domain::OperatorId;

/// Longest form, in bytes: the ledger finds it again by all that is in it, and no search that a person types is longer.
const FORM_MAX: usize = 2_000;

/// Keeps a form; gives the name under which its page finds it again.
pub(crate) async fn keep<F: Serialize>(app: &App, operator: OperatorId, form: &F) -> Result<String, Fault> {
    let text = serde_json::to_string(form).map_err(|error| Fault::Internal(error.to_string()))?;
    if text.len() > FORM_MAX {
        return Err(Fault::BadRequest);
    }
    Ok(app.store().save_search(operator, &unguessable()?, &text, app.now()).await?)
}

/// The form that was kept under a name; an empty one where none was, or no more.
pub(crate) async fn find<F: DeserializeOwned + Default>(
    app: &App,
    operator: OperatorId,
    name: Option<&str>,
) -> Result<F, Fault> {
    let Some(name) = name else { return Ok(F::default()) };
    let found = app.store().saved_search(operator, name).await?;
    Ok(found.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
