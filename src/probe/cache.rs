//! What was found out before, in a file that may be deleted at any time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::site::web::LinkStatus;

/// For how many days an address that answered is not asked again.
const DAYS: i64 = 7;

/// Addresses with what became of asking them, and when.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Cache {
    #[serde(default)]
    links: BTreeMap<String, Known>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Known {
    checked: Date,
    status: LinkStatus,
}

impl Cache {
    /// Reads the file; one that is missing or damaged knows nothing.
    pub fn read(path: &Path) -> Self {
        fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes the file, whole or not at all, without what is too old to be of use.
    pub fn write(&self, path: &Path, today: Date) -> io::Result<()> {
        let fresh = self.links.iter().filter(|(_, known)| is_fresh(known.checked, today));
        let links: BTreeMap<&String, &Known> = fresh.collect();
        let json = serde_json::to_vec_pretty(&serde_json::json!({ "links": links }))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&json)?;
        file.persist(path)?;
        Ok(())
    }

    /// What is known of an address that answered not long ago. One that did not is worth another try.
    pub(super) fn fresh(&self, address: &str, today: Date) -> Option<LinkStatus> {
        let known = self.links.get(address).filter(|known| is_fresh(known.checked, today))?;
        matches!(known.status, LinkStatus::Alive | LinkStatus::Moved { .. }).then(|| known.status.clone())
    }

    /// Remembers what became of an address; that nothing could be found out is not worth it.
    pub(super) fn put(&mut self, address: &str, today: Date, status: &LinkStatus) {
        if !matches!(status, LinkStatus::NotChecked { .. }) {
            self.links.insert(address.to_owned(), Known { checked: today, status: status.clone() });
        }
    }
}

/// Neither too old nor of a day that has not come.
fn is_fresh(checked: Date, today: Date) -> bool {
    checked <= today && checked.checked_add(DAYS.days()).is_ok_and(|last| today <= last)
}
