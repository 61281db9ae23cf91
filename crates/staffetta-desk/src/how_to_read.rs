//! How an office's file is read: what its operator chose, put right and left out.

use crate::draft_error::DraftError;
use crate::excluded::Excluded;
use staffetta_domain::columns::key;
use staffetta_domain::{Expedition, FlowId, UnixMillis};
use staffetta_store::draft_files::{CellFix, DraftFile, Meanings};
use staffetta_store::{Scope, Store};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct HowToRead {
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// What the columns mean; with `None` what their names say.
    pub(crate) meanings: Meanings,
    /// No notice can be paid after its due date, whatever the columns say.
    pub(crate) invalid_after_due_date: bool,
    /// Cells that were put right.
    pub(crate) fixes: Arc<Fixes>,
    /// Only the rows of this day of sending, or those without one; with `None` all.
    pub(crate) only_start: Option<Option<Expedition>>,
    /// Who is left out.
    pub(crate) excluded: Vec<Arc<Excluded>>,
    /// The moment against which due dates are held.
    pub(crate) now: UnixMillis,
}

impl HowToRead {
    /// How a draft's file is read.
    pub(crate) async fn of_draft(
        store: &Store,
        scope: &Scope,
        flow: FlowId,
        file: &DraftFile,
        now: UnixMillis,
    ) -> Result<Self, DraftError> {
        let mut excluded = Vec::new();
        let (named, rows) = (store.exclusion(scope, flow).await?, store.excluded_rows(scope, flow).await?);
        for exclusion in [named, rows].into_iter().flatten() {
            excluded.push(Arc::new(Excluded::kept(store, scope, &exclusion).await?));
        }
        Ok(Self {
            sheet: file.sheet.clone(),
            meanings: file.meanings.clone(),
            invalid_after_due_date: file.invalid_after_due_date,
            fixes: Arc::new(Fixes::of(store.fixed_cells(scope, file.id).await?)),
            only_start: file.only_start,
            excluded,
            now,
        })
    }
}

/// Cells that were put right, by line.
#[derive(Debug, Default)]
pub(crate) struct Fixes {
    lines: BTreeMap<u64, Vec<Fix>>,
}

#[derive(Debug)]
struct Fix {
    position: usize,
    value: String,
    inherited: bool,
}

impl Fixes {
    pub(crate) fn of(cells: Vec<CellFix>) -> Self {
        let mut lines: BTreeMap<u64, Vec<Fix>> = BTreeMap::new();
        for CellFix { line, position, value, inherited } in cells {
            if let (Ok(line), Ok(position)) = (u64::try_from(line), usize::try_from(position)) {
                lines.entry(line).or_default().push(Fix { position, value, inherited });
            }
        }
        Self { lines }
    }

    /// Whether a cell was put right.
    pub(crate) fn has(&self, line: u64, position: usize) -> bool {
        self.of_line(line).any(|fix| fix.position == position)
    }

    /// Whether a cell was put right since the list was parted, if it was.
    pub(crate) fn has_since_parting(&self, line: u64, position: usize) -> bool {
        self.of_line(line).any(|fix| fix.position == position && !fix.inherited)
    }

    fn of_line(&self, line: u64) -> impl Iterator<Item = &Fix> {
        self.lines.get(&line).into_iter().flatten()
    }

    /// Puts what was put right in place of what the file has; gives how many.
    pub(crate) fn apply<'a>(&'a self, line: u64, cells: &mut [&'a str]) -> u64 {
        let mut applied = 0;
        for fix in self.of_line(line) {
            if let Some(cell) = cells.get_mut(fix.position) {
                *cell = &fix.value;
                applied += 1;
            }
        }
        applied
    }
}

/// By what columns are known again in another file: their names, in order, without case, accents and punctuation.
pub(crate) fn columns_hash(names: &[String]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for name in names {
        let key = key(name);
        hasher.update(&(key.len() as u64).to_le_bytes());
        hasher.update(key.as_bytes());
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_the_place_of_the_files() {
        let fix = |line, position, value: &str| CellFix {
            line,
            position,
            value: value.to_owned(),
            inherited: false,
        };
        let fixes = Fixes::of(vec![fix(3, 0, "A"), fix(3, 2, "C"), fix(3, 9, "fuori"), fix(5, 1, "B")]);
        let mut cells = ["a", "b", "c"];
        assert_eq!(fixes.apply(3, &mut cells), 2);
        assert_eq!(cells, ["A", "b", "C"]);
        assert_eq!(fixes.apply(4, &mut cells), 0);
        assert!(fixes.has(5, 1) && !fixes.has(5, 0) && !fixes.has(4, 1));
    }

    #[test]
    fn columns_are_known_again_however_they_are_spelt() {
        let hash =
            |names: &[&str]| columns_hash(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(hash(&["Codice fiscale", "Città"]), hash(&["CODICE_FISCALE", "citta"]));
        assert_ne!(hash(&["a", "b"]), hash(&["b", "a"]));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
