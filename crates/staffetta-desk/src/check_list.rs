//! An office's file, read and checked row by row against the message that it is for.

use crate::how_to_read::HowToRead;
use crate::list_report::{ListReport, NamedProblem, Repetition};
use staffetta_domain::list_plan::PlanInput;
use staffetta_domain::problem::{RowProblem, shortened};
use staffetta_domain::repeats::{Repeat, Repeats};
use staffetta_domain::{Amount, CheckedRow, Columns, ListPlan, Phrase, PlanProblem};
use staffetta_sheets::{Cells, Sheet, SheetError};
use std::fs::File;
use std::io;
use std::ops::ControlFlow;

/// Problems, and repetitions of each kind, of which the report keeps the words; all are counted.
const REPORT_KEEPS: usize = 1_000;

/// What a message asks of a list, and how its file is read.
#[derive(Clone, Debug)]
pub(crate) struct ListRules {
    pub(crate) subject: String,
    pub(crate) markdown: String,
    pub(crate) payment: bool,
    pub(crate) markdown_min: usize,
    pub(crate) amount_max: Amount,
    pub(crate) how: HowToRead,
}

impl ListRules {
    /// The plan for columns with these names.
    pub(crate) fn plan(&self, header: &[String]) -> Result<ListPlan, Vec<PlanProblem>> {
        let plan = ListPlan::new(PlanInput {
            header,
            meanings: self.how.meanings.as_deref(),
            invalid_after_due_date: self.how.invalid_after_due_date,
            subject: &self.subject,
            markdown: &self.markdown,
            payment: self.payment,
            markdown_min: self.markdown_min,
            amount_max: self.amount_max,
        })?;
        // Without the column all rows would be this day's, and other flows have them.
        if self.how.only_start.is_some() && plan.columns().expedition_date().is_none() {
            return Err(vec![PlanProblem::NoExpeditionColumn]);
        }
        Ok(plan)
    }
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
    Wrong { line: u64, cells: &'a [&'a str], problems: &'a [NamedProblem] },
    /// It is right, and left out.
    LeftOut { cells: &'a [&'a str], why: &'a Phrase },
}

/// Reads a file, from where it stands to its end. `see` is shown every row, and may stop the reading; `opened` gets the
/// columns before the first row.
pub(crate) fn check_list(
    file: File,
    rules: &ListRules,
    mut opened: impl FnMut(&Columns) -> ControlFlow<()>,
    mut see: impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
) -> Result<ListReport, ListError> {
    let how = &rules.how;
    let mut sheet = Sheet::from_file_named(file, how.sheet.as_deref()).map_err(ListError::Sheet)?;
    let plan = rules.plan(sheet.header()).map_err(ListError::Plan)?;
    sheet.set_amounts(plan.columns().amount());
    let mut reading = Reading {
        plan,
        how,
        repeats: Repeats::default(),
        repeats_here: Repeats::default(),
        hasher: blake3::Hasher::new(),
        report: ListReport::default(),
    };
    reading.report.kind = Some(sheet.kind().phrase());
    if opened(reading.plan.columns()).is_continue() {
        sheet
            .for_each_row_fixed(&|line, column| how.fixes.has(line, column), |line, row| {
                reading.row(line, row, &mut see)
            })
            .map_err(ListError::Sheet)?;
    }
    let mut report = reading.report;
    report.end_starts();
    report.sameness = *reading.hasher.finalize().as_bytes();
    report.kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    Ok(report)
}

struct Reading<'a> {
    plan: ListPlan,
    how: &'a HowToRead,
    repeats: Repeats,
    /// Of the rows of the day that is read, where it is one of several.
    repeats_here: Repeats,
    hasher: blake3::Hasher,
    report: ListReport,
}

