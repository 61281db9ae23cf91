//! `flow export`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::written_file;
use serde::Serialize;
use staffetta_desk::{ResultPart, result_file};
use staffetta_domain::{FlowId, Phrase};
use staffetta_words::say;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(value_name = "ID")]
    id: FlowId,
    /// The file to write, as Excel or as CSV by its ending
    #[arg(long, value_name = "FILE.xlsx")]
    output: PathBuf,
    /// Only those who were certainly not reached, and, of those who wait, who will not be as the forecast says
    #[arg(long)]
    unreached: bool,
}

#[derive(Serialize)]
struct Exported {
    id: FlowId,
    rows: u64,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { id, output: path, unreached } = arguments;
    let part = if unreached { ResultPart::Unreached } else { ResultPart::All };
    let format = written_file::result_format(&path)?;
    let rows = result_file(&session.store, &session.scope, (id, part), format, path.clone()).await?;
    if session.settings.json {
        return output::json(&Exported { id, rows });
    }
    output::line(&say(&Phrase::new("cli-exported").with("count", rows).with("path", path.display())))
}
