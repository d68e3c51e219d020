//! See the page beside this file.

use crate::site::web::LinkStatus;

pub(super) fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::NotChecked { why } => Some((
            format!("whether “{address}” still works could not be found out: {why}"),
            "Open it in a browser from time to time. If it works, you can put it under `trusted` in `[external-links]` of site-config.toml."
                .to_owned(),
        )),
        _ => None,
    }
}
