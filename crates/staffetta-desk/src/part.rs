//! *Dividi*: a list with several days of sending becomes a draft for each.

use crate::draft_error::DraftError;
use crate::list_report::STARTS_MAX;
use crate::readiness::readiness;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{Expedition, FlowId, FlowState, ListId, Phrase, UnixMillis};
use staffetta_store::flows::{Part, Parting};
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
        None => store.end_parting(scope, seen, first, &hidden, now).await,
        Some(stopped) => stopped.map(|()| false),
    };
    if matches!(ended, Ok(true)) {
        let flows = std::iter::once(flow).chain(hidden.iter().map(|part| part.flow));
        return Ok(Parted::Done(flows.collect()));
    }
    for part in &hidden {
        // What is left of them nobody sees, and is swept away.
        let _ = store.delete_flow(scope, part.flow, now).await;
    }
    ended?;
    Ok(Parted::NotNow)
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
