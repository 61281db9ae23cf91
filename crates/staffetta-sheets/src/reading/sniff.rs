//! What kind of file this is, from its first bytes.

use super::encoding;
use super::error::{FileKind, SheetError};
use super::kind::Encoding;
use super::{CSV_MAX_BYTES, XLSX_MAX_BYTES};
use std::fs::File;
use std::io::{Read, Seek};

/// Bytes looked at.
const HEAD_BYTES: u64 = 64 * 1024;
/// More control bytes than one in this many, and the file is not text: a list with a few damaged rows has
/// less, a compressed or compiled file one in nine.
const CONTROL_BYTES_ONE_IN: usize = 20;
/// A damaged row in a very short file is still a damaged row.
const CONTROL_BYTES_MIN: usize = 8;

/// A kind that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Text, of some encoding.
    Text,
    /// A zip, hopefully with a workbook in it.
    Archive,
    /// The container of old Office files, and of .xlsx files behind a password.
    OldOffice,
}

/// Tells what the file is and goes back to its start.
pub(super) fn sniff(file: &mut File) -> Result<Found, SheetError> {
    let mut head = Vec::new();
    file.rewind()?;
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let found = recognise(&head)?;
    let size = file.metadata()?.len();
    match found {
        Found::Text if size > CSV_MAX_BYTES => Err(SheetError::CsvTooLarge),
        Found::Archive | Found::OldOffice if size > XLSX_MAX_BYTES => Err(SheetError::XlsxTooLarge),
        _ => {
            file.rewind()?;
            Ok(found)
        }
    }
}

fn recognise(head: &[u8]) -> Result<Found, SheetError> {
    const KNOWN: [(&[u8], SheetError); 7] = [
        (b"%PDF", SheetError::NotASheet(FileKind::Pdf)),
        (b"\x89PNG", SheetError::NotASheet(FileKind::Image)),
        (b"\xff\xd8\xff", SheetError::NotASheet(FileKind::Image)),
        (b"{\\rtf", SheetError::NotASheet(FileKind::Word)),
        (b"\x1f\x8b", SheetError::NotASheet(FileKind::Archive)),
        (b"Rar!", SheetError::NotASheet(FileKind::Archive)),
        (b"\xff\xfe\0\0", SheetError::Binary),
    ];
    if head.is_empty() {
        return Err(SheetError::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Found::Archive);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Found::OldOffice);
    }
    if let Some((_, error)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(*error);
    }
    if is_markup(head) {
        return Err(SheetError::NotASheet(FileKind::Html));
    }
    if matches!(encoding::at_start(head), Some(Encoding::Utf16Le | Encoding::Utf16Be)) {
        return Ok(Found::Text);
    }
    let controls = head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
    if controls >= CONTROL_BYTES_MIN && controls > head.len() / CONTROL_BYTES_ONE_IN {
        return Err(SheetError::Binary);
    }
    Ok(Found::Text)
}

/// Whether the first word is a tag, as in the "Excel" files that are really web pages.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let tags: [&[u8]; 5] = [b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta"];
    tags.iter().any(|tag| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_lists_are_recognised() {
        let of = |head: &[u8]| recognise(head);
        assert_eq!(of(b""), Err(SheetError::Empty));
        assert_eq!(of(b"%PDF-1.7"), Err(SheetError::NotASheet(FileKind::Pdf)));
        assert_eq!(of(b"\xff\xfec\0f\0"), Ok(Found::Text));
        assert_eq!(of(b"c\0f\0;\0n\0\n\0"), Ok(Found::Text));
        assert_eq!(of(b"\xff\xfe\0\0c\0\0\0"), Err(SheetError::Binary));
        assert_eq!(of(b"\n <TABLE><tr>"), Err(SheetError::NotASheet(FileKind::Html)));
        assert_eq!(of(&[0, 1, 2, 3, 0, 0, 0, 0, 0, 200, 201]), Err(SheetError::Binary));
        assert_eq!(of(b"cf;nome\nX;a\0b\n"), Ok(Found::Text));
        assert_eq!(of(b"PK\x03\x04"), Ok(Found::Archive));
    }
}
