//! The buttons of a message as the app finds them (`ts/features/messages/utils/ctas.ts` and `MessageDetailsBody.tsx` of
//! io-app). Read by rules of its own: what Staffetta writes is not judged by what wrote it.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// What the app makes of the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// Labels of the buttons; none where an action is none that the app knows.
    Buttons(Vec<String>),
    /// Not YAML: the app shows an alert in place of the message.
    Broken,
}

#[derive(Deserialize)]
struct Localized {
    it: Pair,
}

#[derive(Deserialize)]
struct Pair {
    cta_1: Call,
    cta_2: Option<Call>,
}

#[derive(Deserialize)]
struct Call {
    text: String,
    action: String,
}

/// What the app opens behind `iohandledlink://`.
const HANDLED: [&str; 6] = ["http:", "https:", "sms:", "tel:", "mailto:", "copy:"];

/// The beginning of a text, and the rest of it.
pub(super) fn split(text: &str) -> (Front, &str) {
    let none = || Front::Buttons(Vec::new());
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let Some((front, body)) = rest.and_then(|rest| rest.split_once("\n---\n")) else { return (none(), text) };
    if serde_saphyr::from_str::<IgnoredAny>(front).is_err() {
        return (Front::Broken, body);
    }
    let Ok(Localized { it }) = serde_saphyr::from_str(front) else { return (none(), body) };
    let calls: Vec<Call> = [Some(it.cta_1), it.cta_2].into_iter().flatten().collect();
    let good = calls.iter().all(|call| is_known(&call.action));
    let labels = calls.into_iter().filter(|_| good).map(|call| call.text).collect();
    (Front::Buttons(labels), body)
}

fn is_known(action: &str) -> bool {
    match action.split_once("://") {
        Some(("iohandledlink", target)) => HANDLED.iter().any(|scheme| target.starts_with(scheme)),
        Some(("iosso", target)) => target.starts_with("https://"),
        Some(("ioit", target)) => !target.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_come_from_the_front_matter() {
        let front = |text: &str| split(text).0;
        let labels = |labels: &[&str]| Front::Buttons(labels.iter().map(ToString::to_string).collect());
        let paying = "---\nit:\n  cta_1:\n    text: \"Paga \\\"ora\\\"\"\n    action: \"iohandledlink://https://a.it\"\nen:\n  \
                      cta_1:\n    text: Pay\n---\nTesto";
        assert_eq!(split(paying), (labels(&["Paga \"ora\""]), "Testo"));
        assert_eq!(front("--- \nit:\n---\nx"), labels(&[]));
        assert_eq!(front("---\nit:\n  cta_1: {text: a, action: \"https://a.it\"}\n---\nx"), labels(&[]));
        assert_eq!(front("---\nit:\n  cta_1:\n    text: Paga: ora\n---\nx"), Front::Broken);
        assert_eq!(split("Testo"), (labels(&[]), "Testo"));
    }
}
