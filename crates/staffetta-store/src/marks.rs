//! What was claimed, written outside the database: one that was put back from a copy, or a PostgreSQL that lost
//! its last commits, is found out by it.
//!
//! A mark is written after the claims that it tells of are durable and before their calls leave. So it is never
//! ahead of its database, unless that went back in time.
//!
//! Beside a PostgreSQL it is synced each time, because a server elsewhere may lose commits in the very incident in
//! which this machine loses its power. Beside an SQLite file it is only handed to the system, and synced at each
//! start: what stops the program leaves it, and of a machine that lost its power both are on one disk, where a mark
//! some seconds old is still younger than any copy of the file.

use crate::db::Db;
use crate::{Store, StoreError};
use staffetta_domain::protocol::Mark;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A mark as it is written: two numbers and their sum. It fits a sector, so that it is written whole; two stand
/// in a file by turns, so that one is whole whatever happens.
const SLOT: usize = 64;

/// The marks of a database's enti, a file each.
pub(crate) struct Marks {
    /// Path of the files, less the ente's number.
    prefix: PathBuf,
    files: Arc<Mutex<BTreeMap<i64, MarkFile>>>,
    /// What the files told, or were told since.
    known: Mutex<BTreeMap<i64, Option<Mark>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves what is marked already.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Marks {
    /// Beside the key file, which belongs to the database as they do; `ledger` tells it from others.
    pub(crate) fn beside(key_file: &Path, ledger: &str) -> Self {
        let prefix = key_file.with_file_name(format!("calls-{ledger}-"));
        Self { prefix, files: Arc::default(), known: Mutex::default() }
    }

    fn path(&self, organization: i64) -> PathBuf {
        let mut path = self.prefix.clone().into_os_string();
        path.push(organization.to_string());
        path.into()
    }

    /// The last claim of an ente that this program knows to have been written.
    pub(crate) fn claimed(&self, organization: i64) -> i64 {
        lock(&self.known).get(&organization).copied().flatten().map_or(0, |mark| mark.claim)
    }

    /// The mark of an ente as this program knows it: its file is read once.
    pub(crate) async fn known(&self, organization: i64) -> Result<Option<Mark>, StoreError> {
        let known = lock(&self.known).get(&organization).copied();
        match known {
            Some(mark) => Ok(mark),
            None => self.read(organization).await,
        }
    }

    /// The mark of an ente, read from its file; `None` where there is none.
    pub(crate) async fn read(&self, organization: i64) -> Result<Option<Mark>, StoreError> {
        let path = self.path(organization);
        let read = self.with_file(path, move |path, files| {
            files.remove(&organization);
            MarkFile::open(path, false).map(|file| {
                let mark = file.and_then(|file| file.mark().map(|mark| (file, mark)));
                mark.map(|(file, mark)| {
                    files.insert(organization, file);
                    mark
                })
            })
        });
        let mark = read.await?;
        lock(&self.known).insert(organization, mark);
        Ok(mark)
    }

    /// Writes the mark of an ente, durable when this returns, and gives what the file told before: another node may
    /// have written it. It never goes back, and where it tells of a later owner it is left as it is.
    pub(crate) async fn write(&self, organization: i64, mark: Mark) -> Result<Option<Mark>, StoreError> {
        let path = self.path(organization);
        let found = self.with_file(path, move |path, files| {
            // A file that failed is opened anew.
            let mut file = match files.remove(&organization) {
                Some(file) => file,
                None => MarkFile::open(path, true)?.ok_or(ErrorKind::NotFound)?,
            };
            let found = file.exchange(mark)?;
            files.insert(organization, file);
            Ok(found)
        });
        let found = found.await?;
        self.saw(organization, found.map_or(mark, |found| found.max(mark)));
        Ok(found)
    }

    /// Hands the mark of an ente that was taken over to the system.
    pub(crate) async fn note(&self, organization: i64, mark: Mark) -> Result<(), StoreError> {
        // A line into the system's memory: another thread would take longer to wake up.
        let noted = lock(&self.files).get_mut(&organization).map(|file| file.write(mark));
        if !matches!(noted, Some(Ok(_))) {
            lock(&self.files).remove(&organization);
            return self.write(organization, mark).await.map(drop);
        }
        self.saw(organization, mark);
        Ok(())
    }

    /// Whether a file beside the key file can be written and synced now.
    async fn probe(&self) -> Result<(), StoreError> {
        let mut path = self.prefix.clone().into_os_string();
        path.push("probe");
        self.with_file(path.into(), |path, _| {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
            file.write_all(b"calls could be marked here\n")?;
            file.sync_data()
        })
        .await
    }

    /// Remembers a mark that was written, or that needs no writing because it tells of no claim.
    pub(crate) fn saw(&self, organization: i64, mark: Mark) {
        let mut known = lock(&self.known);
        let last = known.entry(organization).or_default();
        *last = (*last).max(Some(mark));
    }

    async fn with_file<T: Send + 'static>(
        &self,
        path: PathBuf,
        act: impl FnOnce(&Path, &mut BTreeMap<i64, MarkFile>) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let files = Arc::clone(&self.files);
        let shown = path.display().to_string();
        let done = tokio::task::spawn_blocking(move || act(&path, &mut lock(&files))).await;
        done.unwrap_or_else(|error| Err(std::io::Error::other(error)))
            .map_err(|source| StoreError::MarkFile { path: shown, source })
    }
}

