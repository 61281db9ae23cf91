//! What was found in an office's file.

use staffetta_domain::{DueDate, Expedition, Phrase, UnixMillis};
use std::collections::{BTreeMap, BTreeSet};

/// Problems of one kind, and dates that have passed, of which the report keeps the lines; all are counted.
const KIND_KEEPS: usize = 50;
/// Days of sending into which a list can be parted.
pub const STARTS_MAX: usize = 31;

/// A problem of a row, with what to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProblem {
    /// Line of the file, from 1.
    pub line: u64,
    /// Name of the column, where it stands in one.
    pub column: Option<String>,
    /// Whether the cell can be put right on the page: the row was read, but for its value.
    pub may_be_fixed: bool,
    /// The value, shortened.
    pub value: String,
    /// What is wrong.
    pub reason: Phrase,
    /// What to do.
    pub remedy: Phrase,
}

/// A person who stands more than once in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// Line of the file, from 1.
    pub line: u64,
    /// With another content: both messages go out. Otherwise the row was left out.
    pub different: bool,
    /// What is said of it.
    pub phrase: Phrase,
}

/// What was found in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListReport {
    /// What kind of file it is, to be said.
    pub kind: Option<Phrase>,
    /// Rows of the file, all of them.
    pub read_rows: u64,
    /// Rows that go out.
    pub valid_rows: u64,
    /// Rows that cannot.
    pub wrong_rows: u64,
    /// Rows whose fiscal code was put right.
    pub repaired_rows: u64,
    /// Rows left out because the same person with the same content came before.
    pub same_rows: u64,
    /// Rows of a person who came before with another content.
    pub different_rows: u64,
    /// Rows left out because a second file names them.
    pub excluded_rows: u64,
    /// Cells that were put right on the page.
    pub corrected_cells: u64,
    /// Sum, smallest and largest amount in euro cents, of a payment.
    pub cents: Option<Cents>,
    /// First and last due date.
    pub due: Option<(DueDate, DueDate)>,
    /// Rows that go out although their due date has passed.
    pub past_due_rows: u64,
    /// The first lines of these.
    pub past_due: Vec<u64>,
    /// Which of the rows that go out, from 1, have the shortest and the longest message.
    pub lengths: Option<Lengths>,
    /// Days of sending, where the file says them, each with how many of its rows go out then, those of which none does
    /// among them. Where there are more than [`STARTS_MAX`], that many and one.
    pub starts: BTreeMap<Option<Expedition>, u64>,
    /// Days of rows that do not go out.
    pub(crate) named: BTreeSet<Option<Expedition>>,
    /// Problems of the wrong rows, all of them: a row may have several.
    pub problems_found: u64,
    /// The first problems.
    pub problems: Vec<NamedProblem>,
    /// The same by kind, the commonest first; each with its first rows.
    pub kinds: Vec<ProblemKind>,
    /// The first rows whose fiscal code was put right, by line, and what is said of each.
    pub repairs: Vec<(u64, Phrase)>,
    /// The first repetitions of each kind.
    pub repetitions: Vec<Repetition>,
    /// Hash of what goes out, in order.
    pub(crate) sameness: [u8; 32],
}

/// Amounts of a list, in euro cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cents {
    /// Sum.
    pub total: i64,
    /// Smallest.
    pub min: i64,
    /// Largest.
    pub max: i64,
}

/// The shortest and the longest message of a list; the first of those that are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// Row, from 1, and UTF-16 code units of the shortest.
    pub shortest: (u64, usize),
    /// The same of the longest.
    pub longest: (u64, usize),
}

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemKind {
    /// Key of its reason, by which it is told from others.
    pub key: String,
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub first: Vec<NamedProblem>,
}

impl ListReport {
    /// Counts the problems of a row, and keeps the first of each kind.
    pub(crate) fn count_problems(&mut self, problems: &[NamedProblem]) {
        self.problems_found += problems.len() as u64;
        for problem in problems {
            let place =
                self.kinds.iter().position(|kind| kind.key == problem.reason.key).unwrap_or_else(|| {
                    let key = problem.reason.key.to_string();
                    self.kinds.push(ProblemKind { key, count: 0, first: Vec::new() });
                    self.kinds.len() - 1
                });
            let kind = &mut self.kinds[place];
            kind.count += 1;
            if kind.first.len() < KIND_KEEPS {
                kind.first.push(problem.clone());
            }
        }
    }

