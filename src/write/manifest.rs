//! The list of psychoed's own files in an output.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What psychoed published.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `psychoed …`: tells whose folder it is.
    tool: String,
    /// Set while files are being replaced one by one: a build that finds it knows that the last one was cut off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfinished: bool,
    /// Every own file by path, with the SHA-256 of its bytes in hexadecimal.
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

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
