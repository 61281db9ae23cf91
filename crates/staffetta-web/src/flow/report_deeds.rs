//! What people decided on the way, as the *Relazione d'invio* tells it: each thing where they are few, by who and what
//! where they are many; what was done to single notifications always in one sentence a kind.

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::timeline::Happened;
use staffetta_domain::time::italian_date;
use staffetta_domain::{FlowId, Phrase};
use staffetta_store::deeds::Deeds;
use staffetta_words::{number, say};
use std::collections::BTreeSet;

/// More events than these are told together.
const EACH: usize = 200;

/// What of the notifications is told, in this order.
const ON_ROWS: [&str; 4] = ["uncertain-resent", "uncertain-considered-sent", "row-corrected", "row-resent"];

/// All that was done to the flow as a whole, the newest first.
pub(super) async fn on_flow(app: &App, person: &Person, flow: FlowId) -> Result<Vec<Happened>, Fault> {
    let (store, scope) = (app.store(), person.scope());
    let events = store.events_of_flow(scope, flow, EACH + 1).await?;
    if events.len() <= EACH {
        return Ok(events.into_iter().map(Happened::from).collect());
    }
    let mut deeds = store.deeds_on_flow(scope, flow).await?;
    deeds.sort_by_key(|deeds| std::cmp::Reverse(deeds.last_at));
    Ok(deeds.into_iter().map(Happened::from).collect())
}

/// What was done to its notifications, a sentence for each kind.
pub(super) async fn on_rows(app: &App, person: &Person, flow: FlowId) -> Result<Vec<String>, Fault> {
    let deeds = app.store().deeds_on_rows(person.scope(), flow).await?;
    Ok(ON_ROWS.into_iter().filter_map(|kind| sentence(kind, &deeds)).collect())
}

fn sentence(kind: &str, all: &[Deeds]) -> Option<String> {
    let deeds: Vec<&Deeds> = all.iter().filter(|deeds| deeds.kind == kind).collect();
    let first = deeds.iter().map(|deeds| deeds.first_at).min()?;
    let last = deeds.iter().map(|deeds| deeds.last_at).max()?;
    let count: i64 = deeds.iter().map(|deeds| deeds.count).sum();
    let names: BTreeSet<&str> = deeds.iter().map(|deeds| deeds.actor.as_str()).collect();
    let (first, last) = (italian_date(first), italian_date(last));
    let when = if first == last {
        Phrase::new("report-on-day").with("day", first)
    } else {
        Phrase::new("report-on-days").with("first", first).with("last", last)
    };
    let phrase = Phrase { key: format!("report-{kind}").into(), args: Vec::new() };
    let phrase = phrase.with("count", count).with("shown", number(count));
    let who = names.into_iter().collect::<Vec<_>>().join(", ");
    Some(say(&phrase.with("who", who).with("when", say(&when))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::UnixMillis;

    #[test]
    fn a_kind_is_one_sentence_whoever_did_it() {
        let deeds = |kind: &str, actor: &str, count, first_at, last_at| Deeds {
            kind: kind.to_owned(),
            actor: actor.to_owned(),
            count,
            first_at: UnixMillis(first_at),
            last_at: UnixMillis(last_at),
        };
        let all = [
            deeds("uncertain-resent", "carla", 1_000, 1_795_000_000_000, 1_795_000_000_000),
            deeds("uncertain-resent", "bruno", 234, 1_795_000_000_000, 1_795_100_000_000),
            deeds("row-corrected", "bruno", 1, 1_795_000_000_000, 1_795_000_000_000),
        ];
        assert_eq!(
            sentence("uncertain-resent", &all).unwrap(),
            "Di 1.234 notifiche con esito incerto è stato deciso il reinvio: bruno, carla, dal 18/11/2026 al 19/11/2026."
        );
        assert_eq!(
            sentence("row-corrected", &all).unwrap(),
            "Di una notifica sono stati corretti i dati, e il messaggio è stato reinviato: bruno, il 18/11/2026."
        );
        assert_eq!(sentence("row-resent", &all), None);
        for kind in ON_ROWS {
            let words = sentence(kind, &[deeds(kind, "bruno", 2, 0, 0)]).unwrap();
            assert!(!words.starts_with('['), "{words}");
        }
    }
}
