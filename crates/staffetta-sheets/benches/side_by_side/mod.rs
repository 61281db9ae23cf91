//! Runs variants of the same work in processes of their own, in turns, and compares their medians.
#![allow(dead_code, reason = "not every benchmark prepares something")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Tells a variant's process the folder of [`compare_in`].
const FOLDER: &str = "SIDE_BY_SIDE_FOLDER";

/// Times each variant is run.
const RUNS: usize = 5;

/// A way of doing the work.
pub(crate) struct Variant {
    pub(crate) name: &'static str,
    pub(crate) work: fn(rows: u32),
}

struct Figures {
    seconds: f64,
    peak_mib: f64,
}

/// Compares the variants; the first is the one that the others are divided by.
pub(crate) fn compare(rows: u32, variants: &[Variant]) {
    compare_in(rows, variants, || tempfile::tempdir().unwrap(), tempfile::TempDir::path);
}

/// The same, after preparing something in a folder that all variants find with [`folder`]. What is prepared
/// lives until the end and is not measured.
pub(crate) fn compare_in<T>(
    rows: u32,
    variants: &[Variant],
    prepare: impl FnOnce() -> T,
    folder_of: impl Fn(&T) -> &Path,
) {
    let arguments: Vec<String> = std::env::args().collect();
    let asked = arguments.iter().find_map(|argument| argument.strip_prefix("variant="));
    if let Some(variant) = variants.iter().find(|variant| Some(variant.name) == asked) {
        return run_here(rows, variant);
    }
    if asked.is_some() {
        // It is one of another comparison.
        return;
    }
    let prepared = prepare();
    let folder = folder_of(&prepared);
    let mut figures: Vec<Vec<Figures>> = variants.iter().map(|_| Vec::new()).collect();
    for _ in 0..RUNS {
        for (variant, figures) in variants.iter().zip(&mut figures) {
            figures.push(run_apart(variant, folder));
        }
    }
    let mut base = 0.0;
    for (variant, figures) in variants.iter().zip(&mut figures) {
        figures.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        let median = figures[RUNS / 2].seconds;
        let peak = figures.iter().map(|figure| figure.peak_mib).fold(0.0, f64::max);
        if base == 0.0 {
            base = median;
        }
        println!(
            "{:<24} {:>10.0} rows/s   {:>6.2} s   {:>6.1} MiB peak   speed × {:.2}",
            variant.name,
            f64::from(rows) / median,
            median,
            peak,
            base / median
        );
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn run_here(rows: u32, variant: &Variant) {
    let start = Instant::now();
    (variant.work)(rows);
    println!("seconds={}", start.elapsed().as_secs_f64());
    println!("peak_kib={}", peak_kib());
}

/// The folder that was prepared for the variants.
#[allow(clippy::disallowed_methods, reason = "a benchmark's process is told by its parent")]
pub(crate) fn folder() -> PathBuf {
    std::env::var_os(FOLDER).unwrap().into()
}

fn run_apart(variant: &Variant, folder: &Path) -> Figures {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    let output = command.arg(format!("variant={}", variant.name)).env(FOLDER, folder).output().unwrap();
    assert!(output.status.success(), "{}: {}", variant.name, String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let value = |name: &str| -> f64 {
        said.lines().find_map(|line| line.strip_prefix(name)).unwrap().parse().unwrap()
    };
    Figures { seconds: value("seconds="), peak_mib: value("peak_kib=") / 1024.0 }
}

/// Most memory that this process ever had, in KiB; 0 where the system does not tell.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
