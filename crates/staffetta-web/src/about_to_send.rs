//! What is about to be sent, in one sentence: to how many, by which service, with which subject, from when, for how long.
//!
//! Activation, approval and the ways of sending show the same one. Nothing is reckoned here.

use crate::time_needed::duration_words;
use staffetta_desk::SendingTime;
use staffetta_domain::time::{italian_date_time, weekday};
use staffetta_domain::{Phrase, SendingHours, UnixMillis};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say, text};

/// When it starts, as far as that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// By what the person is about to do.
    Now,
    /// By what somebody does later.
    OnceSent,
    /// By itself at this time.
    At(UnixMillis),
    /// By itself, at a time that the person is about to say.
    Chosen,
}

impl Start {
    /// From when its time is reckoned.
    pub(crate) fn reckoned_from(self, now: UnixMillis) -> UnixMillis {
        if let Self::At(at) = self { at.max(now) } else { now }
    }

    fn words(self, hours: &SendingHours, now: UnixMillis) -> String {
        let open = hours.open_at(self.reckoned_from(now));
        match self {
            Self::Now if open == now => text("about-start-now"),
            Self::OnceSent if open == now => text("about-start-once-sent"),
            Self::OnceSent => moment("about-start-not-before", open),
            Self::Now | Self::At(_) => moment("about-start-at", open),
            Self::Chosen => text("about-start-chosen"),
        }
    }
}

fn moment(key: &'static str, at: UnixMillis) -> String {
    let written = italian_date_time(at);
    let (date, hour) = written.split_once(' ').unwrap_or_default();
    say(&Phrase::new(key).with("hour", hour).with("day", weekday(at)).with("date", date))
}

/// The sentence of a flow that has a list. `first` is how many are sent where it is not all.
pub(crate) fn about_to_send(
    flow: &FlowDetail,
    start: Start,
    first: Option<i64>,
    (hours, time): (&SendingHours, Option<SendingTime>),
    now: UnixMillis,
) -> String {
    let sentence = Phrase::new("about-to-send")
        .with("whom", first.map_or_else(|| whom(flow), first_words))
        .with("service", &flow.summary.service_name)
        .with("subject", &flow.subject)
        .with("start", start.words(hours, now));
    let mut sentence = say(&sentence);
    if let (None, Some(time)) = (first, time) {
        sentence += &say(&length(time, start));
    }
    sentence + "."
}

/// A person whose rows differ gets several messages: then both are counted.
fn whom(flow: &FlowDetail) -> String {
    let messages = flow.summary.recipients;
    let people = messages - flow.list.as_ref().map_or(0, |list| list.facts.different_rows);
    let key = if people == messages { "about-people" } else { "about-messages" };
    let phrase = Phrase::new(key).with("messages", number(messages));
    say(&phrase.with("count", people).with("people", number(people)))
}

fn first_words(first: i64) -> String {
    say(&Phrase::new("about-first").with("count", first))
}

/// Where it rests between the ente's hours, when it ends, if it is known when it begins.
fn length(time: SendingTime, start: Start) -> Phrase {
    let work_ms = i64::try_from(time.seconds.saturating_mul(1_000)).unwrap_or(i64::MAX);
    let is_known = matches!(start, Start::Now | Start::At(_));
    if is_known && time.ends_at.since_ms(time.begins_at) > work_ms {
        return Phrase::new("about-until").with("end", italian_date_time(time.ends_at));
    }
    Phrase::new("about-length").with("duration", duration_words(time.seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::time::date_and_hour;

    fn at(text: &str) -> UnixMillis {
        date_and_hour(text).unwrap()
    }

    #[test]
    fn the_start_is_told_as_far_as_it_is_known() {
        let hours: SendingHours = "09:00-18:00 lun,mar,mer,gio,ven".parse().unwrap();
        let (friday, saturday) = (at("27/11/2026 10:00"), at("28/11/2026 10:00"));
        for (start, now, words) in [
            (Start::Now, friday, "da subito"),
            (Start::Now, saturday, "dalle ore 09:00 di lunedì 30/11/2026"),
            (Start::OnceSent, friday, "appena verrà inviato"),
            (Start::OnceSent, saturday, "non prima delle ore 09:00 di lunedì 30/11/2026"),
            (Start::At(at("01/12/2026 11:30")), friday, "dalle ore 11:30 di martedì 01/12/2026"),
            (Start::At(at("05/12/2026 11:30")), friday, "dalle ore 09:00 di lunedì 07/12/2026"),
            (Start::At(friday), friday.plus_ms(1), "dalle ore 10:00 di venerdì 27/11/2026"),
            (Start::Chosen, saturday, "dal giorno e dall’ora che scegli qui sotto"),
        ] {
            assert_eq!(start.words(&hours, now), words);
        }
    }

    #[test]
    fn the_length_is_told_with_its_rests() {
        let begins_at = at("27/11/2026 10:00");
        let time = |ends_at| SendingTime { seconds: 150, begins_at, ends_at };
        let told = |ends_at, start| say(&length(time(ends_at), start));
        let (three_minutes, rests) = (begins_at.plus_ms(150_000), at("30/11/2026 09:01"));
        assert_eq!(told(three_minutes, Start::Now), "; l’invio durerà circa 3 minuti");
        assert_eq!(told(rests, Start::At(begins_at)), "; l’invio durerà fino al 30/11/2026 09:01");
        // Who does not know when it begins does not know when it ends.
        assert_eq!(told(rests, Start::Chosen), "; l’invio durerà circa 3 minuti");
    }
}
