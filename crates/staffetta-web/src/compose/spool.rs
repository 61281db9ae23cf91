//! An uploaded file on its way to the disk: piece by piece, under a name that goes with it.

use crate::app::App;
use crate::left_files::{UPLOAD, sweep_left_files};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::{HeaderMap, StatusCode, header};
use staffetta_sheets::CSV_MAX_BYTES;
use std::io;
use std::path::Path;
use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Most bytes of the request: the largest list, and what a form puts around it.
pub(super) const BODY_MAX_BYTES: u64 = CSV_MAX_BYTES + 64 * 1024;
/// Bytes gathered before they go to the disk.
const PIECE_BYTES: usize = 256 * 1024;
/// Characters of an office's file name that are kept.
const NAME_MAX: usize = 120;

/// A file that arrived whole.
pub(super) struct Arrived {
    /// Gone when this is dropped.
    pub(super) path: TempPath,
    pub(super) file_name: String,
}

/// Why none did.
#[derive(Debug)]
pub(super) enum NotArrived {
    /// It is larger than any list.
    TooLarge,
    /// None was chosen.
    NoFile,
    /// The browser stopped, or sent something else.
    Broken,
    /// It cannot be written.
    Disk(io::Error),
}

impl From<io::Error> for NotArrived {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<MultipartError> for NotArrived {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Broken }
    }
}

/// Takes the field `file` of a form to the disk.
pub(super) async fn receive(
    app: &App,
    headers: &HeaderMap,
    mut form: Multipart,
) -> Result<Arrived, NotArrived> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > BODY_MAX_BYTES) {
        return Err(NotArrived::TooLarge);
    }
    let folder = &app.options().temporary;
    sweep_left_files(folder, app.now()).await;
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            return write(folder, field).await;
        }
    }
    Err(NotArrived::NoFile)
}

/// A file of what was not uploaded as one; gone when what is given is dropped.
pub(super) async fn spool(app: &App, bytes: &[u8]) -> io::Result<TempPath> {
    let folder = &app.options().temporary;
    let (file, path) = tempfile::Builder::new().prefix(UPLOAD).tempfile_in(folder)?.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    file.write_all(bytes).await?;
    file.flush().await?;
    Ok(path)
}

async fn write(folder: &Path, mut field: Field<'_>) -> Result<Arrived, NotArrived> {
    let file_name = base_name(field.file_name().unwrap_or_default());
    let (file, path) = tempfile::Builder::new().prefix(UPLOAD).tempfile_in(folder)?.into_parts();
    let mut file = BufWriter::with_capacity(PIECE_BYTES, tokio::fs::File::from_std(file));
    let mut written = 0_u64;
    while let Some(piece) = field.chunk().await? {
        written += piece.len() as u64;
        if written > CSV_MAX_BYTES {
            return Err(NotArrived::TooLarge);
        }
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    if file_name.is_empty() { Err(NotArrived::NoFile) } else { Ok(Arrived { path, file_name }) }
}

/// The name without the folders that old browsers send, and not longer than is shown.
fn base_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_the_office_calls_its_file() {
        for (sent, kept) in [
            ("elenco.csv", "elenco.csv"),
            ("C:\\Documenti\\elenco TARI.xlsx", "elenco TARI.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb.csv", "ab.csv"),
            ("", ""),
        ] {
            assert_eq!(base_name(sent), kept, "{sent:?}");
        }
        assert_eq!(base_name(&"è".repeat(500)).chars().count(), NAME_MAX);
    }
}
