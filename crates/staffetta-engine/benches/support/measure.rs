//! Time, CPU and memory of one sender.

use std::fmt;
use std::time::Instant;

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    messages: f64,
    seconds: f64,
    cpu_seconds: f64,
    peak_mib: f64,
}

/// A stopwatch.
pub struct Watch {
    start: Instant,
    cpu_start: f64,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's time")]
    pub fn start() -> Self {
        Self { start: Instant::now(), cpu_start: cpu_seconds() }
    }

    pub fn stop(self, messages: usize) -> Figures {
        Figures {
            messages: messages as f64,
            seconds: self.start.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds() - self.cpu_start,
            peak_mib: peak_kib() / 1024.0,
        }
    }
}

/// A stopwatch for one short thing.
pub struct Lap(Instant);

impl Lap {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

impl Figures {
    pub fn read(line: &str) -> Option<Self> {
        let numbers: Vec<f64> = line.split(' ').map_while(|word| word.parse().ok()).collect();
        let [messages, seconds, cpu_seconds, peak_mib] = numbers.try_into().ok()?;
        Some(Self { messages, seconds, cpu_seconds, peak_mib })
    }

    pub fn line(&self) -> String {
        format!("{} {} {} {}", self.messages, self.seconds, self.cpu_seconds, self.peak_mib)
    }

    pub fn per_second(&self) -> f64 {
        self.messages / self.seconds
    }

    /// Of the sender's own threads; the receiver and a database server have theirs.
    pub fn cpu_us(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.messages
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cpu_us = self.cpu_us();
        write!(
            out,
            "{:8.0} messages/s  {cpu_us:5.1} µs CPU each  peak {:5.1} MiB",
            self.per_second(),
            self.peak_mib
        )
    }
}

/// The run in the middle, by speed.
pub fn median(figures: &[Figures]) -> Option<Figures> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(|a, b| a.per_second().total_cmp(&b.per_second()));
    sorted.get(sorted.len() / 2).copied()
}

/// User and system time of this process, all threads; from `/proc`, in ticks of 10 ms.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn peak_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or_default()
}
