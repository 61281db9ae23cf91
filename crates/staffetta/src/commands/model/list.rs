//! `model list`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::table::{Align, lines};
use serde::Serialize;
use staffetta_desk::{ModelKey, own_models, shared_models};
use staffetta_words::text;

#[derive(Serialize)]
struct Line {
    /// By which it can be asked for: the number of an own one, the word of a shared one.
    key: String,
    name: String,
    shared: bool,
    /// Name of the nature.
    nature: String,
}

pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let natures = session.store.natures(session.organization.id).await?;
    let nature = |code: &str| {
        let known = natures.iter().find(|one| one.nature.code == code);
        known.map_or_else(|| code.to_owned(), |one| one.nature.name.clone())
    };
    let own = own_models(&session.store, &session.scope).await?.into_iter().map(|model| Line {
        key: ModelKey::Own(model.id).to_string(),
        name: model.name,
        shared: false,
        nature: model.nature_name,
    });
    let shared = shared_models().iter().map(|model| Line {
        key: model.key.to_string(),
        name: model.name.clone(),
        shared: true,
        nature: nature(&model.nature),
    });
    let mut all = own.chain(shared);
    if session.settings.json {
        return all.try_for_each(|line| output::json(&line));
    }
    let header = ["cli-column-model", "model-name", "cli-column-whose", "flows-nature"];
    let rows: Vec<[String; 4]> = all
        .map(|line| {
            let whose = text(if line.shared { "cli-model-shared" } else { "cli-model-own" });
            [line.key, line.name, whose, line.nature]
        })
        .collect();
    let header = header.map(|key| (text(key), Align::Left));
    lines(header, &rows).iter().try_for_each(|line| output::line(line))
}
