//! Days of sending that an office's file says, on the screen.

use super::balance;
use super::create::tell_earlier;
use crate::failure::Failure;
use crate::output;
use staffetta_desk::{FlowCreated, ListReport, STARTS_MAX};
use staffetta_domain::{Expedition, Phrase};
use staffetta_words::{number, say, text};

/// The days of a list that became one flow, where there are several: what goes out all together could be parted.
pub(super) fn tell(report: &ListReport) -> Result<(), Failure> {
    let count = report.starts.values().filter(|rows| **rows > 0).count();
    if count > STARTS_MAX {
        output::notice(&say(&Phrase::new("cli-starts-too-many").with("max", STARTS_MAX)));
        return Ok(());
    }
    if count < 2 {
        return Ok(());
    }
    output::line(&say(&Phrase::new("cli-starts").with("count", count)))?;
    report.starts.iter().try_for_each(|(day, rows)| output::line(&words(*day, *rows)))?;
    output::notice(&text("cli-starts-remedy"));
    Ok(())
}

/// The flows that a list became, each with its day.
pub(super) fn tell_parts(
    whole: &ListReport,
    parts: &[(Option<Expedition>, FlowCreated)],
) -> Result<(), Failure> {
    if let Some((_, first)) = parts.first() {
        first.warnings.iter().for_each(|warning| output::notice(&say(warning)));
    }
    balance::of_file(whole).iter().try_for_each(|line| output::line(line))?;
    for (day, created) in parts {
        tell_earlier(created);
        output::line(&say(&Phrase::new("cli-flow-created").with("flow", created.id)))?;
        output::line(&words(*day, created.report.valid_rows))?;
    }
    Ok(())
}

fn words(day: Option<Expedition>, rows: u64) -> String {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let phrase = Phrase::new("cli-start-rows").with("day", say(&Expedition::phrase(day)));
    say(&phrase.with("count", rows).with("shown", number(rows)))
}
