//! A copy of an SQLite database, made while it is in use.
//!
//! PostgreSQL has its own tools. The marks beside the key file are never part of a copy: they tell how far the
//! database was worked, also after the copy was made.

use crate::db::Db;
use crate::{Store, StoreError};
use sqlx::AssertSqlSafe;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Ending of a copy that is not whole yet.
const PART_ENDING: &str = ".part";

impl Store {
    /// The SQLite file; `None` on PostgreSQL.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        match &self.db {
            Db::Sqlite { writer, .. } => Some(writer.connect_options().get_filename().to_owned()),
            Db::Postgres(_) => None,
        }
    }

    /// Copies the SQLite database, as it is at one instant, to a file that is not there yet; gives its size in bytes.
    /// Others read and write meanwhile. The file is its owner's only, and whole when it has its name.
    ///
    /// # Errors
    /// [`StoreError::CopyFile`] where the file is there or cannot be made, the database, and
    /// [`StoreError::Url`] on PostgreSQL.
    pub async fn copy_to(&self, file: &Path) -> Result<u64, StoreError> {
        let Db::Sqlite { readers, .. } = &self.db else { return Err(StoreError::Url) };
        let part = with_ending(file, PART_ENDING);
        let failed = |source| StoreError::CopyFile { path: file.display().to_string(), source };
        if file.exists() {
            return Err(failed(ErrorKind::AlreadyExists.into()));
        }
        // What an earlier attempt left.
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        // An empty file is taken for none, and keeps its rights.
        private(&part).map_err(failed)?;
        let quoted =
            part.to_str().ok_or_else(|| failed(ErrorKind::InvalidFilename.into()))?.replace('\'', "''");
        let copied = sqlx::query(AssertSqlSafe(format!("vacuum into '{quoted}'"))).execute(readers).await;
        if let Err(error) = copied {
            let _ = std::fs::remove_file(&part);
            return Err(error.into());
        }
        finish(&part, file).map_err(failed)
    }
}

/// The path with something after its name.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// An empty file that only its owner reads.
pub(crate) fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whole on the disk first, then under its name: never the name of half a copy.
fn finish(part: &Path, file: &Path) -> std::io::Result<u64> {
    let copied = File::open(part)?;
    copied.sync_all()?;
    std::fs::rename(part, file)?;
    sync_folder_of(file)?;
    Ok(copied.metadata()?.len())
}

/// The names in the folder of a file reach the disk.
pub(crate) fn sync_folder_of(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}
