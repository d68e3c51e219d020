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

/// A printed sheet in the form in which it is kept: a hash of the rest, how long the name of the section is that did not fit, plus
/// one, that name, and the PDF.
pub(super) fn packed(sheet: &Sheet) -> Vec<u8> {
    let section = sheet.overflowing.as_deref();
    let length = section.map_or(0, |section| section.len() as u64 + 1);
    let mut rest = length.to_le_bytes().to_vec();
    rest.extend_from_slice(section.unwrap_or_default().as_bytes());
    rest.extend_from_slice(&sheet.pdf);
    let mut bytes = Sha256::digest(&rest).to_vec();
    bytes.append(&mut rest);
    bytes
}

/// The sheet in what was kept; `None` if that is damaged.
pub(super) fn unpacked(bytes: &Bytes) -> Option<Sheet> {
    let (hash, rest) = bytes.split_at_checked(HASH)?;
    if *Sha256::digest(rest) != *hash {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_unless_it_is_damaged() {
        for overflowing in [None, Some(String::new()), Some("Watch for".to_owned())] {
            let sheet = Sheet { pdf: b"%PDF".as_slice().into(), overflowing };
            let bytes = packed(&sheet);
            let unpacked = |bytes: &[u8]| unpacked(&Bytes::copy_from_slice(bytes));
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
