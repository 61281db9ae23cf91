//! A text file as UTF-8, whatever its encoding, a stretch at a time.
//!
//! So everything after this knows one encoding. What cannot be decoded becomes a byte that no UTF-8 text
//! has: it is met again, and reported, in the row where it stands.

use super::kind::Encoding;
use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes decoded at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Never part of an UTF-8 text.
const UNREADABLE: u8 = 0xff;

/// Gives what a reader has in UTF-8; a mark at the start is kept.
pub(super) struct Decoded<R> {
    reader: R,
    /// None for UTF-8, which passes as it is.
    decoder: Option<Decoder>,
    raw: Stretch,
    text: Stretch,
    /// The reader has no more.
    at_end: bool,
    /// Nor has the decoder.
    over: bool,
}

/// The part of a buffer that is not used yet.
#[derive(Default)]
struct Stretch {
    bytes: Vec<u8>,
    start: usize,
    end: usize,
}

impl Stretch {
    fn left(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or(&[])
    }
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(reader: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE),
            Encoding::Utf16Be => Some(UTF_16BE),
            Encoding::Windows1252 => Some(WINDOWS_1252),
        };
        let bytes = if decoder.is_some() { CHUNK_BYTES } else { 0 };
        let room = || Stretch { bytes: vec![0; bytes], ..Stretch::default() };
        Self {
            reader,
            decoder: decoder.map(encoding_rs::Encoding::new_decoder_without_bom_handling),
            raw: room(),
            text: room(),
            at_end: false,
            over: false,
        }
    }

    /// Decodes some more; afterwards there is text, or nothing more to come, or more to be decoded.
    fn decode(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        if self.raw.left().is_empty() && !self.at_end {
            let count = match self.reader.read(&mut self.raw.bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
                read => read?,
            };
            (self.raw.start, self.raw.end, self.at_end) = (0, count, count == 0);
        }
        // The last byte is room for the mark of what cannot be read.
        let room = self.text.bytes.split_last_mut().map_or(&mut [][..], |(_, room)| room);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(self.raw.left(), room, self.at_end);
        self.raw.start += read;
        (self.text.start, self.text.end) = (0, written);
        match result {
            DecoderResult::InputEmpty => self.over = self.at_end,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                if let Some(place) = self.text.bytes.get_mut(written) {
                    *place = UNREADABLE;
                    self.text.end += 1;
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.reader.read(room);
        }
        while self.text.left().is_empty() && !self.over {
            self.decode()?;
        }
        let text = self.text.left();
        let count = text.len().min(room.len());
        if let (Some(room), Some(text)) = (room.get_mut(..count), text.get(..count)) {
            room.copy_from_slice(text);
        }
        self.text.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
        let mut text = Vec::new();
        Decoded::new(bytes, encoding).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn every_encoding_becomes_utf8() {
        let long = "Nicolò €; 😀\n".repeat(20_000);
        let units = || long.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        assert_eq!(of(&little, Encoding::Utf16Le), long.as_bytes());
        assert_eq!(of(&big, Encoding::Utf16Be), long.as_bytes());
        assert_eq!(of(b"citt\xe0 \x80", Encoding::Windows1252), "città €".as_bytes());
        assert_eq!(of(b"citt\xe0", Encoding::Utf8), b"citt\xe0");
    }

    #[test]
    fn what_cannot_be_decoded_is_marked_where_it_stands() {
        assert_eq!(of(b"a\0\0\xdcb\0c", Encoding::Utf16Le), b"a\xffb\xff");
        assert_eq!(of(&b"\0\xdc".repeat(70_000), Encoding::Utf16Le), vec![UNREADABLE; 70_000]);
    }
}
