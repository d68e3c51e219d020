//! See the page beside this file.

use crate::site::web::LinkStatus;

pub(super) fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::Dead { why } => Some((
            format!("“{address}” leads nowhere: {why}"),
            "Look for where the page is now, write its new address, or take the link out.".to_owned(),
        )),
        _ => None,
    }
}
