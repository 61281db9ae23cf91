//! How an errata begins: *oggetto* and *contenuto* that a person goes on with.

use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{ErrataKind, NatureId, Phrase, errata_subject, subject_in_markdown};
use staffetta_store::flows::{FlowDetail, NewFlow};
use staffetta_store::organizations::OrganizationNature;
use staffetta_words::{say, text};

/// The draft of an errata: of the same service, with what is known of the wrong message.
pub(crate) fn errata_text(source: &FlowDetail, kind: ErrataKind, natures: &[OrganizationNature]) -> NewFlow {
    let (words, body) = match kind {
        ErrataKind::Correction => ("errata-subject", "errata-text"),
        ErrataKind::SentByMistake => ("errata-subject-mistake", "errata-text-mistake"),
    };
    let quoted = subject_in_markdown(&source.subject);
    let description = Phrase::new("errata-description")
        .with("flow", source.summary.id)
        .with("description", &source.summary.description);
    NewFlow {
        service: source.summary.service,
        nature: nature(source, kind, natures),
        description: say(&description).chars().take(DESCRIPTION_MAX).collect(),
        reference: None,
        subject: errata_subject(&format!("{} ", text(words)), &source.subject),
        markdown: say(&Phrase::new(body).with("subject", quoted)),
    }
}

/// A message that takes back another asks for no payment.
fn nature(source: &FlowDetail, kind: ErrataKind, natures: &[OrganizationNature]) -> NatureId {
    let plain = natures.iter().find(|one| !one.nature.payment).map(|one| one.id);
    match (kind, plain) {
        (ErrataKind::SentByMistake, Some(plain)) if source.payment => plain,
        _ => source.summary.nature,
    }
}
