//! The time that a sending takes, in words.

use staffetta_desk::SendingTime;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{Phrase, UnixMillis};
use staffetta_words::{say, text};

/// Rounded, since IO has its own pace; none where it sets no limit. Where the sending rests between the ente's hours,
/// when it ends, too.
pub(crate) fn time_words(time: Option<SendingTime>, now: UnixMillis) -> String {
    let Some(time) = time else { return text("time-needed-unknown") };
    let duration = duration_words(time.seconds);
    let without_rest_ms = i64::try_from(time.seconds.saturating_mul(1_000)).unwrap_or(i64::MAX);
    if time.ends_at.since_ms(now) <= without_rest_ms {
        return duration;
    }
    let end = italian_date_time(time.ends_at);
    say(&Phrase::new("time-needed-until").with("duration", duration).with("end", end))
}

/// The same of work that is not bound to the ente's hours.
pub(crate) fn seconds_words(seconds: Option<u64>) -> String {
    seconds.map_or_else(|| text("time-needed-unknown"), duration_words)
}

/// So many seconds, rounded.
pub(crate) fn duration_words(seconds: u64) -> String {
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

    /// 28 May 2026, the day before the end.
    const NOW: UnixMillis = UnixMillis(1_779_900_000_000);

    #[test]
    fn time_is_told_in_words() {
        for (seconds, words) in [
            (0, "meno di un minuto"),
            (20, "meno di un minuto"),
            (61, "circa 2 minuti"),
            (1_000, "circa 17 minuti"),
            (3_600, "circa un’ora"),
            (7_200, "circa 2 ore"),
            (66_667, "circa 18 ore e 32 minuti"),
        ] {
            assert_eq!(duration_words(seconds), words);
        }
        assert!(!time_words(None, NOW).starts_with('['));
    }

    #[test]
    fn an_end_after_a_rest_is_told_with_its_date() {
        let ends_at = NOW.plus_ms(61_000);
        let time = |ends_at| Some(SendingTime { seconds: 61, begins_at: NOW, ends_at });
        assert_eq!(time_words(time(ends_at), NOW), "circa 2 minuti");
        let words = time_words(time(ends_at.plus_ms(86_400_000)), NOW);
        assert!(words.starts_with("circa 2 minuti") && words.contains("28/05/2026"), "{words}");
    }
}
