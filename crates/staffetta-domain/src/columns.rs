//! The columns of an office's file and what they mean.

use crate::limits::COLUMNS_MAX;
use crate::meaning::Meaning;
use crate::problem::PlanProblem;
use crate::text::tidy_value;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the office's file.
    pub name: String,
    /// The name without case, accents, blanks and punctuation: placeholders are matched by it.
    pub key: String,
    /// What Staffetta reads in it.
    pub meaning: Option<Meaning>,
}

/// The columns of a list, in the order of the office's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    columns: Vec<Column>,
}

impl Columns {
    /// Reads the header of an office's file, and guesses what the columns mean by their names. A cell without a name
    /// becomes `Colonna N`.
    ///
    /// # Errors
    /// All for which the columns could not be told from each other, whatever they mean.
    pub fn from_header(header: &[String]) -> Result<Self, Vec<PlanProblem>> {
        if header.iter().all(|cell| tidy_value(cell).is_empty()) {
            return Err(vec![PlanProblem::EmptyHeader]);
        }
        if header.len() > COLUMNS_MAX {
            return Err(vec![PlanProblem::TooManyColumns { found: header.len(), max: COLUMNS_MAX }]);
        }
        let names = header.iter().enumerate().map(|(index, cell)| {
            let name = tidy_value(cell);
            if name.is_empty() { format!("Colonna {}", index + 1) } else { name.into_owned() }
        });
        let columns = Self::from_ledger(names.collect());
        let problems = columns.repeated_names();
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    /// The columns of a list that was checked when it entered the ledger, with what their names say.
    #[must_use]
    pub fn from_ledger(names: Vec<String>) -> Self {
        let column = |name: String| {
            let key = key(&name);
            let meaning = Meaning::of_key(&key);
            Column { name, key, meaning }
        };
        let mut columns: Vec<Column> = names.into_iter().map(column).collect();
        if is_govio(&columns) {
            let amounts = columns.iter_mut().filter(|column| column.meaning == Some(Meaning::Amount));
            amounts.for_each(|column| column.meaning = Some(Meaning::AmountInCents));
        }
        Self { columns }
    }

    /// The same columns with the meanings that a person chose, one for each; where they are as many as for another
    /// file, what the names say stays.
    #[must_use]
    pub fn meaning(mut self, chosen: Option<&[Option<Meaning>]>) -> Self {
        let chosen = chosen.filter(|chosen| chosen.len() == self.len()).unwrap_or_default();
        for (column, meaning) in self.columns.iter_mut().zip(chosen) {
            column.meaning = *meaning;
        }
        self
    }

    /// What each column means, in order.
    #[must_use]
    pub fn meanings(&self) -> Vec<Option<Meaning>> {
        self.columns.iter().map(|column| column.meaning).collect()
    }

    /// Why no list can be read from columns that mean this: no fiscal code, or two that say the same.
    #[must_use]
    pub fn meaning_problems(&self) -> Vec<PlanProblem> {
        let mut problems = self.repeated_meanings();
        if self.position(Meaning::FiscalCode).is_none() {
            problems
                .push(PlanProblem::NoFiscalCodeColumn { found: self.names().map(str::to_owned).collect() });
        }
        problems
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The columns, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Column> {
        self.columns.iter()
    }

    /// Their names, in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The name of the column at a position; empty if there is none.
    #[must_use]
    pub fn name(&self, position: usize) -> &str {
        self.columns.get(position).map_or("", |column| &column.name)
    }

    /// The position of the column with this name, in any spelling of case, accents, blanks and punctuation.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let key = key(name);
        self.columns.iter().position(|column| column.key == key)
    }

    /// The position of the fiscal code. Columns without a problem of meaning have one; for others their first
    /// place is given.
    #[must_use]
    pub fn fiscal_code(&self) -> usize {
        self.position(Meaning::FiscalCode).unwrap_or_default()
    }

    /// The position of the due date.
    #[must_use]
    pub fn due_date(&self) -> Option<usize> {
        self.position(Meaning::DueDate)
    }

    /// The position of the amount in euro.
    #[must_use]
    pub fn amount(&self) -> Option<usize> {
        self.position(Meaning::Amount)
    }

    /// The position of the amount in cents.
    #[must_use]
    pub fn amount_in_cents(&self) -> Option<usize> {
        self.position(Meaning::AmountInCents)
    }

    /// The position of the notice number.
    #[must_use]
    pub fn notice_number(&self) -> Option<usize> {
        self.position(Meaning::NoticeNumber)
    }

    /// The position of the day on which a row is to be sent.
    #[must_use]
    pub fn expedition_date(&self) -> Option<usize> {
        self.position(Meaning::ExpeditionDate)
    }

    /// The position of the column with a meaning.
    #[must_use]
    pub fn position(&self, meaning: Meaning) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning == Some(meaning))
    }

    /// Columns that cannot be told from an earlier one by name.
    fn repeated_names(&self) -> Vec<PlanProblem> {
        let repeated = |(index, column): (usize, &Column)| {
            let earlier = &self.columns[..index];
            let again = earlier.iter().any(|other| other.key == column.key);
            again.then(|| PlanProblem::DuplicateColumn { name: column.name.clone() })
        };
        self.columns.iter().enumerate().filter_map(repeated).collect()
    }

    /// Columns that say what an earlier one says.
    fn repeated_meanings(&self) -> Vec<PlanProblem> {
        let repeated = |(index, column): (usize, &Column)| {
            let meaning = column.meaning?;
            let same = |other: &&Column| other.meaning.is_some_and(|other| other.excludes(meaning));
            let first = self.columns[..index].iter().find(same)?;
            Some(PlanProblem::SameMeaning { first: first.name.clone(), second: column.name.clone() })
        };
        self.columns.iter().enumerate().filter_map(repeated).collect()
    }
}

