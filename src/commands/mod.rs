//! One short file for each command.

mod blanks;
mod build;
mod completions;
mod explain;
mod external;
mod fix;
mod init;
mod last_build;
mod lock;
mod new;
mod own_folder;
mod pdf_shelf;
mod print;
mod progress;
mod schema;
mod serve;
mod starter_words;
mod status;
mod timings;
mod words;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;

use crate::cli::{Arguments, Command};
use crate::report::visible;

/// All is well.
pub const FINE: u8 = 0;
/// There are findings at error level (with `--strict`, warnings too).
pub const FINDINGS: u8 = 1;
/// Wrong use, a configuration that cannot be relied on, or a fault of the machine.
pub const FAULT: u8 = 2;
/// Another build is running.
pub const BUSY: u8 = 3;

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    ExitCode::from(match arguments.command {
        None => build::build(&arguments.build),
        Some(Command::Build(arguments)) => build::build(&arguments),
        Some(Command::Check(arguments)) if arguments.fix => fix::fix(&arguments),
        Some(Command::Check(arguments)) => build::check(&arguments),
        Some(Command::Status(arguments)) => status::status(&arguments),
        Some(Command::Serve(arguments)) => serve::serve(&arguments),
        Some(Command::Explain { rule }) => explain::explain(rule.as_deref()),
        Some(Command::Lock(arguments)) => lock::lock(&arguments),
        Some(Command::Print(arguments)) => print::print(&arguments),
        Some(Command::New(arguments)) => new::new(&arguments),
        Some(Command::Init(arguments)) => init::init(&arguments),
        Some(Command::Schema(arguments)) => schema::schema(&arguments),
        Some(Command::Words { language }) => words::words(language.as_deref()),
        Some(Command::Completions { shell }) => completions::completions(shell),
        Some(Command::Man { command }) => completions::man(command.as_deref()),
    })
}

/// The day to work for: the one that is pretended, or else today.
fn today(pretended: Option<Date>) -> Date {
    pretended.unwrap_or_else(|| jiff::Zoned::now().date())
}

/// Writes to standard output.
fn print_out(bytes: &[u8]) -> u8 {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => FINE,
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => FINE,
        Err(error) => fault(format!("cannot write to standard output: {error}")),
    }
}

/// Says what keeps a command from doing its work.
fn fault(message: impl std::fmt::Display) -> u8 {
    anstream::eprintln!("error: {}", visible(&message.to_string()));
    FAULT
}