impl Reading<'_> {
    fn row(
        &mut self,
        line: u64,
        row: Result<Cells<'_>, staffetta_sheets::RowProblem>,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let cells = match row {
            Ok(cells) => cells,
            Err(problem) => {
                // What cannot be read may be of any day: each has it among what is to be put right.
                self.report.read_rows += 1;
                let name = |column| self.plan.columns().name(column).to_owned();
                let problem = NamedProblem {
                    line,
                    column: problem.column().map(name).filter(|name| !name.is_empty()),
                    may_be_fixed: problem.column().is_some(),
                    value: problem.value().to_owned(),
                    reason: problem.phrase(),
                    remedy: problem.remedy(),
                };
                return self.wrong(line, &[], vec![problem], see);
            }
        };
        let mut cells: Vec<&str> = cells.iter().collect();
        let how = self.how;
        let corrected_cells = how.fixes.apply(line, &mut cells);
        let is_of_the_day = self.is_of_the_day(&cells);
        let went_elsewhere = !is_of_the_day && self.has_another_day_since(line);
        if is_of_the_day || went_elsewhere {
            self.report.read_rows += 1;
            self.report.corrected_cells += corrected_cells;
        }
        if went_elsewhere {
            let problem = self.of_another_day(line, &cells);
            return self.wrong(line, &cells, vec![problem], see);
        }
        if let Some(excluded) = how.excluded.iter().find(|all| all.names(self.plan.columns(), &cells)) {
            if !is_of_the_day {
                return ControlFlow::Continue(());
            }
            self.report.excluded_rows += 1;
            self.name_start(&cells);
            return see(line, SeenRow::LeftOut { cells: &cells, why: &excluded.why() });
        }
        match self.plan.check(&cells) {
            Ok(row) if is_of_the_day => self.good(line, &cells, &row, see),
            // Whom another day's row repeats is left out there or here: of the whole file once.
            Ok(row) => {
                self.repeats.see(line, &row);
                ControlFlow::Continue(())
            }
            Err(_) if !is_of_the_day => ControlFlow::Continue(()),
            Err(problems) => {
                self.name_start(&cells);
                let named = problems.into_iter().map(|problem| name(line, problem)).collect();
                self.wrong(line, &cells, named, see)
            }
        }
    }

    /// Whether a row is read: all are, but for those of another day of sending than the one that is asked for.
    fn is_of_the_day(&self, cells: &[&str]) -> bool {
        self.how.only_start.is_none_or(|day| self.plan.expedition(cells).map_or(true, |of_row| of_row == day))
    }

    fn name_start(&mut self, cells: &[&str]) {
        if let (Some(_), Ok(day)) = (self.plan.columns().expedition_date(), self.plan.expedition(cells)) {
            self.report.name_start(day);
        }
    }

    /// Whether a row got another day than this flow's on the page, since the list was parted. Its cell was no day, and
    /// each flow of the list has the row: it leaves none of them unseen.
    fn has_another_day_since(&self, line: u64) -> bool {
        let column = self.plan.columns().expedition_date();
        column.is_some_and(|column| self.how.fixes.has_since_parting(line, column))
    }

    fn of_another_day(&self, line: u64, cells: &[&str]) -> NamedProblem {
        let column = self.plan.columns().expedition_date().unwrap_or_default();
        NamedProblem {
            line,
            column: Some(self.plan.columns().name(column).to_owned()),
            may_be_fixed: true,
            value: shortened(cells.get(column).copied().unwrap_or_default()),
            reason: Phrase::new("problem-expedition-elsewhere"),
            remedy: Phrase::new("remedy-expedition-elsewhere"),
        }
    }

    /// What a row repeats. Where one day of several is read, a person's other message on another day is no matter.
    fn repeat(&mut self, line: u64, row: &CheckedRow) -> Repeat {
        let repeat = self.repeats.see(line, row);
        if self.how.only_start.is_none() || matches!(repeat, Repeat::Same { .. }) {
            return repeat;
        }
        self.repeats_here.see(line, row)
    }

    fn good(
        &mut self,
        line: u64,
        cells: &[&str],
        row: &CheckedRow,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let repeat = self.repeat(line, row);
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
            let why = repeat.phrase().unwrap_or_else(|| Phrase::new("repeat-same"));
            return see(line, SeenRow::LeftOut { cells, why: &why });
        }
        self.report.valid_rows += 1;
        self.report.count_length(row.units);
        if row.repaired {
            self.report.repaired_rows += 1;
            if self.report.repairs.len() < REPORT_KEEPS {
                let phrase = Phrase::new("row-repaired").with("code", row.fiscal_code.as_str());
                self.report.repairs.push((line, phrase));
            }
        }
        if let Some(amount) = row.amount {
            self.report.count_amount(amount.cents());
        }
        if let Some(due) = row.due_date {
            self.report.count_due(line, due, self.how.now);
        }
        if self.plan.columns().expedition_date().is_some() {
            self.report.count_start(row.expedition);
        }
        self.hasher.update(&row.same.to_le_bytes());
        see(line, SeenRow::Good { cells, row })
    }

    fn wrong(
        &mut self,
        line: u64,
        cells: &[&str],
        problems: Vec<NamedProblem>,
        see: &mut impl FnMut(u64, SeenRow<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.report.wrong_rows += 1;
        self.report.count_problems(&problems);
        let seen = see(line, SeenRow::Wrong { line, cells, problems: &problems });
        let room = REPORT_KEEPS.saturating_sub(self.report.problems.len());
        self.report.problems.extend(problems.into_iter().take(room));
        seen
    }
}

