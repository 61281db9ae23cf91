//! Chance from a seed: the same seed and the same thing always give the same draw, whatever was drawn
//! before. Nothing here depends on the order of calls.

/// A draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw([u8; 32]);

impl Draw {
    /// The draw for `thing`, among those of `kind`.
    pub(crate) fn of(seed: u64, kind: &'static str, thing: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(kind.as_bytes());
        for part in thing {
            // Something that no part contains, so that parts cannot run into each other.
            hasher.update(&[0xff]);
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// A number from 0 to 1, 1 excluded.
    pub(crate) fn share(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        f64::from(u32::from_le_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
    }

    /// A second, independent number from 0 to `end`, `end` excluded.
    pub(crate) fn below(self, end: u16) -> u16 {
        u16::from_le_bytes([self.0[4], self.0[5]]) % end.max(1)
    }

    /// Eight bytes, independent of the others.
    pub(crate) fn number(self) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[8..16]);
        u64::from_le_bytes(bytes)
    }

    /// Ten bytes, independent of the others.
    pub(crate) fn tail(self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&self.0[16..26]);
        bytes
    }
}
