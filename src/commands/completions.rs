//! `psychoed completions SHELL` and `psychoed man`: both are made from the arguments themselves, so they never lag behind.

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{fault, print_out};
use crate::cli::Arguments;
use crate::diagnostic::nearest;

/// Prints a script that a shell completes psychoed's arguments with.
pub fn completions(shell: Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "psychoed", &mut script);
    print_out(&script)
}

/// Prints the manual page of psychoed or of one of its commands.
pub fn man(command: Option<&str>) -> u8 {
    let mut whole = Arguments::command().disable_help_subcommand(true);
    whole.build();
    let of = match command {
        None => &whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command,
            None => return fault(unknown(&whole, name)),
        },
    };
    let mut page = Vec::new();
    match Man::new(of.clone()).manual("psychoed").render(&mut page) {
        Ok(()) => print_out(&page),
        Err(error) => fault(format!("cannot write the manual page: {error}")),
    }
}

fn unknown(whole: &clap::Command, name: &str) -> String {
    let names: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("there is no command “{name}”; did you mean “{near}”?"),
        None => format!("there is no command “{name}”; the commands are: {}", names.join(", ")),
    }
}
