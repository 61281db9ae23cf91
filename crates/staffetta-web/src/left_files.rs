//! Temporary files of ours that a program left which was killed: citizens' data must not stay there.

use staffetta_domain::UnixMillis;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// What an uploaded file on its way is called.
pub(crate) const UPLOAD: &str = "caricamento-";
/// What the folder of an export that is being made is called.
pub(crate) const EXPORT: &str = "esportazione-";
/// As old as this it is in nobody's hands any more.
const LEFT_MS: i64 = 6 * 3_600_000;

/// Removes what was left in the folder of temporary files. What cannot be removed is tried again next time.
pub async fn sweep_left_files(folder: &Path, now: UnixMillis) {
    let Ok(mut entries) = tokio::fs::read_dir(folder).await else { return };
    let oldest = u64::try_from(now.0 - LEFT_MS).unwrap_or(0);
    let oldest = UNIX_EPOCH + Duration::from_millis(oldest);
    while let Ok(Some(entry)) = entries.next_entry().await {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if ![UPLOAD, EXPORT].iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let Ok(data) = entry.metadata().await else { continue };
        if data.modified().is_ok_and(|changed| changed < oldest) {
            let _ = match data.is_dir() {
                true => tokio::fs::remove_dir_all(entry.path()).await,
                false => tokio::fs::remove_file(entry.path()).await,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_was_left_long_ago_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["caricamento-a", "ledger.db"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("esportazione-b")).unwrap();
        std::fs::write(folder.path().join("esportazione-b/esportazione.xlsx"), "x").unwrap();
        let changed = std::fs::metadata(folder.path().join("ledger.db")).unwrap().modified().unwrap();
        let written = changed.duration_since(UNIX_EPOCH).unwrap().as_millis();
        let written = UnixMillis(i64::try_from(written).unwrap());
        let left = || std::fs::read_dir(folder.path()).unwrap().count();
        sweep_left_files(folder.path(), written.plus_ms(LEFT_MS - 60_000)).await;
        assert_eq!(left(), 3);
        sweep_left_files(folder.path(), written.plus_ms(LEFT_MS + 60_000)).await;
        assert_eq!(left(), 1);
    }
}
