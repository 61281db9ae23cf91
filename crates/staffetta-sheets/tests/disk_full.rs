//! A disk that fills up while the archive is written.
//!
//! The test runs itself again in a shell where no file may grow beyond a limit, which the operating system
//! answers as it does when there is no room.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]
#![cfg(unix)]

mod common;

use staffetta_sheets::{ArchiveRow, ArchiveWriter, WriteError};
use std::path::Path;
use std::process::Command;

/// Where the inner run writes, relative to the folder in which it is started.
const TARGET: &str = "archivio.xlsx";

fn write(rows: u32) -> Result<u64, WriteError> {
    let mut writer = ArchiveWriter::create(Path::new(TARGET), common::say)?;
    for number in 0..rows {
        let reference = format!("{:x}", u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        writer.push(&ArchiveRow { reference: &reference, ..ArchiveRow::default() })?;
    }
    writer.finish()
}

#[test]
#[ignore = "run by the other test, under a limit"]
fn inner_rows() {
    assert_eq!(write(100_000), Err(WriteError::DiskFull));
}

#[test]
#[ignore = "run by the other test, under a limit"]
fn inner_last_flush() {
    // Few enough rows to wait in a buffer until the end.
    assert_eq!(write(20), Err(WriteError::DiskFull));
}

#[test]
fn a_full_disk_is_a_clear_error_and_leaves_nothing() {
    let program = std::env::current_exe().unwrap();
    // The limit is in blocks of 512 bytes.
    for (inner, blocks) in [("inner_rows", 400), ("inner_last_flush", 2)] {
        let folder = tempfile::tempdir().unwrap();
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --ignored --exact {inner} 2>&1 | cat");
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .arg(&program)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("test result: ok. 1 passed"), "{inner}: {said}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{inner} left something");
    }
}
