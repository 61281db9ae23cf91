//! Which seeds a test runs.

/// `SEED=` one, `RUNS=` that many; else as many as the gate has time for.
pub fn seeds(runs: u64) -> Vec<u64> {
    #[expect(clippy::disallowed_methods, reason = "a test that is told which seeds to run")]
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match number("SEED") {
        Some(seed) => vec![seed],
        None => (1..=number("RUNS").unwrap_or(runs)).collect(),
    }
}
