//! What was found in a file of recipients, as the page tells it.

use super::reading::SHOWN;
use staffetta_desk::{ListReport, NamedProblem, ProblemKind, Repetition};
use staffetta_domain::Phrase;
use staffetta_store::expeditions::Starts;
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

/// Problems of one kind.
pub(super) struct Kind {
    pub(super) title: String,
    pub(super) count: i64,
    /// Said once where it is the same for all.
    pub(super) remedy: String,
    pub(super) lines: Vec<WrongLine>,
}

impl Kind {
    /// What stands over its table.
    pub(super) fn caption(&self) -> String {
        let shown = i64::try_from(self.lines.len()).unwrap_or(i64::MAX);
        if shown == self.count {
            return self.title.clone();
        }
        let phrase = Phrase::new("compose-kind-first").with("title", &self.title);
        say(&phrase.with("shown", number(shown)).with("count", number(self.count)))
    }
}

/// A problem of a row.
pub(super) struct WrongLine {
    pub(super) line: String,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) reason: String,
    /// What the field of a cell that can be put right begins with: nothing of a value that is shown shortened.
    pub(super) fixing: Option<String>,
}

/// The numbers of a file, and its first wrong rows.
pub(super) struct Report {
    pub(super) read: i64,
    pub(super) valid: i64,
    pub(super) wrong: i64,
    pub(super) repaired: i64,
    pub(super) same: i64,
    pub(super) different: i64,
    /// Rows left out because a second file names them, and cells that were put right.
    pub(super) excluded: i64,
    pub(super) corrected: i64,
    /// Rows whose due date has passed, and the first of them.
    pub(super) past_due: Option<String>,
    /// Days of sending, where the file says them.
    pub(super) starts: Starts,
    pub(super) kinds: Vec<Kind>,
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
            read: count(report.read_rows),
            valid: count(report.valid_rows),
            wrong: count(report.wrong_rows),
            repaired: count(report.repaired_rows),
            same: count(report.same_rows),
            different: count(report.different_rows),
            excluded: count(report.excluded_rows),
            corrected: count(report.corrected_cells),
            past_due: past_due(report),
            starts: report.starts.iter().map(|(day, rows)| (*day, count(*rows))).collect(),
            kinds: report.kinds.iter().map(kind).collect(),
            repairs: report.repairs.iter().take(SHOWN).map(|(line, said)| at_line(*line, said)).collect(),
            repetitions: repetitions(&report.repetitions),
        }
    }

    /// Of a list that the ledger has.
    pub(super) fn of_list(list: &ListDetail, wrong: Vec<WrongRow>) -> Self {
        let facts = &list.facts;
        Self {
            read: list.valid_rows + facts.wrong_rows + facts.same_rows + facts.excluded_rows,
            valid: list.valid_rows,
            wrong: facts.wrong_rows,
            repaired: facts.repaired_rows,
            same: facts.same_rows,
            different: facts.different_rows,
            excluded: facts.excluded_rows,
            corrected: facts.corrected_cells,
            past_due: None,
            starts: list.starts.clone(),
            kinds: recorded_kinds(&list.problems, wrong),
            repairs: Vec::new(),
            repetitions: Vec::new(),
        }
    }
}

/// The words over the problems with a reason: `problem-fiscal-code-length` is told by `kind-fiscal-code-length`.
fn title(key: &str) -> String {
    text(&format!("kind-{}", key.strip_prefix("problem-").unwrap_or(key)))
}

fn kind(kind: &ProblemKind) -> Kind {
    Kind {
        title: title(&kind.key),
        count: i64::try_from(kind.count).unwrap_or(i64::MAX),
        remedy: kind.first.first().map(|first| say(&first.remedy)).unwrap_or_default(),
        lines: kind.first.iter().map(problem).collect(),
    }
}

fn problem(problem: &NamedProblem) -> WrongLine {
    WrongLine {
        line: problem.line.to_string(),
        column: problem.column.clone().unwrap_or_default(),
        fixing: problem.may_be_fixed.then(|| fixing(&problem.value)),
        value: problem.value.clone(),
        reason: say(&problem.reason),
    }
}

/// Kinds of a list that was read before, with the first of the rows that the ledger kept.
fn recorded_kinds(problems: &[(String, i64)], wrong: Vec<WrongRow>) -> Vec<Kind> {
    let empty = |(key, count): &(String, i64)| Kind {
        title: title(key),
        count: *count,
        remedy: String::new(),
        lines: Vec::new(),
    };
    let mut keys: Vec<String> = problems.iter().map(|(key, _)| key.clone()).collect();
    let mut kinds: Vec<Kind> = problems.iter().map(empty).collect();
    for row in wrong {
        let place = keys.iter().position(|key| *key == row.reason.key).unwrap_or_else(|| {
            // A list of before kinds were counted.
            keys.push(row.reason.key.to_string());
            kinds.push(empty(&(row.reason.key.to_string(), 0)));
            keys.len() - 1
        });
        let kind = &mut kinds[place];
        if kind.lines.is_empty() {
            kind.remedy = say(&row.remedy);
        }
        kind.lines.push(recorded(row));
        kind.count = kind.count.max(i64::try_from(kind.lines.len()).unwrap_or(i64::MAX));
    }
    kinds
}

fn recorded(row: WrongRow) -> WrongLine {
    WrongLine {
        line: row.line.to_string(),
        fixing: row.column_name.is_some().then(|| fixing(&row.value)),
        column: row.column_name.unwrap_or_default(),
        value: row.value,
        reason: say(&row.reason),
    }
}

fn fixing(value: &str) -> String {
    if value.ends_with('…') { String::new() } else { value.to_owned() }
}

/// `3 messaggi hanno una scadenza già passata: righe 2, 5, 9.`
fn past_due(report: &ListReport) -> Option<String> {
    let count = i64::try_from(report.past_due_rows).unwrap_or(i64::MAX);
    let lines: Vec<String> = report.past_due.iter().take(10).map(u64::to_string).collect();
    let words = Phrase::new("compose-past-due").with("count", count).with("shown", number(count));
    (count > 0).then(|| say(&words.with("lines", lines.join(", "))))
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

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::RowFault;

    #[test]
    fn every_kind_of_problem_has_its_title() {
        let sheet =
            ["too-few-cells", "too-many-cells", "too-long", "nul-byte", "bad-encoding", "quote-not-closed"]
                .into_iter()
                .chain(["quote-misplaced", "formula-error", "digits-lost", "unreadable-cell"])
                .map(|end| format!("sheet-row-{end}"));
        let own = RowFault::samples().into_iter().map(|fault| fault.phrase().key.to_string());
        for key in own.chain(sheet) {
            let title = title(&key);
            assert!(title.len() > 5 && !title.contains("kind-"), "{key}: {title}");
        }
    }

    #[test]
    fn kinds_of_a_list_of_before_are_told_by_its_rows() {
        let row = |line, key: &'static str| WrongRow {
            line,
            position: 0,
            column_name: Some("CF".to_owned()),
            value: "X".to_owned(),
            reason: Phrase::new(key),
            remedy: Phrase::new("remedy-fiscal-code-empty"),
            cells: None,
            after_row: None,
        };
        let wrong = vec![row(2, "problem-fiscal-code-empty"), row(3, "problem-fiscal-code-date")];
        let kinds = recorded_kinds(&[("problem-fiscal-code-empty".to_owned(), 7)], wrong);
        let counts: Vec<(i64, usize)> = kinds.iter().map(|kind| (kind.count, kind.lines.len())).collect();
        assert_eq!(counts, [(7, 1), (1, 1)]);
    }
}
