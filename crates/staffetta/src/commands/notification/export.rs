//! `notification export`.

use super::filters::Filters;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::written_file;
use serde::Serialize;
use staffetta_desk::export_notifications;
use staffetta_domain::Phrase;
use staffetta_words::say;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    filters: Filters,
    /// The file to write
    #[arg(long, value_name = "FILE.xlsx")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Exported {
    rows: u64,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let search = arguments.filters.search(session).await?;
    let path = arguments.output;
    written_file::may_be_written(&path, &[])?;
    let rows = export_notifications(&session.store, &session.scope, &search, path.clone()).await?;
    if session.settings.json {
        return output::json(&Exported { rows });
    }
    output::line(&say(&Phrase::new("cli-exported").with("count", rows).with("path", path.display())))
}
