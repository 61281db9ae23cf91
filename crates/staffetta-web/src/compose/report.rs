//! What was found in a file of recipients, as the page tells it.

use super::reading::SHOWN;
use staffetta_desk::{ListReport, NamedProblem, Repetition};
use staffetta_domain::Phrase;
use staffetta_store::flows::ListDetail;
use staffetta_store::lists::WrongRow;
use staffetta_words::{number, say, text};

/// What happened, and what to do.
pub(super) struct Told {
    /// Empty where it was said already.
    pub(super) what: String,
    pub(super) remedy: Option<String>,
}

impl From<(Phrase, Option<Phrase>)> for Told {
    fn from((what, remedy): (Phrase, Option<Phrase>)) -> Self {
        Self { what: say(&what), remedy: remedy.as_ref().map(say) }
    }
}

/// A problem of a row.
pub(super) struct WrongLine {
    pub(super) line: String,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) reason: String,
    pub(super) remedy: String,
}

/// The numbers of a file, and its first wrong rows.
pub(super) struct Report {
    /// What kind of file it is; not kept in the ledger.
    pub(super) kind: Option<String>,
    pub(super) read: i64,
    pub(super) valid: i64,
    pub(super) wrong: i64,
    pub(super) repaired: i64,
    pub(super) same: i64,
    pub(super) different: i64,
    pub(super) lines: Vec<WrongLine>,
    /// Fiscal codes that were put right.
    pub(super) repairs: Vec<String>,
    /// Who stands in it more than once.
    pub(super) repetitions: Vec<String>,
}

impl Report {
    /// Of a reading just made.
    pub(super) fn of_reading(report: &ListReport) -> Self {
        let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        Self {
            kind: report.kind.as_ref().map(say),
            read: count(report.read_rows),
            valid: count(report.valid_rows),
            wrong: count(report.wrong_rows),
            repaired: count(report.repaired_rows),
            same: count(report.same_rows),
            different: count(report.different_rows),
            lines: report.problems.iter().take(SHOWN).map(problem).collect(),
            repairs: report.repairs.iter().take(SHOWN).map(|(line, said)| at_line(*line, said)).collect(),
            repetitions: repetitions(&report.repetitions),
        }
    }

    /// Of a list that the ledger has.
    pub(super) fn of_list(list: &ListDetail, wrong: Vec<WrongRow>) -> Self {
        let facts = &list.facts;
        Self {
            kind: None,
            read: list.valid_rows + facts.wrong_rows + facts.same_rows,
            valid: list.valid_rows,
            wrong: facts.wrong_rows,
            repaired: facts.repaired_rows,
            same: facts.same_rows,
            different: facts.different_rows,
            lines: wrong.into_iter().map(recorded).collect(),
            repairs: Vec::new(),
            repetitions: Vec::new(),
        }
    }

    /// What stands over the table of wrong rows.
    pub(super) fn caption(&self) -> String {
        if self.lines.len() < SHOWN {
            return text("compose-wrong-caption");
        }
        let phrase = Phrase::new("compose-wrong-first").with("shown", self.lines.len());
        say(&phrase.with("wrong", number(self.wrong)))
    }
}

fn problem(problem: &NamedProblem) -> WrongLine {
    WrongLine {
        line: problem.line.to_string(),
        column: problem.column.clone().unwrap_or_default(),
        value: problem.value.clone(),
        reason: say(&problem.reason),
        remedy: say(&problem.remedy),
    }
}

fn recorded(row: WrongRow) -> WrongLine {
    WrongLine {
        line: row.line.to_string(),
        column: row.column_name.unwrap_or_default(),
        value: row.value,
        reason: say(&row.reason),
        remedy: say(&row.remedy),
    }
}

/// Those with different contents first: they are asked about.
fn repetitions(all: &[Repetition]) -> Vec<String> {
    let (different, same): (Vec<&Repetition>, Vec<&Repetition>) =
        all.iter().partition(|repetition| repetition.different);
    different.into_iter().chain(same).take(SHOWN).map(|one| at_line(one.line, &one.phrase)).collect()
}

/// `Riga 12: …`
fn at_line(line: u64, said: &Phrase) -> String {
    say(&Phrase::new("compose-at-line").with("line", line).with("words", say(said)))
}
