//! The models that come with the program: one file each in `models/`, inside the binary.

use crate::model::{Examples, Model, ModelColumn, ModelKey};
use serde::Deserialize;
use staffetta_domain::Columns;
use staffetta_domain::columns::key;
use std::sync::LazyLock;

macro_rules! files {
    ($($word:literal),* $(,)?) => {
        [$(($word, include_str!(concat!("../models/", $word, ".toml")))),*]
    };
}

const FILES: [(&str, &str); 12] = files!(
    "appuntamento",
    "carta-identita",
    "componenti-di-seggio",
    "errata-corrige",
    "iscrizioni-ai-servizi",
    "lavori-in-strada",
    "mensa-scolastica",
    "messaggio-inviato-per-errore",
    "permesso-di-sosta",
    "sollecito-tari",
    "tari",
    "tessera-elettorale",
);

/// A file; the tests prove that each can be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    purpose: String,
    nature: String,
    subject: String,
    markdown: String,
    columns: Vec<WrittenColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenColumn {
    name: String,
    about: String,
    examples: Option<Examples>,
}

static SHARED: LazyLock<Vec<Model>> = LazyLock::new(|| {
    let mut models: Vec<Model> = FILES.iter().filter_map(|(word, text)| read(word, text).ok()).collect();
    models.sort_by_key(|model| key(&model.name));
    models
});

/// All of them, by name.
pub(crate) fn shared() -> &'static [Model] {
    &SHARED
}

/// The one with this word or name, in any spelling.
pub(crate) fn shared_named(name: &str) -> Option<&'static Model> {
    let sought = key(name);
    SHARED.iter().find(|model| key(&model.key.to_string()) == sought || key(&model.name) == sought)
}

fn read(word: &'static str, text: &str) -> Result<Model, toml::de::Error> {
    let written: Written = toml::from_str(text)?;
    let names = written.columns.iter().map(|column| column.name.clone()).collect();
    let meanings = Columns::from_ledger(names).meanings();
    let column = |(one, meaning): (WrittenColumn, _)| ModelColumn {
        name: one.name,
        meaning,
        about: Some(one.about),
        examples: one.examples,
    };
    Ok(Model {
        key: ModelKey::Shared(word),
        name: written.title,
        purpose: Some(written.purpose),
        nature: written.nature,
        subject: written.subject,
        markdown: written.markdown.trim().to_owned(),
        columns: written.columns.into_iter().zip(meanings).map(column).collect(),
        is_meaning_chosen: false,
        invalid_after_due_date: false,
        made: None,
        may_change: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example_list::example_rows;
    use staffetta_domain::limits::{MARKDOWN_MIN_DEFAULT, SERVICE_AMOUNT_DEFAULT_CENTS};
    use staffetta_domain::text::utf16_len;
    use staffetta_domain::text_warning::{markdown_warnings, subject_warnings};
    use staffetta_domain::{Amount, ListPlan, Nature, PlanInput, Template, UnixMillis};

    const NOW: UnixMillis = UnixMillis(1_795_000_000_000);

    #[test]
    fn every_file_of_the_folder_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        there.sort();
        assert_eq!(there, FILES.map(|(word, _)| format!("{word}.toml")));
        for (word, text) in FILES {
            assert!(read(word, text).is_ok(), "{word}: {:?}", read(word, text));
            assert!(word.parse::<i64>().is_err(), "{word} would be the number of an own model");
        }
        assert_eq!(shared().len(), FILES.len());
    }

    #[test]
    fn every_model_goes_out_with_its_own_example() {
        for model in shared() {
            let nature = Nature::initial().into_iter().find(|nature| nature.code == model.nature).unwrap();
            let header: Vec<String> = model.columns.iter().map(|column| column.name.clone()).collect();
            let plan = ListPlan::new(PlanInput {
                header: &header,
                meanings: None,
                invalid_after_due_date: false,
                subject: &model.subject,
                markdown: &model.markdown,
                payment: nature.payment,
                markdown_min: MARKDOWN_MIN_DEFAULT,
                amount_max: Amount::from_cents(SERVICE_AMOUNT_DEFAULT_CENTS).unwrap(),
            });
            let plan = plan.unwrap_or_else(|problems| panic!("{}: {problems:?}", model.key));
            for row in example_rows(model, NOW) {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                let checked =
                    plan.check(&cells).unwrap_or_else(|problems| panic!("{}: {problems:?}", model.key));
                assert!(checked.fiscal_code.as_str()[11..].starts_with("M9") && !checked.repaired);
                assert!(checked.due_date.is_none_or(|date| date.instant() > NOW), "{}", model.key);
            }
        }
    }

    #[test]
    fn every_text_is_one_that_io_shows_whole() {
        for model in shared() {
            let (word, text) = (model.key, &model.markdown);
            assert!(utf16_len(text) > 2 * MARKDOWN_MIN_DEFAULT, "{word} is short");
            assert_eq!(
                (markdown_warnings(text), subject_warnings(&model.subject)),
                (Vec::new(), Vec::new()),
                "{word}"
            );
            for unshown in ["|--", "~~", "<", "http://", "[^", "\n    "] {
                assert!(!text.contains(unshown), "{word}: {unshown}");
            }
            let used: Vec<String> = [&model.subject, text]
                .into_iter()
                .flat_map(|text| {
                    let template = Template::parse(text).unwrap();
                    template.placeholders().into_iter().map(str::to_owned).collect::<Vec<_>>()
                })
                .collect();
            for column in &model.columns {
                let said = used.contains(&column.name) || column.meaning.is_some();
                assert!(said, "{word}: nothing reads the column {}", column.name);
            }
            let purpose = model.purpose.as_deref().unwrap();
            assert!(model.name.len() > 8 && purpose.len() > 40, "{word}");
        }
    }

    #[test]
    fn a_model_is_found_by_word_and_by_name() {
        for name in ["carta-identita", "Carta identità", "scadenza della carta d'identita"] {
            assert_eq!(shared_named(name).unwrap().key, ModelKey::Shared("carta-identita"), "{name}");
        }
        assert!(shared_named("bolli").is_none());
        assert_eq!("tari".parse(), Ok(ModelKey::Shared("tari")));
        assert_eq!("12".parse(), Ok(ModelKey::Own(staffetta_domain::ModelId(12))));
        assert!("../tari".parse::<ModelKey>().is_err());
    }
}
