//! See the page beside this file.

use crate::site::web::LinkStatus;

pub(super) fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::Private { host } => Some((
            format!("“{address}” leads to “{host}”, which is on this computer or a private network"),
            format!(
                "Readers elsewhere cannot open it. If they are all in that network, write `private-hosts = [\"{host}\"]` under `[external-links]` in site-config.toml."
            ),
        )),
        _ => None,
    }
}
