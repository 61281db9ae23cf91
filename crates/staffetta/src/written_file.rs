//! Whether a file may be written where a person says: never over something that is not of its kind.

use crate::failure::Failure;
use staffetta_desk::ResultFormat;
use staffetta_domain::Phrase;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How every XLSX begins: it is a zip.
const ZIP: [u8; 2] = *b"PK";

/// The kind of results that a name asks for. A CSV is written over nothing: what is there may be the office's list.
pub(crate) fn result_format(path: &Path) -> Result<ResultFormat, Failure> {
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
        return may_be_written(path, &[]).map(|()| ResultFormat::Xlsx);
    }
    if path.symlink_metadata().is_ok() {
        return Err(Failure::failed(Phrase::new("cli-csv-over-other").with("path", path.display())));
    }
    Ok(ResultFormat::Csv)
}

/// Refuses a name that is not of an Excel file, a file that the command reads, and a file that is there and
/// is something else: a slip of the pen must not cost the office its list.
pub(crate) fn may_be_written(path: &Path, read: &[&Path]) -> Result<(), Failure> {
    let refused = |key| Err(Failure::failed(Phrase::new(key).with("path", path.display())));
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return refused("cli-excel-name");
    }
    // What is not there is nobody's.
    let Ok(there) = path.canonicalize() else { return Ok(()) };
    if read.iter().any(|read| read.canonicalize().is_ok_and(|read| read == there)) {
        return refused("cli-excel-over-input");
    }
    if !is_workbook(&there) {
        return refused("cli-excel-over-other");
    }
    Ok(())
}

fn is_workbook(path: &Path) -> bool {
    let mut begin = [0; ZIP.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut begin)).is_ok() && begin == ZIP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_excel_file_that_is_not_read_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (list, text, old) = (at("elenco.xlsx"), at("appunti.xlsx"), at("ieri.xlsx"));
        std::fs::write(&list, "PK elenco").unwrap();
        std::fs::write(&old, "PK ieri").unwrap();
        std::fs::write(&text, "appunti").unwrap();
        std::os::unix::fs::symlink(&list, at("altro.xlsx")).unwrap();
        let may = |path: &Path| may_be_written(path, &[&list, &at("manca.md")]).is_ok();
        assert!(may(&at("nuovo.xlsx")) && may(&at("NUOVO.XLSX")) && may(&old));
        let around = folder.path().join(".").join("elenco.xlsx");
        for refused in
            [&list, &around, &at("altro.xlsx"), &text, &at("nuovo.csv"), &at("nuovo"), &at(".xlsx")]
        {
            assert!(!may(refused), "{}", refused.display());
        }
    }

    #[test]
    fn a_csv_is_written_over_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("esiti.CSV");
        assert!(matches!(result_format(&path), Ok(ResultFormat::Csv)));
        std::fs::write(&path, "elenco").unwrap();
        assert!(result_format(&path).is_err());
        assert!(matches!(result_format(&folder.path().join("esiti.xlsx")), Ok(ResultFormat::Xlsx)));
        assert!(result_format(&folder.path().join("esiti.txt")).is_err());
    }
}
