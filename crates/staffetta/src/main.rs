//! The command line of Staffetta: arguments, configuration, wiring.
//!
//! Everything that is done stands in the crates below; here is how it is asked for and what is said of it.
//! Errors that a person meets are a [`failure::Failure`], which has its Italian words and its exit code.

mod arguments;
mod commands;
mod engine_run;
mod failure;
mod follow;
mod input;
mod json;
mod logs;
mod output;
mod pages;
mod presence;
mod private_file;
mod progress;
mod report;
mod session;
mod settings;
mod signals;
mod sweep;
mod table;
mod tls;
mod written_file;

use arguments::Arguments;
use clap::Parser;
use failure::Failure;
use settings::Settings;
use std::process::ExitCode;

fn main() -> ExitCode {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !staffetta_desk::panic_becomes_error() {
            usual(panic);
        }
    }));
    // Wrong usage ends here, with exit code 2.
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::gather(&arguments.global)?;
    logs::start(&settings, arguments.command.is_long_running())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::system("cli-no-runtime", &error))?;
    runtime.block_on(arguments.command.run(settings))
}
