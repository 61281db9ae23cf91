//! A model as it is shown: its text as a phone would, with the places, and the columns of its file.

use crate::message::Message;
use staffetta_desk::{Model, ModelKey, example_rows};
use staffetta_domain::UnixMillis;
use staffetta_words::text;

/// A model, ready for the templates `models/columns.html` and `message.html`.
pub(crate) struct ModelShown {
    pub(crate) key: ModelKey,
    pub(crate) message: Message,
    pub(crate) columns: Vec<ColumnShown>,
    pub(crate) expires: bool,
}

pub(crate) struct ColumnShown {
    pub(crate) name: String,
    /// What is to be written in it.
    pub(crate) about: String,
    pub(crate) example: String,
}

impl ModelShown {
    pub(crate) fn of(model: &Model, sender: &str, now: UnixMillis) -> Self {
        let [example, ..] = example_rows(model, now);
        let columns = model.columns.iter().zip(example).map(|(column, example)| ColumnShown {
            name: column.name.clone(),
            about: column.about.clone().unwrap_or_else(|| {
                let meaning = column.meaning.map_or("text", |meaning| meaning.word());
                text(&format!("meaning-{meaning}"))
            }),
            example,
        });
        Self {
            key: model.key,
            message: Message::text(sender, &model.subject, &model.markdown),
            columns: columns.collect(),
            expires: model.invalid_after_due_date,
        }
    }
}
