//! Looks into an .xlsx before its reader does.
//!
//! A zip of a few kilobytes may unfold into gigabytes, and what its directory says of the sizes may be a
//! lie; the workbook's reader believes both and keeps the shared texts, and each cell, in memory. So every
//! part is unfolded once into a small buffer and counted. It costs about a tenth of the reading.

use super::error::SheetError;
use super::{XLSX_EXPANDED_MAX_BYTES, XLSX_RESIDENT_MAX_BYTES};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use zip::ZipArchive;

mod places;
mod scan;

/// Bytes unfolded at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Least bytes of a shared text: `<si/>`. The reader makes room for as many as the file claims to have.
const SHARED_TEXT_MIN_BYTES: u64 = 5;
const CLAIM: &[u8] = b"uniqueCount";
/// What the reader keeps for an element however short it is written. An ordinary shared text, of two
/// elements, is about as long in the file.
const SHARED_ELEMENT_BYTES: u64 = 24;
/// The same for a style, a font, a sheet's name: few in a file that a spreadsheet program made.
const STYLE_ELEMENT_BYTES: u64 = 256;

/// Lets pass a workbook that can be read within the limits; returns the bytes of its worksheets.
pub(super) fn inspect(file: &mut File) -> Result<u64, SheetError> {
    file.rewind()?;
    let mut archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(|_| SheetError::Damaged)?;
    let names: Vec<String> =
        archive.file_names_raw().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect();
    let (mut resident, mut streamed) = (0, 0);
    let mut buffer = vec![0; CHUNK_BYTES];
    for (index, name) in names.iter().enumerate() {
        let part = archive.by_index(index).map_err(|_| SheetError::Damaged)?;
        if name.starts_with("xl/worksheets/") && !name.contains("/_rels/") {
            streamed += scan::worksheet(part, XLSX_EXPANDED_MAX_BYTES - streamed, &mut buffer)?;
        } else {
            resident += count(part, element_bytes(name), XLSX_RESIDENT_MAX_BYTES - resident, &mut buffer)?;
        }
    }
    file.rewind()?;
    Ok(streamed)
}

/// What the reader keeps in memory for each element of a part; nothing of those that it does not read.
fn element_bytes(name: &str) -> u64 {
    if name.ends_with("sharedstrings.xml") {
        SHARED_ELEMENT_BYTES
    } else if ["styles.xml", "workbook.xml", ".rels"].iter().any(|end| name.ends_with(end)) {
        STYLE_ELEMENT_BYTES
    } else {
        0
    }
}

/// Unfolds a part that the reader takes into memory; returns the bytes that it takes there.
fn count(mut part: impl Read, element_bytes: u64, limit: u64, buffer: &mut [u8]) -> Result<u64, SheetError> {
    let (mut total, mut elements, mut claimed, mut held) = (0_u64, 0_u64, 0, 0);
    loop {
        let read = read(&mut part, buffer.get_mut(held..).unwrap_or(&mut []))?;
        if read == 0 {
            break;
        }
        total += u64::try_from(read).unwrap_or(u64::MAX);
        let bytes = buffer.get(..held + read).unwrap_or(&[]);
        elements += begun(bytes.get(held.saturating_sub(1)..).unwrap_or(&[]));
        if total.max(elements.saturating_mul(element_bytes)) > limit {
            return Err(SheetError::ExpandsTooMuch);
        }
        claimed = claimed.max(claim(bytes));
        // The claim may be cut in two by the buffer's end: keep enough to see it whole the next time.
        let kept = bytes.len().min(2 * CLAIM.len() + 24);
        let start = bytes.len() - kept;
        buffer.copy_within(start..start + kept, 0);
        held = kept;
    }
    if claimed > total / SHARED_TEXT_MIN_BYTES {
        return Err(SheetError::ExpandsTooMuch);
    }
    Ok(total.max(elements.saturating_mul(element_bytes)))
}

/// Elements that begin in these bytes; whether the last byte begins one is seen the next time.
fn begun(bytes: &[u8]) -> u64 {
    let begun =
        memchr::memchr_iter(b'<', bytes).filter(|at| bytes.get(at + 1).is_some_and(|next| *next != b'/'));
    u64::try_from(begun.count()).unwrap_or(u64::MAX)
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
        let of = |bytes: &[u8], limit| count(bytes, SHARED_ELEMENT_BYTES, limit, &mut [0; 100]);
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
    fn many_short_elements_are_counted_by_what_they_take() {
        let of = |bytes: &[u8], part: &str| count(bytes, element_bytes(part), 24_000, &mut [0; 100]);
        let empty = "<si/>".repeat(1_001);
        assert_eq!(of(empty.as_bytes(), "xl/sharedstrings.xml"), Err(SheetError::ExpandsTooMuch));
        assert_eq!(of("<xf/>".repeat(100).as_bytes(), "xl/styles.xml"), Err(SheetError::ExpandsTooMuch));
        assert_eq!(of(empty.as_bytes(), "xl/pivotcache/records1.xml"), Ok(5_005));
        let ordinary = "<si><t>RSSMRA85T10A562S, via Roma</t></si>".repeat(400);
        assert_eq!(of(ordinary.as_bytes(), "xl/sharedstrings.xml").map(|bytes| bytes < 20_000), Ok(true));
    }
}
