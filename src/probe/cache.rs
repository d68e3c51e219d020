//! What was found out before.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::site::web::LinkStatus;

/// For how many days an address that answered is not asked again.
const DAYS: i64 = 7;

/// Addresses with what became of asking them, and when.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cache {
    links: BTreeMap<String, Known>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Known {
    checked: Date,
    status: LinkStatus,
}

impl Cache {
    /// Reads what [`Cache::to_bytes`] wrote; `None` when it is damaged, or something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Everything to remember, without what is too old to be of use.
    pub fn to_bytes(&self, today: Date) -> Vec<u8> {
        let fresh = self.links.iter().filter(|(_, known)| is_fresh(known.checked, today));
        let links: BTreeMap<&String, &Known> = fresh.collect();
        format!("{:#}", serde_json::json!({ "links": links })).into_bytes()
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
