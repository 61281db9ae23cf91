//! Receivers and senders as processes of their own: the benchmark's own program, started again.

use super::measure::Figures;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A child that does not outlive the measurement, however that ends.
pub struct Process(Child);

impl Process {
    /// Starts it, its standard output read by us.
    pub fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::piped()).spawn().expect("a program that starts"))
    }

    /// The first line that it prints.
    pub fn first_line(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.0.stdout.take().expect("a piped output");
        BufReader::new(stdout).read_line(&mut line).expect("a line of the child");
        line.trim().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// This program with other arguments.
pub fn myself(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the bench's own path"));
    command.args(arguments);
    command
}

/// A receiver of its own for one run, and the port on which it listens.
pub fn receiver() -> (Process, u16) {
    let mut receiver = Process::start(&mut myself(&["receiver"]));
    let port = receiver.first_line().parse().expect("a port");
    (receiver, port)
}

/// One run of a sender against a receiver of its own; `None` where it has no database.
pub fn figures_of(sender: &str, recipients: usize) -> Option<Figures> {
    let (_receiver, port) = receiver();
    let arguments = ["sender", sender, &port.to_string(), &recipients.to_string()];
    let line = Process::start(&mut myself(&arguments)).first_line();
    (!line.is_empty()).then(|| Figures::read(&line).unwrap_or_else(|| panic!("{sender} said {line:?}")))
}