fn name(line: u64, problem: RowProblem) -> NamedProblem {
    NamedProblem {
        line,
        reason: problem.phrase(),
        remedy: problem.remedy(),
        may_be_fixed: problem.column.is_some(),
        column: problem.column,
        value: shortened(&problem.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::how_to_read::Fixes;
    use staffetta_store::draft_files::CellFix;
    use std::io::{Seek, Write};
    use std::sync::Arc;

    const CODES: [&str; 4] = ["RSSMRA85T10A562S", "MRTMTT25D09F205Z", "RSSMRA", ""];
    const DATES: [&str; 4] = ["30/06/2027", "31/06/2027", "", "domani"];

    fn read(rows: &[[&str; 2]], fixes: Vec<CellFix>) -> ListReport {
        let mut file = tempfile::tempfile().unwrap();
        writeln!(file, "cf;scadenza").unwrap();
        rows.iter().for_each(|[code, date]| writeln!(file, "{code};{date}").unwrap());
        file.rewind().unwrap();
        let rules = ListRules {
            subject: "Avviso di servizio".to_owned(),
            markdown: "Lo sportello resta chiuso per lavori. ".repeat(5),
            payment: false,
            markdown_min: 80,
            amount_max: Amount::MAX,
            how: HowToRead { fixes: Arc::new(Fixes::of(fixes)), ..HowToRead::default() },
        };
        check_list(file, &rules, |_| ControlFlow::Continue(()), |_, _| ControlFlow::Continue(())).unwrap()
    }

    /// What was put right on the page is read as if the office had written it into its file.
    #[test]
    fn a_cell_put_right_is_as_one_that_was_written_so() {
        let mut seed = 7_u32;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(seed >> 16).unwrap() % below
        };
        for _ in 0..200 {
            let mut rows: Vec<[&str; 2]> = (0..6).map(|_| [CODES[next(3)], DATES[next(4)]]).collect();
            let (before, mut fixes) = (rows.clone(), Vec::new());
            for _ in 0..next(5) {
                let (row, position) = (next(6), next(2));
                let value = if position == 0 { CODES[next(4)] } else { DATES[next(4)] };
                rows[row][position] = value;
                let line = i64::try_from(row).unwrap() + 2;
                let position = i16::try_from(position).unwrap();
                fixes.retain(|fix: &CellFix| (fix.line, fix.position) != (line, position));
                fixes.push(CellFix { line, position, value: value.to_owned(), inherited: false });
            }
            // A row that became blank is passed over where it is written, and wrong where it was put so.
            if rows.iter().any(|row| row.concat().is_empty()) {
                continue;
            }
            let fixed = read(&before, fixes.clone());
            let written = read(&rows, Vec::new());
            assert_eq!(fixed.corrected_cells, fixes.len() as u64);
            assert_eq!(ListReport { corrected_cells: 0, ..fixed }, written);
        }
    }
}
