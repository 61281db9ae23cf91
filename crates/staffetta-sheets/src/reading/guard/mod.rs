//! Looks into an .xlsx before its reader does.
//!
//! A zip of a few kilobytes may unfold into gigabytes, and what its directory says of the sizes may be a
//! lie; the workbook's reader believes both and keeps the shared texts, and each cell, in memory. So every
//! part is unfolded once into a small buffer and counted. It costs about a tenth of the reading.

use super::error::{FileKind, SheetError};
use super::{XLSX_EXPANDED_MAX_BYTES, XLSX_RESIDENT_MAX_BYTES};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use zip::ZipArchive;

mod scan;

/// Bytes unfolded at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Least bytes of a shared text: `<si/>`. The reader makes room for as many as the file claims to have.
const SHARED_TEXT_MIN_BYTES: u64 = 5;
const CLAIM: &[u8] = b"uniqueCount";

/// Lets pass a workbook that is one, and that can be read within the limits.
pub(super) fn inspect(file: &mut File) -> Result<(), SheetError> {
    file.rewind()?;
    let mut archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(|_| SheetError::Damaged)?;
    let names: Vec<String> =
        archive.file_names_raw().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect();
    kind(&names)?;
    let (mut resident, mut streamed) = (0, 0);
    let mut buffer = vec![0; CHUNK_BYTES];
    for (index, name) in names.iter().enumerate() {
        let part = archive.by_index(index).map_err(|_| SheetError::Damaged)?;
        if name.starts_with("xl/worksheets/") && !name.contains("/_rels/") {
            streamed += scan::worksheet(part, XLSX_EXPANDED_MAX_BYTES - streamed, &mut buffer)?;
        } else {
            resident += count(part, XLSX_RESIDENT_MAX_BYTES - resident, &mut buffer)?;
        }
    }
    file.rewind()?;
    Ok(())
}

/// Whether the zip is a workbook, from the names of its parts.
fn kind(names: &[String]) -> Result<(), SheetError> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let other = if names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(());
    } else if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("word/document.xml") {
        FileKind::Word
    } else if has("mimetype") && has("content.xml") {
        FileKind::OpenDocument
    } else {
        FileKind::Archive
    };
    Err(SheetError::NotASheet(other))
}

/// Unfolds a part that the reader takes into memory; returns its bytes.
fn count(mut part: impl Read, limit: u64, buffer: &mut [u8]) -> Result<u64, SheetError> {
    let (mut total, mut claimed, mut held) = (0_u64, 0, 0);
    loop {
        let read = read(&mut part, buffer.get_mut(held..).unwrap_or(&mut []))?;
        if read == 0 {
            break;
        }
        total += u64::try_from(read).unwrap_or(u64::MAX);
        if total > limit {
            return Err(SheetError::ExpandsTooMuch);
        }
        let bytes = buffer.get(..held + read).unwrap_or(&[]);
        claimed = claimed.max(claim(bytes));
        // The claim may be cut in two by the buffer's end: keep enough to see it whole the next time.
        let kept = bytes.len().min(2 * CLAIM.len() + 24);
        let start = bytes.len() - kept;
        buffer.copy_within(start..start + kept, 0);
        held = kept;
    }
    if claimed > total / SHARED_TEXT_MIN_BYTES { Err(SheetError::ExpandsTooMuch) } else { Ok(total) }
}

/// The number of shared texts that these bytes claim.
fn claim(bytes: &[u8]) -> u64 {
    memchr::memmem::find_iter(bytes, CLAIM)
        .map(|at| {
            let after = bytes.get(at + CLAIM.len()..).unwrap_or(&[]);
            let digits = after.iter().skip_while(|byte| matches!(byte, b'=' | b' ' | b'"' | b'\''));
            digits.take_while(|byte| byte.is_ascii_digit()).fold(0_u64, |number, digit| {
                number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            })
        })
        .max()
        .unwrap_or(0)
}

fn read(part: &mut impl Read, buffer: &mut [u8]) -> Result<usize, SheetError> {
    loop {
        match part.read(buffer) {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Whatever it is called, the part does not unfold.
            Err(_) => return Err(SheetError::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_may_not_unfold_beyond_its_limit_nor_claim_more_than_it_holds() {
        let of = |bytes: &[u8], limit| count(bytes, limit, &mut [0; 100]);
        assert_eq!(of(&[b'a'; 1000], 1000), Ok(1000));
        assert_eq!(of(&[b'a'; 1001], 1000), Err(SheetError::ExpandsTooMuch));
        for before in 0..200 {
            let mut text = vec![b' '; before];
            text.extend(br#"<sst uniqueCount="99999999999"><si/></sst>"#);
            assert_eq!(of(&text, 1000), Err(SheetError::ExpandsTooMuch), "{before}");
        }
        let honest = br#"<sst count="3" uniqueCount="2"><si/><si/></sst>"#;
        assert!(of(honest, 1000).is_ok());
    }

    #[test]
    fn archives_that_are_no_workbooks_are_told_apart() {
        let of = |names: &[&str]| kind(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["xl/workbook.xml"]), Ok(()));
        assert_eq!(of(&["mimetype", "content.xml"]), Err(SheetError::NotASheet(FileKind::OpenDocument)));
        assert_eq!(of(&["word/document.xml"]), Err(SheetError::NotASheet(FileKind::Word)));
        assert_eq!(of(&["foto.jpg"]), Err(SheetError::NotASheet(FileKind::Archive)));
    }
}
