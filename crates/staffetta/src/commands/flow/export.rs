//! `flow export`.

use crate::excel_file;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_desk::{FlowPart, export_flow};
use staffetta_domain::{FlowId, Phrase};
use staffetta_words::say;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(value_name = "ID")]
    id: FlowId,
    /// The file to write
    #[arg(long, value_name = "FILE.xlsx")]
    output: PathBuf,
    /// Only those who cannot be written to on IO, as was found or as the forecast says
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
    let part = if unreached { FlowPart::Unreached } else { FlowPart::All };
    excel_file::may_be_written(&path, &[])?;
    let rows = export_flow(&session.store, &session.scope, id, part, path.clone()).await?;
    if session.settings.json {
        return output::json(&Exported { id, rows });
    }
    output::line(&say(&Phrase::new("cli-exported").with("count", rows).with("path", path.display())))
}
