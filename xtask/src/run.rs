//! Other programs: said before they run, and an error when they fail.

use anyhow::{Context as _, Result, bail};
use std::process::{Command, Stdio};

/// One line for the person who waits.
#[allow(clippy::print_stderr, reason = "a chore speaks to the terminal; standard output is left to results")]
pub(crate) fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// A line of another program's standard error, as it is.
#[allow(clippy::print_stderr, reason = "what another program said there is said there")]
pub(crate) fn tell(line: &str) {
    eprintln!("{line}");
}

/// A result, on standard output.
#[allow(clippy::print_stdout, reason = "a chore's result is what it prints")]
pub(crate) fn print(line: &str) {
    println!("{line}");
}

/// A variable of the environment, if it is set and not empty.
#[allow(clippy::disallowed_methods, reason = "chores are told by the environment where they run")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether this runs on a machine where nothing may be skipped.
pub(crate) fn on_ci() -> bool {
    variable("CI").is_some_and(|value| value != "false" && value != "0")
}

/// The cargo that runs this.
pub(crate) fn cargo_command(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(variable("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    command.args(arguments).current_dir(crate::root::find()?);
    Ok(command)
}

/// Runs cargo to its end.
pub(crate) fn cargo(arguments: &[&str]) -> Result<()> {
    to_end(&mut cargo_command(arguments)?)
}

/// Runs a program to its end, its output shown.
pub(crate) fn to_end(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    say(&shown);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start: {shown}"))?;
    if !status.success() {
        bail!("failed ({status}): {shown}");
    }
    Ok(())
}

/// Runs a program to its end without showing anything; gives what it wrote, or fails with it.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start: {shown}"))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !output.status.success() {
        bail!("failed ({}): {shown}\n{text}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(text)
}

/// Whether a program is there and succeeds.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
