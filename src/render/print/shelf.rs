//! Where PDFs are kept from one build to the next, and in what form.

use std::fmt;

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::Sheet;

/// Keeps what was printed; given by whoever may touch a disk. Losing anything costs only time.
pub trait Shelf: Send + Sync + fmt::Debug {
    /// What was put there under a name.
    fn take(&self, name: &str) -> Option<Vec<u8>>;
    /// Puts something there.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// The length of a hash.
const HASH: usize = 32;
/// The length of everything before the overflowing section.
const HEAD: usize = HASH + 8;

/// A printed sheet in the form in which it is kept: a hash of its name and the rest, how long the name of the section is that did
/// not fit, plus one, that name, and the PDF.
pub(super) fn packed(name: &str, sheet: &Sheet) -> Vec<u8> {
    let section = sheet.overflowing.as_deref();
    let length = section.map_or(0, |section| section.len() as u64 + 1);
    let mut rest = length.to_le_bytes().to_vec();
    rest.extend_from_slice(section.unwrap_or_default().as_bytes());
    rest.extend_from_slice(&sheet.pdf);
    let mut bytes = hash(name, &rest).to_vec();
    bytes.append(&mut rest);
    bytes
}

/// The sheet in what was kept under a name; `None` if that is damaged, or was kept under another.
pub(super) fn unpacked(name: &str, bytes: &Bytes) -> Option<Sheet> {
    let (noted, rest) = bytes.split_at_checked(HASH)?;
    if hash(name, rest) != *noted {
        return None;
    }
    let length = u64::from_le_bytes(bytes.get(HASH..HEAD)?.try_into().ok()?);
    let rest = bytes.get(HEAD..)?;
    let (section, pdf) = match length.checked_sub(1) {
        Some(length) => rest.split_at_checked(usize::try_from(length).ok()?)?,
        None => (&[][..], rest),
    };
    let overflowing = (length > 0).then(|| String::from_utf8(section.to_vec())).transpose().ok()?;
    Some(Sheet { pdf: bytes.slice_ref(pdf), overflowing })
}

fn hash(name: &str, rest: &[u8]) -> [u8; HASH] {
    let mut hash = Sha256::new();
    hash.update((name.len() as u64).to_le_bytes());
    hash.update(name);
    hash.update(rest);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_unless_it_is_damaged_or_another_sheet() {
        for overflowing in [None, Some(String::new()), Some("Watch for".to_owned())] {
            let sheet = Sheet { pdf: b"%PDF".as_slice().into(), overflowing };
            let bytes = packed("a", &sheet);
            assert_eq!(unpacked("b", &Bytes::copy_from_slice(&bytes)), None, "another sheet's");
            let unpacked = |bytes: &[u8]| unpacked("a", &Bytes::copy_from_slice(bytes));
            assert_eq!(unpacked(&bytes), Some(sheet));
            for at in 0..bytes.len() {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1;
                assert_eq!(unpacked(&damaged), None, "byte {at}");
                assert_eq!(unpacked(&bytes[..at]), None, "cut at {at}");
            }
        }
    }
}
