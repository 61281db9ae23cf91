//! What every command says of itself: names and flags that scripts use do not change unnoticed.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::fmt::Write;
use std::process::Command;

const COMMANDS: [&[&str]; 55] = [
    &[],
    &["init"],
    &["demo"],
    &["serve"],
    &["work"],
    &["simulate"],
    &["organization"],
    &["organization", "show"],
    &["organization", "set"],
    &["organization", "resume"],
    &["backup"],
    &["restore"],
    &["node", "list"],
    &["service"],
    &["service", "add"],
    &["service", "list"],
    &["service", "set"],
    &["operator"],
    &["operator", "add"],
    &["operator", "set"],
    &["operator", "list"],
    &["flow"],
    &["flow", "create"],
    &["flow", "forecast"],
    &["flow", "activate"],
    &["flow", "approve"],
    &["flow", "deactivate"],
    &["flow", "send"],
    &["flow", "pause"],
    &["flow", "resume"],
    &["flow", "cancel"],
    &["flow", "unplan"],
    &["flow", "decide"],
    &["flow", "resend"],
    &["flow", "errata"],
    &["flow", "verify"],
    &["flow", "delete"],
    &["flow", "show"],
    &["flow", "list"],
    &["flow", "export"],
    &["model"],
    &["model", "list"],
    &["model", "show"],
    &["model", "example"],
    &["model", "save"],
    &["notification"],
    &["notification", "send"],
    &["notification", "decide"],
    &["notification", "correct"],
    &["notification", "verify"],
    &["notification", "list"],
    &["notification", "export"],
    &["help"],
    &["help", "flow"],
    &["help", "notification"],
];

#[test]
fn every_command_tells_its_flags() {
    let mut told = String::new();
    for command in COMMANDS {
        let mut program = Command::new(env!("CARGO_BIN_EXE_staffetta"));
        program.args(command).env_clear().env("COLUMNS", "100");
        if command.first() != Some(&"help") {
            program.arg("--help");
        }
        let output = program.output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        writeln!(told, "==== staffetta {}\n{}\n", command.join(" "), lines.join("\n")).unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn wrong_usage_is_told_by_exit_code_2() {
    for wrong in [&["flow", "create"][..], &["fly"], &["organization", "set", "--quota", "many"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_staffetta")).args(wrong).env_clear().output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}
