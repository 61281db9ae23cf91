//! Links between the documents: each leads to something that is there.

use super::{Problems, tree::Tree};

/// Checks the relative links of every Markdown file.
pub(super) fn check(tree: &Tree, problems: &mut Problems) {
    for (path, text) in tree.ending(&[".md"]) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in targets(text) {
            if !tree.has(&resolve(folder, target)) {
                problems.push(format!("{path}: the link {target} leads nowhere"));
            }
        }
    }
}

/// Targets of links such as `[text](target)` that stay in the repository, without their anchors.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', ' ', '\n']).next()?.split('#').next()?;
        (!target.is_empty() && !target.contains(':') && !target.contains("{{")).then_some(target)
    })
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let text =
            "[a](../README.md#map) [b](io.md) [c](https://example.org) [d](gone.md) [e](#here) [f](../docs)";
        let tree = Tree::of(&[("README.md", ""), ("docs/a.md", text), ("docs/io.md", "")]);
        let mut problems = Problems::new();
        check(&tree, &mut problems);
        assert_eq!(problems, ["docs/a.md: the link gone.md leads nowhere"]);
    }
}
