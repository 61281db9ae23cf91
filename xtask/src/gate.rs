//! `cargo xtask test`: everything that must hold before a change is taken.
//!
//! Quick checks come first, the browser last. The summary of the tests' runner closes the output, once more.

use crate::{assets, e2e, postgres, root, run, tidy};
use anyhow::{Context as _, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// Where the tests find PostgreSQL.
const POSTGRES_VARIABLE: &str = "STAFFETTA_TEST_POSTGRES";

/// Runs the whole gate and stops at the first failure.
pub(crate) fn pass() -> Result<()> {
    run::cargo(&["fmt", "--all", "--check"]).context("run `cargo fmt --all`")?;
    tidy::check(&root::find()?)?;
    assets::build()?;
    run::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;

    // The server stops when this value is dropped, and also when this process is killed.
    let server = database()?;
    let url = server.as_ref().map(postgres::Server::url);
    run::to_end(&mut with_database(
        run::cargo_command(&["test", "--workspace", "--doc", "--quiet"])?,
        url.as_deref(),
    ))?;
    let summary = if run::succeeds(&mut run::cargo_command(&["nextest", "--version"])?) {
        let tests = run::cargo_command(&["nextest", "run", "--workspace", "--no-fail-fast"])?;
        nextest(with_database(tests, url.as_deref()))?
    } else {
        let tests = run::cargo_command(&["test", "--workspace", "--all-targets", "--no-fail-fast"])?;
        add_up(with_database(tests, url.as_deref()))?
    };
    browser()?;
    run::print(&summary);
    Ok(())
}

/// The browser tests, where the machine has what they need or lets us install it.
fn browser() -> Result<()> {
    match e2e::prepare() {
        Ok(_) => e2e::test(&[]),
        Err(error) if run::on_ci() => Err(error),
        Err(error) => {
            run::say(&format!("{error:#}"));
            run::say("going on: what needs a browser is NOT tested in this run");
            Ok(())
        }
    }
}

/// A server of our own, unless the environment names one.
pub(crate) fn database() -> Result<Option<postgres::Server>> {
    if run::variable(POSTGRES_VARIABLE).is_some() {
        run::say(&format!("PostgreSQL: the one that {POSTGRES_VARIABLE} names"));
        return Ok(None);
    }
    match postgres::Server::start() {
        Ok(server) => Ok(Some(server)),
        Err(error) if run::on_ci() => Err(error),
        Err(error) => {
            run::say(&format!("{error:#}"));
            run::say("going on: what needs PostgreSQL is NOT tested in this run");
            Ok(None)
        }
    }
}

/// With the server's address in the environment.
pub(crate) fn with_database(mut command: Command, url: Option<&str>) -> Command {
    if let Some(url) = url {
        command.env(POSTGRES_VARIABLE, url);
    }
    command
}

/// Runs `cargo nextest`, whose own summary is on standard error; gives that line.
fn nextest(mut command: Command) -> Result<String> {
    let mut child =
        command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().context("cannot start cargo nextest")?;
    let mut summary = String::new();
    if let Some(output) = child.stderr.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            run::tell(&line);
            if line.trim_start().starts_with("Summary") {
                summary = line;
            }
        }
    }
    ended(child).map(|()| summary)
}

/// Runs `cargo test`, which closes each test program with a line of its own; gives their sum.
fn add_up(mut command: Command) -> Result<String> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let mut sums = [0_u64; 3];
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            run::print(&line);
            count(&line, &mut sums);
        }
    }
    let [passed, failed, ignored] = sums;
    let summary = format!("Summary: {passed} passed, {failed} failed, {ignored} ignored");
    run::print(&summary);
    ended(child).map(|()| summary)
}

fn ended(mut child: Child) -> Result<()> {
    let status = child.wait()?;
    if !status.success() {
        bail!("tests failed ({status})");
    }
    Ok(())
}

/// Adds what one closing line of a test program says to passed, failed and ignored.
fn count(line: &str, sums: &mut [u64; 3]) {
    let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
        return;
    };
    for part in counts.split("; ") {
        let Some((number, what)) = part.trim().split_once(' ') else { continue };
        let place = ["passed", "failed", "ignored"].iter().position(|known| *known == what);
        if let (Some(place), Ok(number)) = (place, number.parse::<u64>()) {
            sums[place] += number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn closing_lines_are_added_up() {
        let mut sums = [0; 3];
        count(
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.52s",
            &mut sums,
        );
        count("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", &mut sums);
        count("test amounts::read_back ... ok", &mut sums);
        assert_eq!(sums, [13, 2, 3]);
    }
}
