//! A file made for one person and given away: made on the disk, streamed, and gone, whoever leaves when.

use crate::app::App;
use crate::fault::Fault;
use crate::left_files::EXPORT;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use staffetta_desk::ExportError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// What kind of file is given away.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Xlsx,
    Csv,
}

impl Kind {
    const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Bytes in memory of each download.
const PIECE_BYTES: usize = 64 * 1024;

/// Where a file is made: in a folder that goes with whoever uses it last. That may be the thread that writes it, when
/// the browser has gone and it has not noticed yet.
#[derive(Clone)]
pub(crate) struct Making {
    path: PathBuf,
    _folder: Arc<TempDir>,
}

impl AsRef<Path> for Making {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

/// Gives away a workbook that is written at once, in a thread of its own.
pub(crate) async fn workbook<E: Send + 'static>(
    app: &App,
    name: &str,
    write: impl FnOnce(Making) -> Result<u64, E> + Send + 'static,
) -> Result<Response, Fault>
where
    ExportError: From<E>,
{
    file(app, name, Kind::Xlsx, async |path| {
        let writing = tokio::task::spawn_blocking(move || write(path));
        let written = writing.await.map_err(|error| Fault::Internal(error.to_string()))?;
        written.map_err(|error| Fault::from(ExportError::from(error)))
    })
    .await
}

/// Has a file made and gives it away under a name, to which its ending is added. A browser that leaves while it is made
/// stops the making.
pub(crate) async fn file<E>(
    app: &App,
    name: &str,
    kind: Kind,
    make: impl AsyncFnOnce(Making) -> Result<u64, E>,
) -> Result<Response, Fault>
where
    Fault: From<E>,
{
    let internal = |error: std::io::Error| Fault::Internal(error.to_string());
    let folder = tempfile::Builder::new().prefix(EXPORT).tempdir_in(&app.options().temporary);
    let folder = folder.map_err(internal)?;
    let making = Making {
        path: folder.path().join("esportazione").with_extension(kind.extension()),
        _folder: Arc::new(folder),
    };
    make(making.clone()).await?;
    let file = File::open(&making).await.map_err(internal)?;
    let length = file.metadata().await.map_err(internal)?.len();
    // From here on the file has no name: it goes with its last reader, even if the program is killed.
    drop(making);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::CONTENT_LENGTH, length.into());
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.{}\"", kind.extension()));
    headers.insert(header::CONTENT_DISPOSITION, disposition.map_err(|_| Fault::BadRequest)?);
    Ok((headers, Body::from_stream(pieces(file))).into_response())
}

fn pieces(file: File) -> impl stream::Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold(file, |mut file| async move {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        while piece.len() < PIECE_BYTES {
            match file.read_buf(&mut piece).await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(if piece.is_empty() { None } else { Some((piece, file)) })
    })
}

impl From<ExportError> for Fault {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::NoFlow => Self::NotFound,
            ExportError::Store(error) => Self::Store(error),
            error => Self::Internal(error.to_string()),
        }
    }
}
