//! The list of psychoed's own files in an output.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

/// What psychoed published.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// The psychoed that wrote it, for people who wonder what the file is.
    tool: String,
    /// Set while files are being replaced one by one: a build that finds it knows that the last one was cut off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfinished: bool,
    /// Every own file by path, with the [`hash`] of its bytes.
    pub files: BTreeMap<String, String>,
    /// What they are to become, while they are being replaced: each is either as it was or as it is to be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    coming: BTreeMap<String, String>,
}

impl Manifest {
    /// Its name in the output.
    pub const NAME: &'static str = ".psychoed-manifest.json";

    /// The manifest of an output; an empty one when there is none that can be read. It may have come with a project from somewhere
    /// else, so names that lead out of the output are as good as none.
    pub fn read(output: &Path) -> Self {
        let bytes = std::fs::read(output.join(Self::NAME)).ok();
        let mut manifest: Self = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        for files in [&mut manifest.files, &mut manifest.coming] {
            files.retain(|name, _| Path::new(name).components().all(|part| matches!(part, Component::Normal(_))));
        }
        manifest
    }

    /// The manifest of files about to be published, with their hashes.
    pub fn of(files: BTreeMap<String, String>) -> Self {
        Self { tool: tool(), unfinished: false, files, coming: BTreeMap::new() }
    }

    /// The manifest while own files, such as they are, are being replaced by those of this one.
    pub fn unfinished(&self, files: BTreeMap<String, String>) -> Self {
        Self { tool: tool(), unfinished: true, files, coming: self.files.clone() }
    }

    /// Whether a file of this name is psychoed's own, whatever is in it.
    pub fn lists(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.coming.contains_key(name)
    }

    /// Whether there are files in a folder of this name.
    pub fn has_folder(&self, name: &str) -> bool {
        let start = format!("{name}/");
        self.files.range(start.clone()..).next().is_some_and(|(file, _)| file.starts_with(&start))
    }

    /// Whether psychoed gave a file these bytes, of which `hash` is the [`hash`].
    pub fn wrote(&self, name: &str, bytes: &[u8], hash: &str) -> bool {
        let mut noted = [&self.files, &self.coming].into_iter().filter_map(|files| files.get(name));
        noted.any(|noted| noted == hash || noted.len() == SHA_256 && *noted == sha_256(bytes))
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

/// How long the hashes are that earlier manifests held.
const SHA_256: usize = 64;

fn sha_256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
