//! In which pieces the system hands out memory.
//!
//! Linux has pieces of 4 kB and, for programs that ask for them as our allocator does, of 2 MB. The large ones are found faster, but
//! emptied as a whole: on a small site most of each is never used. With them a site of one page took 13 MB more.

/// From so many files on the large pieces are filled, and the faster: where a build took as long either way.
const MANY_FILES: usize = 1_500;

/// Asks for small pieces. Nothing depends on whether that works.
pub fn in_small_pieces() {
    allow_large_pieces(false);
}

/// Allows large pieces again.
pub fn in_large_pieces() {
    allow_large_pieces(true);
}

/// Allows large pieces again if they pay: where there is much to read, or something to print.
pub fn in_pieces_for(files: usize, printing: bool) {
    if files >= MANY_FILES || printing {
        in_large_pieces();
    }
}

#[cfg(target_os = "linux")]
fn allow_large_pieces(allowed: bool) {
    let _ = rustix::thread::disable_transparent_huge_pages(!allowed);
}

/// Only Linux is asked.
#[cfg(not(target_os = "linux"))]
fn allow_large_pieces(_allowed: bool) {}