    /// Counts a due date.
    pub(crate) fn count_due(&mut self, line: u64, due: DueDate, now: UnixMillis) {
        let (first, last) = self.due.unwrap_or((due, due));
        self.due = Some((first.min(due), last.max(due)));
        if due.instant() < now {
            self.past_due_rows += 1;
            if self.past_due.len() < KIND_KEEPS {
                self.past_due.push(line);
            }
        }
    }

    /// Counts a row that goes out by its day of sending.
    pub(crate) fn count_start(&mut self, day: Option<Expedition>) {
        if let Some(rows) = self.starts.get_mut(&day) {
            *rows += 1;
        } else if self.starts.len() <= STARTS_MAX {
            self.starts.insert(day, 1);
        }
    }

    /// A day of sending of a row that is wrong or left out: whoever puts it right or back looks for it under it.
    pub(crate) fn name_start(&mut self, day: Option<Expedition>) {
        if self.named.len() <= STARTS_MAX {
            self.named.insert(day);
        }
    }

    /// Once all rows are read: the days of which no row goes out, after those that are counted.
    pub(crate) fn end_starts(&mut self) {
        for day in std::mem::take(&mut self.named) {
            if self.starts.len() <= STARTS_MAX {
                self.starts.entry(day).or_default();
            }
        }
    }

    /// Keeps the row, which is the last that goes out, if its message is the shortest or the longest so far.
    pub(crate) fn count_length(&mut self, units: usize) {
        let one = (self.valid_rows, units);
        let lengths = self.lengths.get_or_insert(Lengths { shortest: one, longest: one });
        if units < lengths.shortest.1 {
            lengths.shortest = one;
        }
        if units > lengths.longest.1 {
            lengths.longest = one;
        }
    }

    /// Counts an amount, in euro cents.
    pub(crate) fn count_amount(&mut self, amount: i64) {
        let one = Cents { total: amount, min: amount, max: amount };
        self.cents = Some(self.cents.map_or(one, |cents| Cents {
            total: cents.total.saturating_add(amount),
            min: cents.min.min(amount),
            max: cents.max.max(amount),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_by_kind() {
        let problem = |line, key: &'static str| NamedProblem {
            line,
            column: None,
            may_be_fixed: false,
            value: String::new(),
            reason: Phrase::new(key),
            remedy: Phrase::new(key),
        };
        let mut report = ListReport::default();
        report.count_problems(&[problem(2, "a"), problem(2, "b")]);
        for line in 3..100 {
            report.count_problems(&[problem(line, "b")]);
        }
        assert_eq!(report.problems_found, 99);
        let counts: Vec<(&str, u64, usize)> =
            report.kinds.iter().map(|kind| (kind.key.as_str(), kind.count, kind.first.len())).collect();
        assert_eq!(counts, [("a", 1, 1), ("b", 98, KIND_KEEPS)]);
    }

    #[test]
    fn of_equal_messages_the_first_is_the_shortest_and_the_longest() {
        let mut report = ListReport::default();
        for units in [200, 190, 300, 190, 300] {
            report.valid_rows += 1;
            report.count_length(units);
        }
        assert_eq!(report.lengths, Some(Lengths { shortest: (2, 190), longest: (3, 300) }));
    }

    #[test]
    fn days_of_which_no_row_goes_out_hide_none_of_the_others() {
        let day = |n: usize| Expedition::from_ledger(&format!("{}-01-01", 2000 + n));
        let mut report = ListReport::default();
        (0..STARTS_MAX + 9).for_each(|n| report.name_start(day(n)));
        for n in [50, 1, 50, 51] {
            report.count_start(day(n));
        }
        report.end_starts();
        let sent: Vec<_> = report.starts.iter().filter(|(_, rows)| **rows > 0).collect();
        assert_eq!(sent, [(&day(1), &1), (&day(50), &2), (&day(51), &1)]);
        assert_eq!(report.starts.len(), STARTS_MAX + 1);
        (100..200).for_each(|n| report.count_start(day(n)));
        assert_eq!(report.starts.len(), STARTS_MAX + 1);
    }

    #[test]
    fn due_dates_have_a_first_and_a_last() {
        let at = |at| DueDate::at(UnixMillis(at));
        let mut report = ListReport::default();
        for (line, due) in [(2, 30), (3, 10), (4, 20)] {
            report.count_due(line, at(due), UnixMillis(20));
        }
        assert_eq!(report.due, Some((at(10), at(30))));
        assert_eq!((report.past_due_rows, report.past_due), (1, vec![3]));
    }
}
