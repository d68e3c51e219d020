//! The `psychoed` command.

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_option_set, mi_option_t, mi_realloc, mi_realloc_aligned, mi_zalloc,
    mi_zalloc_aligned,
};

/// A build makes and drops millions of small pieces on several threads; this allocator takes a third less of the processor's time for
/// it than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// mimalloc, which finds a piece in half the time when it is not told how to align it.
struct MiMalloc;

impl MiMalloc {
    /// `MI_MAX_ALIGN_SIZE` of mimalloc 2 on 64 bits: a piece is aligned to the power of two that is not above its size, up to this.
    const ALIGNED: usize = 2 * size_of::<usize>();

    fn is_aligned_anyway(size: usize, align: usize) -> bool {
        align <= Self::ALIGNED && align <= size
    }
}

// SAFETY: mimalloc keeps to the contract of `malloc`, `calloc`, `realloc` and `free`; each piece is as aligned as is asked for, and what
// was asked for in one way may be freed or resized in the other.
unsafe impl GlobalAlloc for MiMalloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let aligned = Self::is_aligned_anyway(size, align);
        unsafe { if aligned { mi_malloc(size) } else { mi_malloc_aligned(size, align) } }.cast()
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let aligned = Self::is_aligned_anyway(size, align);
        unsafe { if aligned { mi_zalloc(size) } else { mi_zalloc_aligned(size, align) } }.cast()
    }

    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let aligned = Self::is_aligned_anyway(size, layout.align());
        unsafe {
            if aligned {
                mi_realloc(piece.cast(), size)
            } else {
                mi_realloc_aligned(piece.cast(), size, layout.align())
            }
        }
        .cast()
    }

    unsafe fn dealloc(&self, piece: *mut u8, _: Layout) {
        unsafe { mi_free(piece.cast()) }
    }
}

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
