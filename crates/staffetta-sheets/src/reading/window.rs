//! A stretch of the file held in memory, long enough for any row.

use staffetta_domain::limits::ROW_MAX_BYTES;
use std::io::{self, Read};

/// Bytes held at most: a row up to its limit, and room that is filled with few calls.
const CAPACITY: usize = 4 * ROW_MAX_BYTES;

/// The bytes that were read and not yet used.
pub(super) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: vec![0; CAPACITY], start: 0, end: 0, at_end: false }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or(&[])
    }

    /// Whether nothing follows [`Self::bytes`] in the file.
    pub(super) const fn at_end(&self) -> bool {
        self.at_end
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.start = self.end.min(self.start + count);
    }

    /// Reads on after what is held; does nothing at the end of the file or when there is no room.
    pub(super) fn more(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while let Some(room) = self.buffer.get_mut(self.end..).filter(|room| !room.is_empty()) {
            match self.reader.read(room) {
                Ok(0) => {
                    self.at_end = true;
                    break;
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
