//! The time that a sending takes, in words.

use staffetta_domain::Phrase;
use staffetta_words::{say, text};

/// Rounded, since IO has its own pace; none where it sets no limit.
pub(crate) fn time_words(seconds: Option<u64>) -> String {
    let Some(seconds) = seconds else { return text("time-needed-unknown") };
    let minutes = seconds.div_ceil(60);
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, minutes) {
        (0, 0 | 1) => text("time-needed-short"),
        (0, minutes) => say(&Phrase::new("time-needed-minutes").with("minutes", minutes)),
        (hours, _) if rest == 0 => say(&Phrase::new("time-needed-hours").with("hours", hours)),
        (hours, _) => say(&Phrase::new("time-needed-both").with("hours", hours).with("minutes", rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_words() {
        for (seconds, words) in [
            (Some(0), "meno di un minuto"),
            (Some(20), "meno di un minuto"),
            (Some(61), "circa 2 minuti"),
            (Some(1_000), "circa 17 minuti"),
            (Some(3_600), "circa un’ora"),
            (Some(7_200), "circa 2 ore"),
            (Some(66_667), "circa 18 ore e 32 minuti"),
        ] {
            assert_eq!(time_words(seconds), words);
        }
        assert!(!time_words(None).starts_with('['));
    }
}
