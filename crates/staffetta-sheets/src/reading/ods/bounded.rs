//! A part of a zip that may unfold only so far.

use std::io::{self, Read};

/// Most bytes between two elements: a text or a tag in between is kept in memory whole.
const STRETCH_MAX_BYTES: u64 = 1024 * 1024;

/// Gives what a reader has, up to a limit, and no long stretch without [`Bounded::go_on`].
pub(super) struct Bounded<R> {
    reader: R,
    left: u64,
    since: u64,
    exceeded: bool,
}

impl<R> Bounded<R> {
    pub(super) const fn new(reader: R, limit: u64) -> Self {
        Self { reader, left: limit, since: 0, exceeded: false }
    }

    /// Another stretch may be read.
    pub(super) const fn go_on(&mut self) {
        self.since = 0;
    }

    /// How far it may still go.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// Whether a limit, and no damage, is why the reading failed.
    pub(super) const fn exceeded(&self) -> bool {
        self.exceeded
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(room)?;
        let bytes = u64::try_from(count).unwrap_or(u64::MAX);
        self.since = self.since.saturating_add(bytes);
        self.exceeded = self.since > STRETCH_MAX_BYTES || bytes > self.left;
        self.left = self.left.saturating_sub(bytes);
        if self.exceeded { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_its_limit_and_at_a_long_stretch() {
        let mut all = Vec::new();
        assert!(Bounded::new(&[b'a'; 1000][..], 1000).read_to_end(&mut all).is_ok());
        let mut short = Bounded::new(&[b'a'; 1000][..], 999);
        assert!(short.read_to_end(&mut all).is_err() && short.exceeded());

        let mut long = Bounded::new(io::repeat(b'a'), u64::MAX);
        let mut chunk = vec![0; 512 * 1024];
        for _ in 0..10 {
            assert!(long.read(&mut chunk).is_ok());
            long.go_on();
        }
        assert!(long.read(&mut chunk).is_ok() && long.read(&mut chunk).is_ok());
        assert!(long.read(&mut chunk).is_err() && long.exceeded());
    }
}
