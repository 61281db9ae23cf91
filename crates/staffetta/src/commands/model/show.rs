//! `model show`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_desk::Model;
use staffetta_domain::Phrase;
use staffetta_words::{say, text};

#[derive(Serialize)]
struct Shown<'a> {
    key: String,
    name: &'a str,
    purpose: Option<&'a str>,
    nature: &'a str,
    subject: &'a str,
    markdown: &'a str,
    invalid_after_due_date: bool,
    columns: Vec<Column<'a>>,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    meaning: Option<&'static str>,
    about: Option<&'a str>,
}

pub(crate) fn run(session: &Session, model: &Model) -> Result<(), Failure> {
    let columns = model.columns.iter().map(|column| Column {
        name: &column.name,
        meaning: column.meaning.map(|meaning| meaning.word()),
        about: column.about.as_deref(),
    });
    let shown = Shown {
        key: model.key.to_string(),
        name: &model.name,
        purpose: model.purpose.as_deref(),
        nature: &model.nature,
        subject: &model.subject,
        markdown: &model.markdown,
        invalid_after_due_date: model.invalid_after_due_date,
        columns: columns.collect(),
    };
    if session.settings.json {
        return output::json(&shown);
    }
    tell(&shown)
}

fn tell(shown: &Shown<'_>) -> Result<(), Failure> {
    output::line(shown.name)?;
    if let Some(purpose) = shown.purpose {
        output::line(purpose)?;
    }
    for line in ["", shown.subject, "", shown.markdown, "", &text("cli-model-columns")] {
        output::line(line)?;
    }
    for column in &shown.columns {
        let meaning = column.meaning.unwrap_or("text");
        let about = column.about.map_or_else(|| text(&format!("meaning-{meaning}")), str::to_owned);
        let line = Phrase::new("cli-model-column-line").with("name", column.name).with("about", about);
        output::line(&say(&line))?;
    }
    Ok(())
}
