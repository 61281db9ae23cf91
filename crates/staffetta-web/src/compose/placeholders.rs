//! The columns of the file as placeholders, each with a real value and what the formats make of it.

use staffetta_domain::text::tidy_value;
use staffetta_domain::{Columns, Format};
use staffetta_store::draft_files::Samples;

/// A column that can be put into the text.
pub(super) struct Placeholder {
    pub(super) name: String,
    /// The first value of the column.
    pub(super) example: Option<String>,
    /// How formats write that value, where they can and it is not the same.
    pub(super) formats: Vec<(&'static str, String)>,
}

/// The columns, with the first rows of the file where it is kept.
pub(super) fn of(columns: &Columns, samples: Option<&Samples>) -> Vec<Placeholder> {
    let codes = [Some(columns.fiscal_code()), columns.notice_number()];
    columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let example = samples.and_then(|samples| example(samples, place));
            // Nobody writes a code otherwise.
            let written = example.as_deref().filter(|_| !codes.contains(&Some(place)));
            let in_cents = columns.amount_in_cents() == Some(place);
            let formats = written.map(|value| formats(value, in_cents)).unwrap_or_default();
            Placeholder { name: column.name.clone(), example, formats }
        })
        .collect()
}

fn example(samples: &Samples, place: usize) -> Option<String> {
    let values = samples.0.iter().filter_map(|row| row.get(place));
    values.map(|value| tidy_value(value)).find(|value| !value.is_empty()).map(|value| value.into_owned())
}

fn formats(value: &str, in_cents: bool) -> Vec<(&'static str, String)> {
    let write = |format: Format| {
        let written = format.of_column(in_cents).write(value).ok()?.into_owned();
        (written != value).then(|| (format.name(), written))
    };
    Format::ALL.into_iter().filter_map(write).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_the_formats_that_can_and_change_it() {
        let columns = ["codice_fiscale", "nome", "importo", "scadenza", "note"].map(str::to_owned).to_vec();
        let rows = [
            ["RSSMRA85T10A562S", "", "1234,5", "15/12/2026", ""],
            ["MRTMTT25D09F205Z", " ANNA ", "7", "15/01/2027", ""],
        ];
        let samples = Samples(rows.map(|row| row.map(str::to_owned).to_vec()).to_vec());
        let found = of(&Columns::from_ledger(columns), Some(&samples));
        let told: Vec<(&str, Option<&str>, Vec<String>)> = found
            .iter()
            .map(|one| {
                let formats = one.formats.iter().map(|(name, written)| format!("{name} {written}"));
                (one.name.as_str(), one.example.as_deref(), formats.collect())
            })
            .collect();
        let written = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            told,
            [
                ("codice_fiscale", Some("RSSMRA85T10A562S"), vec![]),
                ("nome", Some("ANNA"), written(&["iniziali_maiuscole Anna", "minuscolo anna"])),
                ("importo", Some("1234,5"), written(&["euro 1.234,50 €"])),
                ("scadenza", Some("15/12/2026"), written(&["data_estesa 15 dicembre 2026"])),
                ("note", None, vec![]),
            ]
        );
    }
}
