//! Lengths of files, things left undone, and what a log line may not carry.

use super::{Problems, tree::Tree};

/// Most lines of a file that people write and read.
const LINES_MAX: usize = 500;
/// Files with that limit.
const READ_BY_PEOPLE: [&str; 10] =
    [".rs", ".ftl", ".sql", ".toml", ".sh", ".html", ".js", ".ts", ".scss", ".ci/run"];
/// Marks of things left undone. Spelt in halves, so that this file does not bear them.
const UNDONE: [&str; 4] =
    [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("to", "do!("), concat!("unimplemen", "ted!(")];
/// Macros that write a log line.
const LOGS: [&str; 5] = ["trace!(", "debug!(", "info!(", "warn!(", "error!("];

/// Checks every source file.
pub(super) fn check(tree: &Tree, problems: &mut Problems) {
    for (path, text) in tree.ending(&READ_BY_PEOPLE) {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            problems.push(format!(
                "{path}: {lines} lines; the most is {LINES_MAX}, split it by what changes together"
            ));
        }
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(mark) = UNDONE.iter().find(|mark| line.contains(*mark)) {
                problems.push(format!("{path}:{number}: {mark} left in the source: do it, or open an issue"));
            }
        }
        if path.ends_with(".rs") {
            logs(path, text, problems);
        }
    }
}

/// A fiscal code prints masked by itself; its text may not be handed to a log line.
fn logs(path: &str, text: &str, problems: &mut Problems) {
    for log in LOGS.map(|name| format!("tracing::{name}")) {
        for (start, _) in text.match_indices(&log) {
            let call = text[start..].split_once(");\n").map_or(&text[start..], |(call, _)| call);
            if call.contains("fiscal_code.as_str()") {
                let line = text[..start].lines().count();
                problems.push(format!(
                    "{path}:{line}: a whole fiscal code in a log line; log the notification's id"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_marks_and_logged_codes_are_found() {
        let long = "x\n".repeat(501);
        let logged = [
            "fn f() {",
            concat!("    trac", "ing::info!("),
            "        code = fiscal_code.as_str(),",
            "    );",
            "}",
        ]
        .join("\n");
        let mark = format!("// {}: later\n", UNDONE[0]);
        let tree = Tree::of(&[("a.rs", &long), ("b.rs", &logged), ("c.sql", &mark), ("d.md", &long)]);
        let mut problems = Problems::new();
        check(&tree, &mut problems);
        let starts: Vec<_> = problems.iter().filter_map(|problem| problem.split(' ').next()).collect();
        assert_eq!(starts, ["a.rs:", "b.rs:2:", "c.sql:1:"]);
    }
}
