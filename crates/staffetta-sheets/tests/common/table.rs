//! Any table, for the properties that hold of all.

use proptest::prelude::*;
use std::ops::RangeInclusive;

/// A table of the cells that a format can hold: some rows of as many cells, none of them blank.
pub(crate) fn table(holds: fn(char) -> bool) -> impl Strategy<Value = Vec<Vec<String>>> {
    // Signs that mean something to some format, and then all others.
    let signs = "\"\"'';;,,\t||\n\r  =+-@<>&_#€àò’";
    let common = proptest::sample::select(signs.chars().collect::<Vec<_>>());
    let characters = prop_oneof![common, proptest::char::range(' ', '~'), any::<char>()]
        .prop_map(move |character| if holds(character) { character } else { 'x' });
    let cell = proptest::collection::vec(characters, 0..12).prop_map(String::from_iter);
    let columns: RangeInclusive<usize> = 1..=5;
    columns.prop_flat_map(move |columns| {
        let row = proptest::collection::vec(cell.clone(), columns)
            .prop_filter("blank rows are skipped", |row| row.iter().any(|cell| !cell.trim().is_empty()));
        proptest::collection::vec(row, 1..12)
    })
}

/// Names for its columns. Their accents say what is Windows-1252, whatever the cells happen to look like.
pub(crate) fn header(table: &[Vec<String>]) -> Vec<String> {
    (0..table[0].len()).map(|column| format!("{}_{column}", "è ".repeat(40).trim())).collect()
}
