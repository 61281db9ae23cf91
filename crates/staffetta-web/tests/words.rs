//! Every text that a template asks for is there.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::path::Path;

fn templates(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { templates(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_key_has_its_words() {
    let mut files = Vec::new();
    templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut files);
    let mut keys = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (end, _) in text.match_indices("\"|t }}") {
            let key = text[..end].rsplit('"').next().unwrap();
            let words = staffetta_words::text(key);
            assert!(!words.starts_with(&format!("[{key}")), "{}: {key}", file.display());
            keys += 1;
        }
    }
    assert!(keys > 100);
}
