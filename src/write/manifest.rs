//! The list of psychoed's own files in an output.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

/// What psychoed published.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `psychoed …`: tells whose folder it is.
    tool: String,
    /// Set while files are being replaced one by one: a build that finds it knows that the last one was cut off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfinished: bool,
    /// Every own file by path, with the [`hash`] of its bytes.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Its name in the output.
    pub const NAME: &'static str = ".psychoed-manifest.json";

    /// The manifest of an output; an empty one when there is none that can be read.
    pub fn read(output: &Path) -> Self {
        std::fs::read(output.join(Self::NAME))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The manifest of files about to be published, with their hashes.
    pub fn of(files: BTreeMap<String, String>) -> Self {
        Self { tool: tool(), unfinished: false, files }
    }

    /// This one and another together, as it stands while files are being replaced.
    pub fn unfinished_with(&self, other: &Manifest) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.clone());
        Self { tool: tool(), unfinished: true, files }
    }

    /// Whether two manifests list the same bytes under the same paths.
    pub fn same_files(&self, other: &Manifest) -> bool {
        self.files == other.files && !self.unfinished
    }

    /// The manifest as written to disk.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

fn tool() -> String {
    concat!("psychoed ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// XXH3 with 128 bits, in hexadecimal. It tells whether somebody changed a file, not whether somebody meant harm: who can write
/// here can write the manifest, too. It costs a tenth of what SHA-256 costs where the processor helps, and a fiftieth elsewhere.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The hash of bytes of the sort that a manifest noted: earlier ones held SHA-256.
pub fn hash_like(noted: &str, bytes: &[u8]) -> String {
    if noted.len() == 64 {
        return Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    }
    hash(bytes)
}
