//! In which pieces the system hands out memory.
//!
//! Linux has pieces of 4 kB and, for programs that ask for them as our allocator does, of 2 MB. The large ones are found faster, but
//! emptied as a whole: on a small site most of each is never used. With them a site of one page took 13 MB more.

/// From so many files on the large pieces are filled, and the faster: where a build took as long either way.
#[cfg(target_os = "linux")]
const MANY_FILES: usize = 1_500;

/// Asks for small pieces. Nothing depends on whether that works.
#[cfg(target_os = "linux")]
pub fn in_small_pieces() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Allows large pieces again if they pay: where there is much to read, or something to print.
#[cfg(target_os = "linux")]
pub fn in_pieces_for(files: usize, printing: bool) {
    if files >= MANY_FILES || printing {
        let _ = rustix::thread::disable_transparent_huge_pages(false);
    }
}

/// Only Linux is asked.
#[cfg(not(target_os = "linux"))]
pub fn in_small_pieces() {}

/// Only Linux is asked.
#[cfg(not(target_os = "linux"))]
pub fn in_pieces_for(_files: usize, _printing: bool) {}
