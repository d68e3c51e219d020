//! The `psychoed` command.

/// A build makes and drops millions of small pieces on several threads; this allocator takes a fifth less of the processor's time for
/// it than Linux's own, for nearly as little memory. It does not build with Microsoft's tools.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    psychoed::commands::run()
}
