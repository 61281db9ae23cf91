//! Files that only their owner may read.

use std::fs::{File, OpenOptions};
use std::path::Path;

/// A new file; one that is there is not touched.
pub(crate) fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A copy, on the disk when this returns.
pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = create(to)?;
    std::io::copy(&mut from, &mut to)?;
    to.sync_all()
}
