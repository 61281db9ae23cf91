//! An Excel file, as an office opens it.

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// The first sheet, by the names of its columns. Where the office has a column of the same name as one of ours,
/// its own is the one with a `+`.
pub struct Sheet {
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<BTreeMap<String, Data>>,
    /// Cells that are formulas.
    pub formulas: usize,
}

impl Sheet {
    pub fn open(path: &Path) -> Self {
        let mut book: Xlsx<BufReader<File>> = open_workbook(path).unwrap();
        let name = book.sheet_names()[0].clone();
        let formulas: Range<String> = book.worksheet_formula(&name).unwrap();
        let formulas = formulas.used_cells().filter(|(_, _, text)| !text.is_empty()).count();
        let range = book.worksheet_range(&name).unwrap();
        let mut lines = range.rows();
        let header: Vec<String> = lines.next().unwrap().iter().map(text).collect();
        let rows = lines.map(|line| by_name(&header, line)).collect();
        Self { name, header, rows, formulas }
    }

    /// A column from top to bottom, as text.
    pub fn column(&self, name: &str) -> Vec<String> {
        self.rows.iter().map(|row| text(&row[name])).collect()
    }

    /// The row of this fiscal code.
    pub fn of(&self, fiscal_code: &str) -> &BTreeMap<String, Data> {
        self.rows.iter().find(|row| text(&row["Codice Fiscale"]) == fiscal_code).unwrap()
    }
}

fn by_name(header: &[String], line: &[Data]) -> BTreeMap<String, Data> {
    let mut row = BTreeMap::new();
    for (name, cell) in header.iter().zip(line) {
        let name = if row.contains_key(name) { format!("{name}+") } else { name.clone() };
        row.insert(name, cell.clone());
    }
    row
}

fn text(cell: &Data) -> String {
    cell.to_string()
}
