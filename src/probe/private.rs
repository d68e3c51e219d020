//! Which computers are nobody's business: this one, and those of the network it is in.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks up hosts and turns away those that are private. What it lets through is what is connected to, so that a name cannot
/// mean something else a moment later.
#[derive(Debug)]
pub(super) struct PublicOnly {
    /// Hosts that are let through all the same, in lower case.
    pub allowed: Vec<String>,
    pub resolver: DefaultResolver,
}

/// Why a host is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is private.
    Private,
    /// Nobody knows its name.
    Unknown,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Private => "a private address",
            Refused::Unknown => "an unknown host",
        })
    }
}

impl std::error::Error for Refused {}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let refused = |why| ureq::Error::Io(io::Error::other(why));
        let found = self.resolver.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(error) if is_temporary(&error) => ureq::Error::Io(error),
            ureq::Error::Io(_) | ureq::Error::HostNotFound => refused(Refused::Unknown),
            error => error,
        })?;
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let with_port = uri.port_u16().map(|port| format!("{host}:{port}"));
        let allowed = |name: &String| *name == host || Some(name) == with_port.as_ref();
        if !self.allowed.iter().any(allowed) && found.iter().any(|address| is_private(address.ip())) {
            return Err(refused(Refused::Private));
        }
        Ok(found)
    }
}

/// Whether the names of hosts cannot be looked up at all just now.
fn is_temporary(error: &io::Error) -> bool {
    error.to_string().contains("emporary failure")
}

/// Whether an address is of no use to readers elsewhere: of this computer, of a private network, or of no computer at all. See
/// the IANA registries of special-purpose addresses.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        // “This network”, shared by providers, for protocols, for benchmarks, reserved with broadcast.
        || matches!((first, second, third), (0, _, _) | (100, 64..=127, _) | (192, 0, 0) | (198, 18..=19, _) | (240..=255, _, _))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    // Addresses of version 4 in the clothes of version 6: mapped, compatible, translated, 6to4.
    let segments = address.segments();
    let in_v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => in_v4(high, low),
        [0x2002, high, low, ..] => in_v4(high, low),
        // Discard, local translation, Teredo and other protocols, documentation.
        [0x100, 0, 0, 0, ..] | [0x64, 0xFF9B, 1, ..] | [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => {
            true
        }
        _ => address.is_multicast() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn addresses_of_this_computer_and_private_networks_are_told_from_public_ones() {
        for private in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.5",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "172.32.0.1",
            "172.15.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "169.253.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }
}
