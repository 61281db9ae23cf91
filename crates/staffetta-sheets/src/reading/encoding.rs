//! How the characters of a text file are written.
//!
//! Windows-1252 cannot be told from UTF-8 at the start of a file: the first *è* may stand in the last
//! row. So the whole file goes by once before its first row is handed over. That pass does nothing but
//! check UTF-8, far faster than the rows are then cut, and its memory is one buffer. To begin with UTF-8
//! and change one's mind half-way would have handed over rows that were wrong.

use super::kind::Encoding;
use std::io::{self, Read};

/// Bytes checked at a time.
const CHUNK_BYTES: usize = 256 * 1024;
/// UTF-8's mark at the start of a file.
pub(super) const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// What the first bytes say, where they say it: by a mark, or by zeros in every second place.
pub(super) fn at_start(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => unmarked_utf16(head),
    }
}

/// UTF-16 without a mark, where it is evident: in a Western text nearly every second byte is zero, and the
/// others are not. A list with some damaged rows is not taken for one.
fn unmarked_utf16(head: &[u8]) -> Option<Encoding> {
    let written = |byte: u8| byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r');
    let (mut little, mut big) = (0, 0);
    let (units, _) = head.as_chunks::<2>();
    for unit in units {
        match *unit {
            [low, 0] if written(low) => little += 1,
            [0, low] if written(low) => big += 1,
            _ => {}
        }
    }
    let evident = |one: usize, other: usize| one >= 4 && 4 * one >= 3 * units.len() && 10 * other <= one;
    if evident(little, big) {
        Some(Encoding::Utf16Le)
    } else {
        evident(big, little).then_some(Encoding::Utf16Be)
    }
}

/// Reads to the end of a text whose first bytes do not say it, and tells the encoding.
///
/// UTF-8 if it is valid as a whole. If some bytes are not, then the majority decides: a Windows-1252 text
/// has hardly ever two bytes in a row that happen to be an UTF-8 character, so where well-formed characters
/// prevail this is UTF-8 with damaged rows, to be reported one by one.
pub(super) fn find(mut reader: impl Read) -> io::Result<Encoding> {
    let mut buffer = vec![0; CHUNK_BYTES];
    let (mut held, mut good, mut bad) = (0, 0, 0);
    loop {
        let count = match reader.read(buffer.get_mut(held..).unwrap_or(&mut [])) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = buffer.get(..held + count).unwrap_or(&[]);
        let rest = weigh(bytes, count == 0, &mut good, &mut bad);
        if count == 0 {
            return Ok(if bad > 0 && bad >= good { Encoding::Windows1252 } else { Encoding::Utf8 });
        }
        let start = bytes.len() - rest;
        buffer.copy_within(start..start + rest, 0);
        held = rest;
    }
}

/// Counts well-formed characters beyond ASCII and bytes that are none; returns how many bytes at the end
/// may be the start of a character.
fn weigh(mut bytes: &[u8], at_end: bool, good: &mut u64, bad: &mut u64) -> usize {
    loop {
        let (valid, broken) = match std::str::from_utf8(bytes) {
            Ok(_) => (bytes.len(), None),
            Err(error) => (error.valid_up_to(), Some(error.error_len())),
        };
        let (text, rest) = bytes.split_at(valid);
        if !text.is_ascii() {
            *good += text.iter().map(|byte| u64::from(*byte >= 0xc0)).sum::<u64>();
        }
        match broken {
            None => return 0,
            Some(None) if !at_end => return rest.len(),
            Some(length) => {
                *bad += 1;
                bytes = rest.get(length.unwrap_or(rest.len())..).unwrap_or(&[]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every character is cut somewhere.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            self.0 = rest;
            if let Some(place) = buffer.first_mut() {
                *place = *first;
            }
            Ok(1)
        }
    }

    #[test]
    fn the_whole_file_decides() {
        let found = |bytes: &[u8]| (find(bytes).unwrap(), find(Drops(bytes)).unwrap());
        let (utf8, windows) =
            ((Encoding::Utf8, Encoding::Utf8), (Encoding::Windows1252, Encoding::Windows1252));
        assert_eq!(found(b"cf;nome\n"), utf8);
        assert_eq!(found("città è €".as_bytes()), utf8);
        assert_eq!(found(b"citt\xe0"), windows);
        assert_eq!(found(b"citt\xe0;\x80 19,99"), windows);
        let mut mostly_utf8 = "è€ì".as_bytes().to_vec();
        mostly_utf8.extend(b"\xe0;");
        assert_eq!(found(&mostly_utf8), utf8);
    }

    #[test]
    fn the_first_bytes_may_say_it() {
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        assert_eq!(at_start(b"\xef\xbb\xbfcitt\xe0"), Some(Encoding::Utf8));
        for text in ["\u{feff}cf;名\n", "cf;città\r\nA;€ 5\r\n"] {
            assert_eq!(at_start(&utf16(text, u16::to_le_bytes)), Some(Encoding::Utf16Le));
            assert_eq!(at_start(&utf16(text, u16::to_be_bytes)), Some(Encoding::Utf16Be));
        }
        for text in ["", "cf;nome\nX;a\0b\n", "a\0", "\x01\0\x02\0\x03\0\x04\0\x05\0"] {
            assert_eq!(at_start(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_late_accent_in_a_long_file_is_found() {
        let mut long = vec![b'a'; 3 * CHUNK_BYTES];
        long.push(0xe8);
        assert_eq!(find(&long[..]).unwrap(), Encoding::Windows1252);
        long.push(b';');
        assert_eq!(find(&long[..]).unwrap(), Encoding::Windows1252);
    }
}
