//! `model example`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::written_file;
use serde::Serialize;
use staffetta_desk::{ExportError, write_model_example};
use staffetta_domain::Phrase;
use staffetta_words::say;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    model: super::Named,
    /// The file to write
    #[arg(long, value_name = "FILE.xlsx")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Written {
    rows: u64,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { model, output: path } = arguments;
    let model = super::find(session, &model.name).await?;
    written_file::may_be_written(&path, &[])?;
    let rows = write_model_example(&model, session.now(), &path).map_err(ExportError::from)?;
    if session.settings.json {
        return output::json(&Written { rows });
    }
    output::line(&say(&Phrase::new("cli-exported").with("count", rows).with("path", path.display())))
}
