//! `flow export`.

use crate::excel_file;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_desk::export_flow;
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
}

#[derive(Serialize)]
struct Exported {
    id: FlowId,
    rows: u64,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { id, output: path } = arguments;
    excel_file::may_be_written(&path, &[])?;
    let rows = export_flow(&session.store, &session.scope, id, path.clone()).await?;
    if session.settings.json {
        return output::json(&Exported { id, rows });
    }
    output::line(&say(&Phrase::new("cli-exported").with("count", rows).with("path", path.display())))
}
