//! *Righe scartate*, on the screen and as a file.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use staffetta_desk::{FlowRequest, ListReport, NamedProblem, wrong_rows_of_request};
use staffetta_domain::Phrase;
use staffetta_words::say;
use std::path::Path;

/// Problems that go to the screen; all go to the file.
const SHOWN: usize = 20;

/// Tells the first problems.
pub(super) fn tell(report: &ListReport) {
    for problem in report.problems.iter().take(SHOWN) {
        output::notice(&line(problem));
    }
    let shown = report.problems.len().min(SHOWN) as u64;
    let rest = report.problems_found.saturating_sub(shown);
    if rest > 0 {
        output::notice(&say(&Phrase::new("cli-problems-more").with("count", rest)));
    }
}

fn line(problem: &NamedProblem) -> String {
    let place = match &problem.column {
        Some(column) => Phrase::new("cli-problem-in-column")
            .with("line", problem.line)
            .with("column", column)
            .with("value", &problem.value),
        None => Phrase::new("cli-problem-in-line").with("line", problem.line),
    };
    format!("{}: {} {}", say(&place), say(&problem.reason), say(&problem.remedy))
}

/// Writes them as an Excel file, whole or not at all.
pub(super) async fn write(session: &Session, request: FlowRequest<'_>, path: &Path) -> Result<(), Failure> {
    let written = wrong_rows_of_request(&session.store, &session.scope, request, session.now(), path).await?;
    output::notice(&say(&Phrase::new("cli-problems-written")
        .with("count", written)
        .with("path", path.display())));
    Ok(())
}
