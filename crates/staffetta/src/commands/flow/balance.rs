//! *Quadratura*: the numbers of a list, on the screen.

use staffetta_desk::{Balance, ListReport, SendingTime};
use staffetta_domain::time::{italian_date, italian_date_time};
use staffetta_domain::{Phrase, UnixMillis};
use staffetta_store::lists::ListFacts;
use staffetta_words::{euro, number, say, text};

/// Rows that are named one by one.
const NAMED: usize = 10;

/// What was read of the office's file, with the rows that a person should look at.
pub(super) fn of_file(report: &ListReport) -> Vec<String> {
    let mut lines: Vec<String> = report.kind.iter().map(say).collect();
    lines.extend(counts(&[
        ("cli-rows-read", signed(report.read_rows)),
        ("cli-rows-valid", signed(report.valid_rows)),
        ("cli-rows-wrong", signed(report.wrong_rows)),
        ("cli-rows-repaired", signed(report.repaired_rows)),
        ("cli-rows-same", signed(report.same_rows)),
        ("cli-rows-different", signed(report.different_rows)),
    ]));
    if let Some(cents) = report.cents {
        lines.extend(amounts(Some(cents.total), Some(cents.min), Some(cents.max)));
    }
    if let Some((first, last)) = report.due {
        lines.extend(dues(Some(first.instant().0), Some(last.instant().0)));
    }
    if report.past_due_rows > 0 {
        lines.push(say(&Phrase::new("cli-rows-past-due").with("count", report.past_due_rows)));
    }
    let mut named: Vec<(u64, &Phrase)> =
        report.repairs.iter().map(|(line, phrase)| (*line, phrase)).collect();
    named.extend(report.repetitions.iter().map(|repetition| (repetition.line, &repetition.phrase)));
    named.sort_by_key(|(line, _)| *line);
    if !named.is_empty() {
        lines.push(text("cli-rows-to-look-at"));
    }
    let place = |line| say(&Phrase::new("cli-problem-in-line").with("line", line));
    lines.extend(named.iter().take(NAMED).map(|(line, phrase)| format!("{}: {}", place(*line), say(phrase))));
    let rest = report.repaired_rows + report.same_rows + report.different_rows;
    let rest = rest.saturating_sub(named.len().min(NAMED) as u64);
    if rest > 0 {
        lines.push(say(&Phrase::new("cli-rows-more").with("count", rest)));
    }
    lines
}

/// What activating does.
pub(super) fn of_list(balance: &Balance, now: UnixMillis) -> Vec<String> {
    let ListFacts { wrong_rows, repaired_rows, same_rows, different_rows, .. } = balance.facts;
    let ListFacts { total_cents, min_cents, max_cents, first_due_at, last_due_at, .. } = balance.facts;
    let mut lines = counts(&[
        ("cli-rows-valid", balance.recipients),
        ("cli-rows-wrong", wrong_rows),
        ("cli-rows-repaired", repaired_rows),
        ("cli-rows-same", same_rows),
        ("cli-rows-different", different_rows),
        ("cli-rows-excluded", balance.facts.excluded_rows),
        ("cli-rows-already", balance.already.map_or(0, |(rows, _)| rows)),
    ]);
    lines.extend(amounts(total_cents, min_cents, max_cents));
    lines.extend(dues(first_due_at, last_due_at));
    // Of a day to come nothing is planned yet: when it would end is told once it is.
    let is_to_come = balance.start.is_some_and(|start| !start.passed);
    lines.extend(if is_to_come { length(balance.time, false) } else { time(balance.time, false, now) });
    lines
}

/// How long the sending takes; nothing where IO sets no limit. Where it rests between the ente's hours, when it ends,
/// too.
pub(super) fn time(time: Option<SendingTime>, under_way: bool, now: UnixMillis) -> Vec<String> {
    let mut lines = length(time, under_way);
    let Some(SendingTime { seconds, ends_at, .. }) = time else { return lines };
    let without_rest_ms = i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX);
    if ends_at.since_ms(now) > without_rest_ms {
        lines.push(say(&Phrase::new("cli-time-with-hours").with("end", italian_date_time(ends_at))));
    }
    lines
}

fn length(time: Option<SendingTime>, under_way: bool) -> Vec<String> {
    let Some(SendingTime { seconds, .. }) = time else { return Vec::new() };
    let (key, count) = match seconds {
        ..=90 => ("cli-time-seconds", seconds),
        91..=5_400 => ("cli-time-minutes", seconds.div_ceil(60)),
        _ => ("cli-time-hours", seconds.div_ceil(3_600)),
    };
    let begins = if under_way { "left" } else { "whole" };
    vec![say(&Phrase::new(key).with("count", count).with("begins", begins))]
}

/// The counts that matter only.
fn counts(counts: &[(&'static str, i64)]) -> Vec<String> {
    let some = counts.iter().filter(|(_, count)| *count > 0);
    some.map(|(key, count)| {
        let words = say(&Phrase::new(key).with("count", count));
        format!("{:>10}  {words}", number(*count))
    })
    .collect()
}

fn amounts(total: Option<i64>, min: Option<i64>, max: Option<i64>) -> Vec<String> {
    let amounts = [("cli-amount-total", total), ("cli-amount-min", min), ("cli-amount-max", max)];
    amounts.into_iter().filter_map(|(key, cents)| Some(format!("{}: {}", text(key), euro(cents?)))).collect()
}

fn dues(first: Option<i64>, last: Option<i64>) -> Vec<String> {
    let dates = [("cli-due-first", first), ("cli-due-last", last)];
    let line = |(key, at): (&'static str, Option<i64>)| {
        Some(format!("{}: {}", text(key), italian_date(UnixMillis(at?))))
    };
    dates.into_iter().filter_map(line).collect()
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
