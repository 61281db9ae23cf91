//! Where the repository is.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// The folder of the workspace's manifest.
pub(crate) fn find() -> Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(manifest.parent().context("xtask stands outside a workspace")?.to_owned())
}
