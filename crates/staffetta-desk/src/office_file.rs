//! The office's file, which is read more than once.

use std::fs::File;
use std::io::{self, Seek};
use std::path::PathBuf;
use std::sync::Arc;

/// Where a file is. Its readings follow each other: those of an open one share their place in it.
#[derive(Clone, Debug)]
pub(crate) enum OfficeFile {
    /// On the disk, under a name.
    Named(PathBuf),
    /// Without a name: after a crash nothing of it is left.
    Unnamed(Arc<File>),
}

impl OfficeFile {
    /// The file from its beginning. It blocks.
    pub(crate) fn at_start(&self) -> io::Result<File> {
        match self {
            Self::Named(path) => File::open(path),
            Self::Unnamed(file) => {
                let mut file = file.try_clone()?;
                file.rewind()?;
                Ok(file)
            }
        }
    }
}
