//! The `psychoed` command.

use libmimalloc_sys::{mi_option_set, mi_option_t};

/// A build makes and drops millions of small pieces on several threads; this allocator takes a third less of the processor's time for
/// it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc 2: after how many milliseconds freed memory goes back to the system, -1 for never.
const PURGE_DELAY: mi_option_t = 15;

fn main() -> std::process::ExitCode {
    if std::env::args_os().nth(1).is_none_or(|command| command != "serve") {
        keep_memory();
    }
    psychoed::commands::run()
}

/// What runs for a second needs again at once what it frees; to have it back from the system, emptied, takes a sixth of a build. Only
/// a preview, which runs all day, gives memory back.
fn keep_memory() {
    // SAFETY: sets a number that the allocator reads when it next frees memory; it may be set at any time, and before there are threads.
    unsafe { mi_option_set(PURGE_DELAY, -1) }
}
