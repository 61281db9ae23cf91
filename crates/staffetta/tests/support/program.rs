//! The built program, run to its end or left running.

use super::{STUCK_MS, pause};
use serde_json::Value;
use staffetta_io::{Clock, SystemClock};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// The program with nothing of the surrounding environment.
pub fn staffetta() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_staffetta"));
    command.env_clear();
    command
}

/// What a program that ended said.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    /// It did what it was asked.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// It refused, with this exit code, and said why: in words, and not by breaking.
    #[track_caller]
    pub fn refused(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        assert!(!self.stderr.trim().is_empty(), "nothing was said: {self:?}");
        self
    }

    /// It said this to the person.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words) || self.stdout.contains(words), "“{words}” is not in {self:?}");
        self
    }

    /// The one JSON object that it printed.
    #[track_caller]
    pub fn json(&self) -> Value {
        let lines = self.json_lines();
        assert_eq!(lines.len(), 1, "one object was expected: {self:?}");
        lines[0].clone()
    }

    /// The JSON objects that it printed, one a line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        self.stdout.lines().map(read).collect()
    }
}

/// A running program. It does not outlive its test.
pub struct Program {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

impl Program {
    /// Starts it, with this on its standard input.
    pub fn start(command: &mut Command, input: &str) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdout, stderr) = (Arc::default(), Arc::default());
        let readers = vec![
            read_into(child.stdout.take().unwrap(), &stdout),
            read_into(child.stderr.take().unwrap(), &stderr),
        ];
        // A program that does not read what it is given may end before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Self { child, stdout, stderr, readers }
    }

    /// What it printed as its result so far.
    pub fn stdout(&self) -> String {
        self.stdout.lock().unwrap().clone()
    }

    /// What it told so far.
    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop as a service manager does; gives what it said.
    #[track_caller]
    pub fn terminate(self) -> Answer {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
        self.finish()
    }

    /// Waits for its end.
    #[track_caller]
    pub fn finish(mut self) -> Answer {
        let until = SystemClock.monotonic_ms() + STUCK_MS;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                SystemClock.monotonic_ms() < until,
                "it does not end:\n{}{}",
                self.stdout(),
                self.stderr()
            );
            pause();
        };
        self.answer(status)
    }

    fn answer(&mut self, status: ExitStatus) -> Answer {
        for reader in self.readers.drain(..) {
            reader.join().unwrap();
        }
        Answer { code: status.code(), stdout: self.stdout(), stderr: self.stderr() }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_into(from: impl Read + Send + 'static, text: &Arc<Mutex<String>>) -> JoinHandle<()> {
    let text = Arc::clone(text);
    std::thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).unwrap_or(0) > 0 {
            text.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    })
}
