//! Those whom a second file names, to be left out of a list: a sorted set of hashes, compared in memory.

use crate::draft_error::DraftError;
use staffetta_domain::{Columns, FiscalCode, NoticeNumber, Phrase};
use staffetta_sheets::{Cells, Sheet, SheetError};
use staffetta_store::draft_files::{ExcludedBy, Exclusion};
use staffetta_store::lists::Cells as RowCells;
use staffetta_store::{Scope, Store};
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Bytes of a hash: of a million each, none is like another's by chance.
const HASH_BYTES: usize = 16;

/// Who is left out: 16 bytes for each.
#[derive(Debug)]
pub(crate) struct Excluded {
    by: ExcludedBy,
    hashes: Vec<[u8; HASH_BYTES]>,
}

/// Why a file names nobody to be left out.
#[derive(Debug)]
pub(crate) enum NamesNobody {
    Sheet(SheetError),
    /// No column is a fiscal code or a notice number by its name.
    NoColumn,
    /// No row could be read.
    NoRows,
}

/// What was read of an excluding file.
#[derive(Debug)]
pub(crate) struct ReadExclusion {
    pub(crate) excluded: Excluded,
    /// Rows that could not be read.
    pub(crate) unread: u64,
    /// It has both columns, and notice numbers count.
    pub(crate) both: bool,
}

impl Excluded {
    /// Reads whom a file names, by its column of notice numbers or, without one, of fiscal codes. It blocks.
    pub(crate) fn read(mut sheet: Sheet) -> Result<ReadExclusion, NamesNobody> {
        let columns = Columns::from_ledger(sheet.header().to_vec());
        let code = columns.position(staffetta_domain::Meaning::FiscalCode);
        let notice = columns.notice_number();
        let (by, position) = match (notice, code) {
            (Some(position), _) => (ExcludedBy::NoticeNumber, position),
            (None, Some(position)) => (ExcludedBy::FiscalCode, position),
            (None, None) => return Err(NamesNobody::NoColumn),
        };
        let (mut hashes, mut unread) = (Vec::new(), 0);
        let read = |row: Cells<'_>| hash_of(by, row.get(position));
        let reading = sheet.for_each_row(|_, row| {
            match row.ok().and_then(read) {
                Some(hash) => hashes.push(hash),
                None => unread += 1,
            }
            ControlFlow::Continue(())
        });
        reading.map_err(NamesNobody::Sheet)?;
        if hashes.is_empty() {
            return Err(NamesNobody::NoRows);
        }
        hashes.sort_unstable();
        hashes.dedup();
        let excluded = Self { by, hashes };
        Ok(ReadExclusion { excluded, unread, both: notice.is_some() && code.is_some() })
    }

    /// None of the rows yet that are left out on the page.
    pub(crate) const fn no_rows() -> Self {
        Self { by: ExcludedBy::Row, hashes: Vec::new() }
    }

