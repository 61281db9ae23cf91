//! Puts style, scripts and fonts into the binary. They are built beforehand, from npm packages.

use std::path::Path;

fn main() {
    assert!(
        Path::new("ui/dist/style.css").exists(),
        "the pages' style and scripts are not built: run `cargo xtask assets` first"
    );
    memory_serve::load_directory("./ui/dist");
}
