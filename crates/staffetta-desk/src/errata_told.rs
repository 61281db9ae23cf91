//! Of whose recipients an errata is, in words: who was taken and who was left out are all together all.

use staffetta_domain::Phrase;
use staffetta_store::errata::Errata;
use staffetta_words::number;

/// How many were taken, then how many were not, by reason.
#[must_use]
pub fn errata_phrases(errata: &Errata) -> Vec<Phrase> {
    let (receipts, taking) = (&errata.receipts, errata.taking);
    let taken = taking.of(receipts);
    let took = Phrase::new("errata-took")
        .with("taken", taken)
        .with("written", number(taken))
        .with("total", number(receipts.total()));
    let left = [
        ("errata-left-not-reached", receipts.not_reached),
        ("errata-left-uncertain", if taking.uncertain { 0 } else { receipts.uncertain }),
        ("errata-left-declared", if taking.declared { 0 } else { receipts.declared }),
    ];
    let left = left.into_iter().filter(|(_, count)| *count > 0);
    let left = left.map(|(key, count)| Phrase::new(key).with("count", count).with("written", number(count)));
    std::iter::once(took).chain(left).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::{ErrataKind, FlowId, FlowState, Receipts, Taking, UnixMillis};
    use staffetta_words::say;

    #[test]
    fn who_was_left_out_is_told_with_the_reason() {
        let errata = Errata {
            flow: FlowId(2),
            state: FlowState::Inactive,
            created_at: UnixMillis(0),
            created_by: "anna".to_owned(),
            source: FlowId(1),
            kind: ErrataKind::Correction,
            taking: Taking { uncertain: false, declared: true },
            receipts: Receipts { reached: 1_200, uncertain: 1, declared: 2, not_reached: 30 },
        };
        let told: Vec<String> = errata_phrases(&errata).iter().map(say).collect();
        assert_eq!(
            told.join(" "),
            "Presi 1.202 destinatari su 1.233. Lasciati fuori 30, che non avevano ricevuto niente. \
             Lasciato fuori uno con esito incerto."
        );
    }
}
