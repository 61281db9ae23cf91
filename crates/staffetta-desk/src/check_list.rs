//! An office's file, read and checked row by row against the message that it is for.

use staffetta_domain::list_plan::PlanInput;
use staffetta_domain::problem::{RowProblem, shortened};
use staffetta_domain::repeats::{Repeat, Repeats};
use staffetta_domain::{Amount, CheckedRow, ListPlan, Phrase, PlanProblem};
use staffetta_sheets::{Cells, Sheet, SheetError};
use std::fs::File;
use std::io;
use std::ops::ControlFlow;

/// Problems, and repetitions of each kind, of which the report keeps the words; all are counted.
const REPORT_KEEPS: usize = 1_000;

/// What a message asks of a list.
#[derive(Clone, Debug)]
pub(crate) struct ListRules {
    pub(crate) subject: String,
    pub(crate) markdown: String,
    pub(crate) payment: bool,
    pub(crate) markdown_min: usize,
    pub(crate) amount_max: Amount,
}

/// A problem of a row, with what to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProblem {
    /// Line of the file, from 1.
    pub line: u64,
    /// Name of the column, where it stands in one.
    pub column: Option<String>,
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
    /// Sum, smallest and largest amount in euro cents, of a payment.
    pub cents: Option<Cents>,
    /// Problems of the wrong rows, all of them: a row may have several.
    pub problems_found: u64,
    /// The first problems.
    pub problems: Vec<NamedProblem>,
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

/// Why a file cannot be a list for this message.
#[derive(Debug)]
pub(crate) enum ListError {
    Sheet(SheetError),
    Plan(Vec<PlanProblem>),
}

impl From<io::Error> for ListError {
    fn from(error: io::Error) -> Self {
        Self::Sheet(error.into())
    }
}

/// One row of the file, after the checks.
pub(crate) enum SeenRow<'a> {
    /// It goes out.
    Good { cells: &'a [&'a str], row: &'a CheckedRow },
    /// It does not.
    Wrong { line: u64, problems: &'a [NamedProblem] },
}

/// Reads a file, from where it stands to its end. `see` is shown every row that goes out or is wrong, and may stop the reading;
/// `opened` gets the names of the columns before the first row.
pub(crate) fn check_list(
    file: File,
    rules: &ListRules,
    mut opened: impl FnMut(&[String]) -> ControlFlow<()>,
    mut see: impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
) -> Result<ListReport, ListError> {
    let mut sheet = Sheet::from_file(file).map_err(ListError::Sheet)?;
    let plan = ListPlan::new(PlanInput {
        header: sheet.header(),
        subject: &rules.subject,
        markdown: &rules.markdown,
        payment: rules.payment,
        markdown_min: rules.markdown_min,
        amount_max: rules.amount_max,
    })
    .map_err(ListError::Plan)?;
    let names: Vec<String> = plan.columns().names().map(str::to_owned).collect();
    let mut reading = Reading {
        plan,
        repeats: Repeats::default(),
        hasher: blake3::Hasher::new(),
        report: ListReport::default(),
    };
    reading.report.kind = Some(sheet.kind().phrase());
    if opened(&names).is_continue() {
        sheet
            .for_each_row(|line, row| {
                reading.report.read_rows += 1;
                reading.row(line, row, &mut see)
            })
            .map_err(ListError::Sheet)?;
    }
    let mut report = reading.report;
    report.sameness = *reading.hasher.finalize().as_bytes();
    Ok(report)
}

struct Reading {
    plan: ListPlan,
    repeats: Repeats,
    hasher: blake3::Hasher,
    report: ListReport,
}

impl Reading {
    fn row(
        &mut self,
        line: u64,
        row: Result<Cells<'_>, staffetta_sheets::RowProblem>,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let cells = match row {
            Ok(cells) => cells,
            Err(problem) => {
                let name = |column| self.plan.columns().name(column).to_owned();
                let problem = NamedProblem {
                    line,
                    column: problem.column().map(name).filter(|name| !name.is_empty()),
                    value: problem.value().to_owned(),
                    reason: problem.phrase(),
                    remedy: problem.remedy(),
                };
                return self.wrong(line, vec![problem], see);
            }
        };
        let cells: Vec<&str> = cells.iter().collect();
        match self.plan.check(&cells) {
            Ok(row) => self.good(line, &cells, &row, see),
            Err(problems) => {
                let named = problems.into_iter().map(|problem| name(line, problem)).collect();
                self.wrong(line, named, see)
            }
        }
    }

    fn good(
        &mut self,
        line: u64,
        cells: &[&str],
        row: &CheckedRow,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let repeat = self.repeats.see(line, row);
        let (different, seen_before) = match repeat {
            Repeat::Same { .. } => (false, &mut self.report.same_rows),
            Repeat::Different { .. } => (true, &mut self.report.different_rows),
            Repeat::New => (false, &mut 0),
        };
        *seen_before += 1;
        if let Some(phrase) = repeat.phrase()
            && *seen_before <= REPORT_KEEPS as u64
        {
            self.report.repetitions.push(Repetition { line, different, phrase });
        }
        if matches!(repeat, Repeat::Same { .. }) {
            return ControlFlow::Continue(());
        }
        self.report.valid_rows += 1;
        if row.repaired {
            self.report.repaired_rows += 1;
            if self.report.repairs.len() < REPORT_KEEPS {
                let phrase = Phrase::new("row-repaired").with("code", row.fiscal_code.as_str());
                self.report.repairs.push((line, phrase));
            }
        }
        if let Some(amount) = row.amount {
            self.report.cents = Some(with_amount(self.report.cents, amount.cents()));
        }
        self.hasher.update(&row.same.to_le_bytes());
        see(line, SeenRow::Good { cells, row })
    }

    fn wrong(
        &mut self,
        line: u64,
        problems: Vec<NamedProblem>,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.report.wrong_rows += 1;
        self.report.problems_found += problems.len() as u64;
        let seen = see(line, SeenRow::Wrong { line, problems: &problems });
        let room = REPORT_KEEPS.saturating_sub(self.report.problems.len());
        self.report.problems.extend(problems.into_iter().take(room));
        seen
    }
}

fn with_amount(cents: Option<Cents>, amount: i64) -> Cents {
    cents.map_or(Cents { total: amount, min: amount, max: amount }, |cents| Cents {
        total: cents.total.saturating_add(amount),
        min: cents.min.min(amount),
        max: cents.max.max(amount),
    })
}

fn name(line: u64, problem: RowProblem) -> NamedProblem {
    NamedProblem {
        line,
        reason: problem.phrase(),
        remedy: problem.remedy(),
        column: problem.column,
        value: shortened(&problem.value),
    }
}
