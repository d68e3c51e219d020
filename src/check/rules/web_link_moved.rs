//! See the page beside this file.

use crate::site::web::LinkStatus;

pub(super) fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::Moved { to } => Some((
            format!("“{address}” has moved for good"),
            format!("Look whether the new page says the same, then write `{to}`."),
        )),
        _ => None,
    }
}
