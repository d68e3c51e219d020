//! Addresses of the web that a site sends its readers to, and what is known of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{LinkTarget, Site};
use crate::content::reference::Work;

/// What is known of addresses, each as it is written.
pub type WebLinks = BTreeMap<String, LinkStatus>;

/// What became of asking an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkStatus {
    /// It answers.
    Alive,
    /// It has moved for good.
    Moved {
        /// Where to.
        to: String,
    },
    /// It leads nowhere.
    Dead {
        /// What was found, such as `it answers “404 Not Found”`.
        why: String,
    },
    /// The page is there; the place on it, which its anchor names, is not.
    AnchorMissing,
    /// It is, or leads on to, an address of this computer or of a private network, which readers cannot reach.
    Private {
        /// The host in question.
        host: String,
    },
    /// Whether it lives could not be found out.
    NotChecked {
        /// Why not.
        why: String,
    },
}

/// Every address of the web that pages or works name.
pub fn addresses(site: &Site) -> BTreeSet<String> {
    let pages = site.pages.iter().filter(|page| page.is_to_appear()).flat_map(|page| page.targets.iter());
    let linked = pages.filter_map(|target| match target {
        LinkTarget::Web(address) if is_of_web(address) => Some(address.clone()),
        _ => None,
    });
    linked.chain(site.bibliography.works.values().filter_map(of_work)).collect()
}

/// Where a work is on the web, by its DOI or else by its address.
pub fn of_work(work: &Work) -> Option<String> {
    let doi = work.text("DOI").filter(|doi| doi.starts_with("10."));
    doi.map(|doi| format!("https://doi.org/{doi}"))
        .or_else(|| work.text("URL").filter(|url| is_of_web(url)).map(Into::into))
}

fn is_of_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
