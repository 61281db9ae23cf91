//! What came of reading a draft's file, and what is said of it.

use crate::list_report::ListReport;
use crate::message::Message;
use staffetta_domain::{FlowId, ListId, Phrase, PlanProblem, TextError, UnixMillis};
use staffetta_sheets::SheetError;

/// What came of reading a draft's file.
#[derive(Debug)]
pub enum ListRead {
    /// Its good rows are the flow's recipients.
    Ready(Box<ListReady>),
    /// Some rows are wrong: nothing was written until the person accepts to go on without them.
    WrongRows(Box<ListReport>),
    /// No row can go out.
    NoValidRows(Box<ListReport>),
    /// Message and list do not fit together.
    Plan(Vec<PlanProblem>),
    /// The file is not a list.
    Sheet(SheetError),
    /// The file is kept; it is checked when *oggetto* and *contenuto* are both written.
    MessageMissing {
        /// Names of the file's columns, for the placeholders.
        columns: Vec<String>,
    },
    /// Message, file or list were changed while the file was read: to be read again.
    Moved,
    /// No file is kept: none was uploaded yet, or it went with an activation.
    NoFile,
}

/// A list that is the flow's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListReady {
    /// Its number.
    pub list: ListId,
    /// What was found in the file. Who stands in it more than once with different contents (two instalments)
    /// is counted in `different_rows`; the first are among `repetitions`.
    pub report: ListReport,
    /// An earlier flow with the same list and the same message, and when it was made.
    pub earlier: Option<(FlowId, UnixMillis)>,
    /// Rows whose person already got the same content, and in how many of the last days.
    pub already: Option<(i64, i16)>,
}

impl ListRead {
    /// What can be said from the message and the names of the columns, before any row is read. While a text
    /// is still to be written its length is no mistake.
    pub(crate) fn before_rows(message: &Message, columns: &[String]) -> Option<Self> {
        let mut problems = message.rules.plan(columns).err()?;
        let blank = [PlanProblem::Subject(TextError::Blank), PlanProblem::Markdown(TextError::Blank)];
        if problems.iter().any(|problem| blank.contains(problem)) {
            problems.retain(|problem| !matches!(problem, PlanProblem::Subject(_) | PlanProblem::Markdown(_)));
            if problems.is_empty() {
                return Some(Self::MessageMissing { columns: columns.to_vec() });
            }
        }
        Some(Self::Plan(problems))
    }

    /// What is said: what happened, and what to do, in pairs.
    #[must_use]
    pub fn phrases(&self) -> Vec<(Phrase, Option<Phrase>)> {
        let one = |phrase| vec![(phrase, None)];
        match self {
            Self::Ready(ready) => one(Phrase::new("list-ready").with("valid", ready.report.valid_rows)),
            Self::WrongRows(report) => vec![(
                Phrase::new("list-wrong-rows")
                    .with("wrong", report.wrong_rows)
                    .with("valid", report.valid_rows),
                Some(Phrase::new("list-wrong-rows-remedy")),
            )],
            Self::NoValidRows(report) => vec![(
                Phrase::new("create-no-valid-rows").with("wrong", report.wrong_rows),
                Some(Phrase::new("list-no-valid-rows-remedy")),
            )],
            Self::Plan(problems) => {
                problems.iter().map(|problem| (problem.phrase(), Some(problem.remedy()))).collect()
            }
            Self::Sheet(error) => vec![(error.phrase(), Some(error.remedy()))],
            Self::MessageMissing { .. } => one(Phrase::new("list-message-missing")),
            Self::Moved => one(Phrase::new("list-moved")),
            Self::NoFile => one(Phrase::new("list-no-file")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_words() {
        let report =
            |valid_rows, wrong_rows| Box::new(ListReport { valid_rows, wrong_rows, ..ListReport::default() });
        let ready = ListReady { list: ListId(1), report: *report(1, 0), earlier: None, already: None };
        let outcomes = [
            ListRead::Ready(Box::new(ready)),
            ListRead::WrongRows(report(291, 8)),
            ListRead::NoValidRows(report(0, 8)),
            ListRead::Plan(PlanProblem::samples().into_iter().collect()),
            ListRead::Sheet(SheetError::Empty),
            ListRead::MessageMissing { columns: Vec::new() },
            ListRead::Moved,
            ListRead::NoFile,
        ];
        for outcome in outcomes {
            for (what, remedy) in outcome.phrases() {
                for phrase in [Some(what), remedy].into_iter().flatten() {
                    let words = staffetta_words::say(&phrase);
                    assert!(words.len() > 15 && !words.starts_with('['), "{words}");
                }
            }
        }
    }
}
