//! See the page beside this file.

use crate::site::web::LinkStatus;

pub(super) fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::AnchorMissing => Some((
            format!("“{address}” names a place that is not on the page"),
            "Open the page, look for the part you mean, and copy its address; or take away what follows the `#`. If a \
             browser jumps there all the same, a script makes the place: then waive this."
                .to_owned(),
        )),
        _ => None,
    }
}