/// Whether the columns are those of GovIO's trace, by the two that it always has: its amounts are in cents.
fn is_govio(columns: &[Column]) -> bool {
    let of_expedition = |column: &Column| column.meaning == Some(Meaning::ExpeditionDate);
    columns.iter().any(|column| column.key == "taxcode") && columns.iter().any(of_expedition)
}

/// A name without case, accents, blanks and punctuation; the name itself if nothing else is left of it.
#[must_use]
pub fn key(name: &str) -> String {
    let key: String = name.chars().flat_map(char::to_lowercase).filter_map(plain).collect();
    if key.is_empty() { name.trim().to_lowercase() } else { key }
}

fn plain(c: char) -> Option<char> {
    match c {
        'à'..='å' => Some('a'),
        'ç' => Some('c'),
        'è'..='ë' => Some('e'),
        'ì'..='ï' => Some('i'),
        'ñ' => Some('n'),
        'ò'..='ö' => Some('o'),
        'ù'..='ü' => Some('u'),
        // Ordinal signs are letters for Unicode: "Nº avviso" is "N. avviso".
        'º' | 'ª' => None,
        c => c.is_alphanumeric().then_some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Result<Columns, Vec<PlanProblem>> {
        Columns::from_header(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn usual_spellings_are_known() {
        for name in [
            "codice_fiscale",
            "Codice Fiscale",
            "CODICE FISCALE",
            "CF",
            "C.F.",
            "cod. fiscale",
            "Cod.Fisc.",
            "codfisc",
            "fiscal_code",
            "taxcode",
            "\u{feff}codice_fiscale",
            " Codice\nfiscale ",
            "codice-fiscale",
        ] {
            let columns = header(&["nome", name]).unwrap();
            assert_eq!(columns.fiscal_code(), 1, "{name:?}");
        }
        let columns = header(&["Data scadenza", "cf", "Importo (€)", "N° avviso", "nome"]).unwrap();
        assert_eq!(
            (columns.due_date(), columns.amount(), columns.notice_number()),
            (Some(0), Some(2), Some(3))
        );
        for (name, meaning) in [
            ("scadenza", Meaning::DueDate),
            ("data_scadenza", Meaning::DueDate),
            ("due_date", Meaning::DueDate),
            ("Importo dovuto", Meaning::Amount),
            ("amount", Meaning::Amount),
            ("numero_avviso", Meaning::NoticeNumber),
            ("n. avviso", Meaning::NoticeNumber),
            ("Numero avviso pagoPA", Meaning::NoticeNumber),
            ("Codice avviso", Meaning::NoticeNumber),
            ("notice_number", Meaning::NoticeNumber),
        ] {
            assert_eq!(
                Columns::from_ledger(vec![name.to_owned()]).iter().next().unwrap().meaning,
                Some(meaning)
            );
        }
        for name in ["totale", "data", "avviso", "IUV", "codice", "nome", "importo rata 1"] {
            assert_eq!(
                Columns::from_ledger(vec![name.to_owned()]).iter().next().unwrap().meaning,
                None,
                "{name}"
            );
        }
    }

    #[test]
    fn cells_without_a_name_get_one() {
        let columns = header(&["cf", "", " "]).unwrap();
        assert_eq!(columns.names().collect::<Vec<_>>(), ["cf", "Colonna 2", "Colonna 3"]);
        assert_eq!(columns.find("colonna 2"), Some(1));
    }

    #[test]
    fn names_are_found_in_any_spelling() {
        let columns = header(&["cf", "Città di nascita", "%"]).unwrap();
        assert_eq!(columns.find("citta_di_nascita"), Some(1));
        assert_eq!(columns.find("CITTÀ DI NASCITA"), Some(1));
        assert_eq!(columns.find("%"), Some(2));
        assert_eq!(columns.find("provincia"), None);
    }

    #[test]
    fn every_problem_is_said() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(header(&[]), Err(vec![PlanProblem::EmptyHeader]));
        assert_eq!(header(&["", " "]), Err(vec![PlanProblem::EmptyHeader]));
        assert_eq!(
            header(&["nome", "via"]).unwrap().meaning_problems(),
            [PlanProblem::NoFiscalCodeColumn { found: names(&["nome", "via"]) }]
        );
        assert_eq!(
            header(&["cf", "Nome_1", "nome 1"]),
            Err(vec![PlanProblem::DuplicateColumn { name: "nome 1".into() }])
        );
        assert_eq!(
            header(&["cf", "Nome", "Codice fiscale"]).unwrap().meaning_problems(),
            [PlanProblem::SameMeaning { first: "cf".into(), second: "Codice fiscale".into() }]
        );
        let many: Vec<String> = (0..=COLUMNS_MAX).map(|n| format!("c{n}")).collect();
        assert_eq!(
            Columns::from_header(&many),
            Err(vec![PlanProblem::TooManyColumns { found: COLUMNS_MAX + 1, max: COLUMNS_MAX }])
        );
    }

    #[test]
    fn the_trace_of_govio_is_known() {
        let trace = header(&[
            "taxcode",
            "expedition_date",
            "due_date",
            "notice_number",
            "amount",
            "invalid_after_due_date",
            "payee",
            "nome",
        ]);
        let trace = trace.unwrap();
        assert_eq!(
            (trace.amount(), trace.amount_in_cents(), trace.expedition_date()),
            (None, Some(4), Some(1))
        );
        assert_eq!((trace.fiscal_code(), trace.due_date(), trace.notice_number()), (0, Some(2), Some(3)));
        assert_eq!(trace.position(Meaning::InvalidAfterDueDate), Some(5));
        assert_eq!(trace.position(Meaning::Payee), Some(6));
        // A day of sending alone does not make amounts cents.
        let other = header(&["cf", "amount", "expedition_date"]).unwrap();
        assert_eq!((other.amount(), other.expedition_date()), (Some(1), Some(2)));
        let other = header(&["taxcode", "amount"]).unwrap();
        assert_eq!((other.amount(), other.expedition_date()), (Some(1), None));
    }

    #[test]
    fn a_person_says_what_columns_mean() {
        let columns = header(&["Intestatario", "Totale", "Scadenza"]).unwrap();
        let chosen = [Some(Meaning::FiscalCode), Some(Meaning::AmountInCents), None];
        let columns = columns.meaning(Some(&chosen));
        assert_eq!(
            (columns.fiscal_code(), columns.amount_in_cents(), columns.due_date()),
            (0, Some(1), None)
        );
        assert_eq!((columns.meanings(), columns.meaning_problems()), (chosen.to_vec(), Vec::new()));
        // What was chosen for a file with other columns says nothing of this one.
        let columns = header(&["cf", "scadenza"]).unwrap().meaning(Some(&[None]));
        assert_eq!((columns.fiscal_code(), columns.due_date()), (0, Some(1)));
        let both = [Some(Meaning::Amount), Some(Meaning::AmountInCents)];
        let both = header(&["a", "b"]).unwrap().meaning(Some(&both));
        assert!(matches!(both.meaning_problems()[0], PlanProblem::SameMeaning { .. }));
    }
}
