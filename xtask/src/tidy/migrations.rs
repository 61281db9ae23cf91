//! Two databases, one history: both folders of migrations have the same file names.

use super::{Problems, tree::Tree};
use std::collections::BTreeSet;

const FOLDERS: [&str; 2] =
    ["crates/staffetta-store/migrations/sqlite/", "crates/staffetta-store/migrations/postgres/"];

/// Checks the two folders against each other.
pub(super) fn check(tree: &Tree, problems: &mut Problems) {
    let [sqlite, postgres] = FOLDERS.map(|folder| {
        tree.ending(&[".sql"]).filter_map(|(path, _)| path.strip_prefix(folder)).collect::<BTreeSet<_>>()
    });
    if sqlite.is_empty() {
        problems.push(format!("{}: no migrations", FOLDERS[0]));
    }
    for (folder, missing) in
        [(FOLDERS[1], sqlite.difference(&postgres)), (FOLDERS[0], postgres.difference(&sqlite))]
    {
        problems.extend(missing.map(|name| format!("{folder}{name}: missing; the other database has it")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_of_one_database_alone_is_found() {
        let [sqlite, postgres] = FOLDERS;
        let (first, second) = (format!("{sqlite}0001_a.sql"), format!("{postgres}0001_a.sql"));
        let alone = format!("{postgres}0002_b.sql");
        let tree = Tree::of(&[(&first, ""), (&second, ""), (&alone, "")]);
        let mut problems = Problems::new();
        check(&tree, &mut problems);
        assert_eq!(problems, [format!("{sqlite}0002_b.sql: missing; the other database has it")]);
    }
}
