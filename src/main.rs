//! The `psychoed` command.

fn main() -> std::process::ExitCode {
    psychoed::commands::run()
}
