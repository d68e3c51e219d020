//! Files that psychoed's own pages need. They are parts of psychoed itself.

use super::address;

/// A file with its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// For the header `Content-Type`.
    pub media_type: &'static str,
    /// What is in it.
    pub text: &'static str,
}

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Each file by its address.
const ASSETS: &[(&str, Asset)] = &[
    (address::BAR_STYLE, Asset { media_type: CSS, text: include_str!("assets/bar.css") }),
    (address::BAR_SCRIPT, Asset { media_type: JAVASCRIPT, text: include_str!("assets/bar.js") }),
    (address::PAGES_STYLE, Asset { media_type: CSS, text: include_str!("assets/pages.css") }),
    (address::ICON, Asset { media_type: "image/svg+xml", text: include_str!("../../themes/default/assets/icon.svg") }),
    (address::INDEX_SCRIPT, Asset { media_type: JAVASCRIPT, text: include_str!("assets/index.js") }),
];

/// The file at an address such as `/_psychoed/bar.css`.
pub fn asset(address: &str) -> Option<Asset> {
    ASSETS.iter().find(|(known, _)| *known == address).map(|(_, asset)| *asset)
}
