//! *Dividi*: a list with several days of sending becomes a draft for each.

use crate::draft_error::DraftError;
use crate::list_report::STARTS_MAX;
use crate::readiness::readiness;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{Expedition, FlowId, FlowState, ListId, Phrase, UnixMillis};
use staffetta_store::flows::{HiddenPart, Part, Parting};
use staffetta_store::{Scope, Store};
use staffetta_words::say;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parted {
    /// The drafts, in the order of their days; the first is the one that was parted. None of them is read yet.
    Done(Vec<FlowId>),
    /// Nothing was changed: it is no draft with several days any more, or its list is not the one that was seen.
    NotNow,
}

/// Parts a draft whose list the person saw. Each of its days becomes a draft with the same message, which reads only the
/// rows of that day; all of them at once, or none.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn part_flow(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    list: ListId,
    now: UnixMillis,
) -> Result<Parted, DraftError> {
    let Some((seen, parts)) = prepare(store, scope, flow, list).await? else { return Ok(Parted::NotNow) };
    let Some((first, others)) = parts.split_first() else { return Ok(Parted::NotNow) };
    let mut hidden = Vec::with_capacity(others.len());
    let mut failed = None;
    for part in others {
        match store.begin_part(scope, seen, part, now).await {
            Ok(Some(made)) => hidden.push(made),
            stopped => {
                failed = Some(stopped.map(|_| ()));
                break;
            }
        }
    }
    let ended = match failed {
        // Where it is not known whether the parts are shown nothing is removed: what is hidden is swept away.
        None => store.end_parting(scope, seen, first, &hidden, now).await.map(Some)?,
        Some(stopped) => {
            remove(store, scope, &hidden, now).await;
            stopped?;
            None
        }
    };
    if ended == Some(true) {
        let flows = std::iter::once(flow).chain(hidden.iter().map(|part| part.flow));
        return Ok(Parted::Done(flows.collect()));
    }
    if ended == Some(false) {
        remove(store, scope, &hidden, now).await;
    }
    Ok(Parted::NotNow)
}

/// What is left of them nobody sees, and is swept away.
async fn remove(store: &Store, scope: &Scope, hidden: &[HiddenPart], now: UnixMillis) {
    for part in hidden {
        let _ = store.delete_flow(scope, part.flow, now).await;
    }
}

/// What is parted, and into what; `None` if it is not to be.
async fn prepare(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    list: ListId,
) -> Result<Option<(Parting, Vec<Part>)>, DraftError> {
    let draft = store.find_flow(scope, flow).await?.ok_or(DraftError::NoDraft)?;
    if draft.summary.state != FlowState::Inactive {
        return Err(DraftError::NoDraft);
    }
    let Ok(found) = readiness(&draft) else { return Ok(None) };
    let days = found.starts.iter().map(|(day, _)| *day);
    let description = &draft.summary.description;
    let parts: Vec<Part> = days.map(|day| Part { day, description: describe(description, day) }).collect();
    let (Some(file), Some(revision)) = (draft.file, draft.revision) else { return Ok(None) };
    let seen = Parting { flow, version: draft.version, file, revision };
    let is_to_be = found.id == list && (2..=STARTS_MAX).contains(&parts.len());
    Ok(is_to_be.then_some((seen, parts)))
}

/// A flow's description with its day of sending.
pub(crate) fn describe(description: &str, day: Option<Expedition>) -> String {
    let words = |description: &str| {
        let phrase = Phrase::new("parting-description").with("description", description);
        say(&phrase.with("day", say(&Expedition::phrase(day))))
    };
    let beyond = words(description).chars().count().saturating_sub(DESCRIPTION_MAX);
    let room = description.chars().count().saturating_sub(beyond);
    words(&description.chars().take(room).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_day_however_long_it_is() {
        let day = Expedition::from_ledger("2027-01-03T10:00");
        assert_eq!(describe("TARI", day), "TARI – spedizione 03/01/2027 10:00");
        assert_eq!(describe("TARI", None), "TARI – spedizione senza data");
        let long = describe(&"è".repeat(DESCRIPTION_MAX), day);
        assert_eq!(long.chars().count(), DESCRIPTION_MAX);
        assert!(long.ends_with("– spedizione 03/01/2027 10:00"), "{long}");
    }
}
