//! What a zip holds, from the names of its parts.

use super::error::{FileKind, SheetError};
use std::fs::File;
use std::io::{BufReader, Seek};
use zip::ZipArchive;

/// A workbook that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Book {
    Xlsx,
    Ods,
}

/// Tells which workbook a zip is.
///
/// # Errors
/// None that is read.
pub(super) fn recognise(file: &mut File) -> Result<Book, SheetError> {
    file.rewind()?;
    let archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(|_| SheetError::Damaged)?;
    let names: Vec<String> =
        archive.file_names_raw().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect();
    file.rewind()?;
    of_names(&names)
}

fn of_names(names: &[String]) -> Result<Book, SheetError> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let other = if names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(Book::Xlsx);
    } else if has("mimetype") && (has("content.xml") || has("encrypted-package")) {
        return Ok(Book::Ods);
    } else if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("word/document.xml") {
        FileKind::Word
    } else {
        FileKind::Archive
    };
    Err(SheetError::NotASheet(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_told_apart() {
        let of = |names: &[&str]| of_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["xl/workbook.xml"]), Ok(Book::Xlsx));
        assert_eq!(of(&["mimetype", "content.xml"]), Ok(Book::Ods));
        assert_eq!(of(&["mimetype", "encrypted-package"]), Ok(Book::Ods));
        assert_eq!(of(&["xl/workbook.bin"]), Err(SheetError::NotASheet(FileKind::Xlsb)));
        assert_eq!(of(&["word/document.xml"]), Err(SheetError::NotASheet(FileKind::Word)));
        assert_eq!(of(&["foto.jpg"]), Err(SheetError::NotASheet(FileKind::Archive)));
    }
}
