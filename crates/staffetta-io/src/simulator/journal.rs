//! The simulator's books on disk: a JSON line for every fact, written before the answer leaves, so that
//! after `kill -9` the simulator still knows whose telephone has the message. Not synced: the demo must
//! outlive its process, not the machine.

use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

/// A fact.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line {
    Message(MessageLine),
    Seen(SeenLine),
}

/// A message was taken. Its time is in its id.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MessageLine {
    pub(crate) id: String,
    pub(crate) fiscal_code: String,
    pub(crate) account: String,
    pub(crate) service: String,
    pub(crate) identity: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<String>,
}

/// A call was seen.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SeenLine {
    pub(crate) call: u64,
}

/// An open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// The last write ended within a line.
    torn: bool,
}

impl Journal {
    /// Opens or makes a journal and hands over its lines. What is not a line, such as the last one when
    /// the process was killed within it, is left out and said.
    pub(crate) fn open(path: &Path, mut replay: impl FnMut(Line)) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let mut reader = BufReader::new(&file);
        let (mut text, mut torn, mut lost) = (Vec::new(), false, 0_u32);
        loop {
            text.clear();
            if reader.read_until(b'\n', &mut text)? == 0 {
                break;
            }
            torn = text.last() != Some(&b'\n');
            match serde_json::from_slice(&text) {
                Ok(line) => replay(line),
                Err(_) => lost += 1,
            }
        }
        if lost > 0 {
            tracing::warn!(path = %path.display(), lost, "lines of the simulator's journal cannot be read");
        }
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file, torn })
    }

    /// Writes a fact and hands it to the operating system.
    pub(crate) fn write(&mut self, line: &Line) -> io::Result<()> {
        let mut text = Vec::with_capacity(256);
        if self.torn {
            text.push(b'\n');
        }
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
        self.torn = true;
        self.file.write_all(&text)?;
        self.torn = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &Path) -> Vec<u64> {
        let mut calls = Vec::new();
        Journal::open(path, |line| {
            if let Line::Seen(SeenLine { call }) = line {
                calls.push(call);
            }
        })
        .unwrap();
        calls
    }

    #[test]
    fn a_torn_line_is_left_out_and_the_next_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path, |_| ()).unwrap();
        journal.write(&Line::Seen(SeenLine { call: 1 })).unwrap();
        journal.write(&Line::Seen(SeenLine { call: u64::MAX })).unwrap();
        drop(journal);
        OpenOptions::new().append(true).open(&path).unwrap().write_all(br#"{"seen":{"call""#).unwrap();
        assert_eq!(read(&path), [1, u64::MAX]);
        let mut journal = Journal::open(&path, |_| ()).unwrap();
        journal.write(&Line::Seen(SeenLine { call: 3 })).unwrap();
        drop(journal);
        assert_eq!(read(&path), [1, u64::MAX, 3]);
        assert!(Journal::open(folder.path(), |_| ()).is_err());
    }
}