impl Store {
    /// Whether the marks of calls can be written now. Beside an SQLite file nothing is asked: what keeps the marks
    /// from being written there keeps the ledger as well, and no other node could do better.
    ///
    /// # Errors
    /// That of the folder of the key file.
    pub async fn probe_marks(&self) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { .. } => Ok(()),
            Db::Postgres(_) => self.marks.probe().await,
        }
    }

    /// The files that tell how far this database was worked begin with this; they are not to be put back with
    /// a copy of it.
    #[must_use]
    pub fn marks_prefix(&self) -> &Path {
        &self.marks.prefix
    }
}

/// An open file of marks.
struct MarkFile {
    file: File,
    slots: [Option<Mark>; 2],
}

impl MarkFile {
    fn open(path: &Path, create: bool) -> std::io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(create).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && !create => return Ok(None),
            opened => opened?,
        };
        let slots = slots(&mut file)?;
        if slots == [None; 2] {
            // The name of a new file is durable with its folder.
            #[cfg(unix)]
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                File::open(folder)?.sync_all()?;
            }
        }
        Ok(Some(Self { file, slots }))
    }

    /// Reads what another process may have written, and writes over the older of the two, as one step.
    fn exchange(&mut self, mark: Mark) -> std::io::Result<Option<Mark>> {
        self.file.lock()?;
        let exchanged = self.exchange_locked(mark);
        self.file.unlock()?;
        exchanged
    }

    fn exchange_locked(&mut self, mark: Mark) -> std::io::Result<Option<Mark>> {
        self.slots = slots(&mut self.file)?;
        let found = self.mark();
        if self.write(mark)? {
            self.sync()?;
        }
        Ok(found)
    }

    fn mark(&self) -> Option<Mark> {
        self.slots.into_iter().flatten().max()
    }

    /// Over the older of the two; `false` where the file tells as much already.
    fn write(&mut self, mark: Mark) -> std::io::Result<bool> {
        if self.mark() >= Some(mark) {
            return Ok(false);
        }
        let slot = usize::from(self.slots[1] < self.slots[0]);
        self.file.seek(SeekFrom::Start((slot * SLOT) as u64))?;
        self.file.write_all(line(mark).as_bytes())?;
        self.slots[slot] = Some(mark);
        Ok(true)
    }

    fn sync(&self) -> std::io::Result<()> {
        self.file.sync_data()
    }
}

fn slots(file: &mut File) -> std::io::Result<[Option<Mark>; 2]> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file).take(2 * SLOT as u64).read_to_end(&mut text)?;
    let (first, second) = text.split_at(text.len().min(SLOT));
    Ok([parse(first), parse(second)])
}

fn line(mark: Mark) -> String {
    let numbers = format!("{:020} {:020}", mark.epoch, mark.claim);
    let sum = blake3::hash(numbers.as_bytes()).to_hex();
    format!("{numbers} {}\n", &sum[..21])
}

fn parse(slot: &[u8]) -> Option<Mark> {
    let text = std::str::from_utf8(slot).ok()?;
    let mut numbers = text.split(' ').map_while(|number| number.parse().ok());
    let mark = Mark { epoch: numbers.next()?, claim: numbers.next()? };
    (line(mark) == text).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mark_is_read_as_written_and_a_torn_one_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let marks = || Marks::beside(&folder.path().join("key"), "x");
        assert_eq!(marks().read(1).await.unwrap(), None);
        let mark = |claim| Mark { epoch: 3, claim };
        let writer = marks();
        for claim in 1..=4 {
            writer.write(1, mark(claim)).await.unwrap();
            assert_eq!(marks().read(1).await.unwrap(), Some(mark(claim)));
        }
        writer.write(1, mark(2)).await.unwrap();
        writer.note(1, mark(3)).await.unwrap();
        assert_eq!((marks().read(1).await.unwrap(), writer.claimed(1)), (Some(mark(4)), 4));
        let path = marks().path(1);
        let mut bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len(), 2 * SLOT);
        bytes[2 * SLOT - 5] = b'?';
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(marks().read(1).await.unwrap(), Some(mark(3)));
        // The torn one is written over.
        marks().note(1, mark(5)).await.unwrap();
        assert_eq!(marks().read(1).await.unwrap(), Some(mark(5)));
        let other = marks();
        other.write(1, mark(6)).await.unwrap();
        // Another process wrote meanwhile, for an earlier owner: both are told what stands there.
        assert_eq!(writer.write(1, mark(3)).await.unwrap(), Some(mark(6)));
        assert_eq!(writer.claimed(1), 6);
        other.note(1, mark(7)).await.unwrap();
        assert_eq!((marks().read(1).await.unwrap(), other.claimed(1)), (Some(mark(7)), 7));
    }
}