    /// Leaves out some more rows.
    pub(crate) fn add_rows<'a>(&mut self, rows: impl Iterator<Item = &'a RowCells>) {
        self.hashes.extend(rows.map(hash_of_row));
        self.hashes.sort_unstable();
        self.hashes.dedup();
    }

    /// By what the files are compared.
    pub(crate) const fn by(&self) -> ExcludedBy {
        self.by
    }

    /// Why a row is left out.
    pub(crate) const fn why(&self) -> Phrase {
        Phrase::new(match self.by {
            ExcludedBy::NoticeNumber | ExcludedBy::FiscalCode => "row-excluded",
            ExcludedBy::Row => "row-already-sent",
        })
    }

    /// How many are named.
    pub(crate) const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Writes the hashes as they are kept.
    pub(crate) fn write(&self, mut out: impl Write) -> io::Result<()> {
        self.hashes.iter().try_for_each(|hash| out.write_all(hash))
    }

    /// Those that the ledger keeps for a draft.
    pub(crate) async fn kept(
        store: &Store,
        scope: &Scope,
        exclusion: &Exclusion,
    ) -> Result<Self, DraftError> {
        let mut bytes = Vec::new();
        for position in 1..=exclusion.parts {
            // One that was replaced meanwhile is read again: the list, too, is then another.
            let part = store.file_part(scope, exclusion.id, position).await?.ok_or(DraftError::NoDraft)?;
            bytes.extend_from_slice(&part);
        }
        let hashes = bytes.chunks_exact(HASH_BYTES).filter_map(|hash| hash.try_into().ok()).collect();
        Ok(Self { by: exclusion.by, hashes })
    }

    /// Whether a row of the list is named, whatever else is right or wrong in it.
    pub(crate) fn names(&self, columns: &Columns, cells: &[&str]) -> bool {
        let cell = |position: Option<usize>| position.and_then(|position| cells.get(position));
        let hash = match self.by {
            ExcludedBy::NoticeNumber => cell(columns.notice_number()).and_then(|cell| hash_of(self.by, cell)),
            ExcludedBy::FiscalCode => {
                cell(Some(columns.fiscal_code())).and_then(|cell| hash_of(self.by, cell))
            }
            ExcludedBy::Row => Some(hash_of_row(&RowCells::from_iter(cells.iter().copied()))),
        };
        hash.is_some_and(|hash| self.hashes.binary_search(&hash).is_ok())
    }
}

/// Rows are known again by all their cells, whatever line they stand on.
fn hash_of_row(cells: &RowCells) -> [u8; HASH_BYTES] {
    hash(cells.as_json())
}

fn hash_of(by: ExcludedBy, cell: &str) -> Option<[u8; HASH_BYTES]> {
    match by {
        ExcludedBy::NoticeNumber => NoticeNumber::read(cell).ok().map(|number| hash(number.as_str())),
        ExcludedBy::FiscalCode => FiscalCode::read(cell).ok().map(|read| hash(read.code.as_str())),
        ExcludedBy::Row => None,
    }
}

fn hash(value: &str) -> [u8; HASH_BYTES] {
    let mut short = [0; HASH_BYTES];
    short.copy_from_slice(&blake3::hash(value.as_bytes()).as_bytes()[..HASH_BYTES]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_however_its_code_is_written() {
        let columns = Columns::from_ledger(vec!["Nome".into(), "CF".into(), "Numero avviso".into()]);
        let code = |code| hash_of(ExcludedBy::FiscalCode, code).unwrap();
        let excluded = Excluded { by: ExcludedBy::FiscalCode, hashes: vec![code("RSSMRA85T10A562S")] };
        assert!(excluded.names(&columns, &["Mario", " rssmra85t10a562s ", ""]));
        assert!(!excluded.names(&columns, &["Mario", "MRTMTT25D09F205Z", ""]));
        assert!(!excluded.names(&columns, &["Mario", "non un codice", ""]));
        assert!(!excluded.names(&columns, &[]));
        let number = hash_of(ExcludedBy::NoticeNumber, "301000000012345678").unwrap();
        let excluded = Excluded { by: ExcludedBy::NoticeNumber, hashes: vec![number] };
        assert!(excluded.names(&columns, &["", "RSSMRA85T10A562S", "3010 0000 0012 3456 78"]));
        assert!(!excluded.names(&Columns::from_ledger(vec!["CF".into()]), &["RSSMRA85T10A562S"]));
    }

    #[test]
    fn a_row_is_named_by_all_its_cells() {
        let columns = Columns::from_ledger(vec!["CF".into(), "Importo".into()]);
        let mut excluded = Excluded::no_rows();
        let row = RowCells::from_iter(["RSSMRA85T10A562S", "19,99"]);
        excluded.add_rows([&row, &row].into_iter());
        assert_eq!(excluded.len(), 1);
        assert!(excluded.names(&columns, &["RSSMRA85T10A562S", "19,99"]));
        assert!(!excluded.names(&columns, &["RSSMRA85T10A562S", "20,00"]), "another instalment");
    }
}
