//! The columns that a file must have for a message, told before there is a file.

use staffetta_domain::columns::key;
use staffetta_domain::{Columns, Meaning, Template};

/// The fiscal code, what the texts name, and what a payment needs; a text that cannot be read yet names nothing.
#[must_use]
pub fn needed_columns(subject: &str, markdown: &str, payment: bool) -> Columns {
    let mut names: Vec<String> = Vec::new();
    for template in [subject, markdown].into_iter().filter_map(|text| Template::parse(text).ok()) {
        for name in template.placeholders() {
            if !names.iter().any(|known| key(known) == key(name)) {
                names.push(name.to_owned());
            }
        }
    }
    let mut columns = Columns::from_ledger(names);
    let mut add = |meaning, name: &str, first: bool| {
        if columns.iter().any(|column| column.meaning.is_some_and(|known| known.excludes(meaning))) {
            return;
        }
        let mut names: Vec<String> = columns.names().map(str::to_owned).collect();
        names.insert(if first { 0 } else { names.len() }, name.to_owned());
        columns = Columns::from_ledger(names);
    };
    add(Meaning::FiscalCode, "codice_fiscale", true);
    if payment {
        add(Meaning::Amount, "importo", false);
        add(Meaning::NoticeNumber, "numero_avviso", false);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(subject: &str, markdown: &str, payment: bool) -> Vec<String> {
        needed_columns(subject, markdown, payment).names().map(str::to_owned).collect()
    }

    #[test]
    fn what_the_texts_name_and_a_payment_needs() {
        assert_eq!(needed("", "Ciao a tutti", false), ["codice_fiscale"]);
        assert_eq!(
            needed("Avviso per {{Nome}}", "{{nome}} {{scadenza | data}}", false),
            ["codice_fiscale", "Nome", "scadenza"]
        );
        assert_eq!(
            needed("{{Importo dovuto}}", "", true),
            ["codice_fiscale", "Importo dovuto", "numero_avviso"]
        );
        assert_eq!(needed("{{cf}} {{nome", "{{via}}", false), ["codice_fiscale", "via"]);
    }
}
