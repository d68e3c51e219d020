//! Who may ask, and for what.
//!
//! A request must name this server exactly (an address that leads here under another name is the DNS rebinding attack), and must not
//! come from another site's page, unless somebody followed a link there. Lists of what to refuse have failed in every server of
//! this kind, so here is a list of what to allow.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::http::request::Parts;
use hyper::http::uri::Scheme;
use hyper::{Method, StatusCode};
use sha2::{Digest, Sha256};

use super::connection::Ends;
use super::{Request, address};

/// The longest target of a request, in bytes.
const LONGEST_TARGET: usize = 8 * 1024;
/// The most that a request's fields may hold together, in bytes.
const MOST_HEADERS: usize = 32 * 1024;
/// The most fields of a request.
const MOST_FIELDS: usize = 64;

/// Why a request gets no answer from the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) why: &'static str,
}

const fn refusal(status: StatusCode, why: &'static str) -> Refusal {
    Refusal { status, why }
}

const MALFORMED_HOST: Refusal = refusal(StatusCode::BAD_REQUEST, "This request's Host is malformed.");
const FOREIGN_HOST: Refusal =
    refusal(StatusCode::FORBIDDEN, "This preview answers only at the address that psychoed showed when it started.");
const FOREIGN_SITE: Refusal = refusal(StatusCode::FORBIDDEN, "This preview does not answer to other sites' pages.");
const NO_TOKEN: Refusal = refusal(
    StatusCode::FORBIDDEN,
    "This address is for the preview's own pages. If psychoed was restarted, load the page again.",
);
const METHOD: Refusal = refusal(StatusCode::METHOD_NOT_ALLOWED, "This preview only shows pages: use GET or HEAD.");
const TARGET_TOO_LONG: Refusal = refusal(StatusCode::URI_TOO_LONG, "This address is too long.");
const HEADERS_TOO_LARGE: Refusal =
    refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "This request's header is too large.");
const MALFORMED_TARGET: Refusal = refusal(StatusCode::BAD_REQUEST, "No page can have this address.");

/// Checks a request.
pub(super) fn admit(request: &Parts, hosts: &Hosts, ends: Ends, token: &Token) -> Result<Request, Refusal> {
    let target = request.uri.path_and_query().map_or("", |target| target.as_str());
    if target.len() > LONGEST_TARGET {
        return Err(TARGET_TOO_LONG);
    }
    let size: usize = request.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if size > MOST_HEADERS || request.headers.len() > MOST_FIELDS {
        return Err(HEADERS_TOO_LARGE);
    }
    let host = hosts.admit(request, ends.reached)?;
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(METHOD);
    }
    let from = Provenance::of(&request.headers, &host)?;
    let path = address::decode(request.uri.path()).ok_or(MALFORMED_TARGET)?;
    let query = request.uri.query().map(str::to_owned);
    let from_here = from == Provenance::Here && parameter(query.as_deref(), "token").is_some_and(|sent| token.is(sent));
    let on_this_computer = ends.client.ip().to_canonical().is_loopback() || ends.client.ip() == ends.reached.ip();
    Ok(Request { path, query, from_here, on_this_computer })
}

/// Holds a request to the token.
pub(super) fn insist(request: &Request) -> Result<(), Refusal> {
    if request.from_here { Ok(()) } else { Err(NO_TOKEN) }
}

/// A parameter of a query; the first, if there are more of that name.
pub(super) fn parameter<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let (_, value) = query?.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
    Some(value)
}

/// Where a request came from, as far as a browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Provenance {
    /// A page of this server.
    Here,
    /// A person, who typed the address or followed a link; or a program that is no browser.
    Person,
}

impl Provenance {
    fn of(headers: &HeaderMap, host: &Host) -> Result<Provenance, Refusal> {
        let origin = single(headers, &ORIGIN, FOREIGN_SITE)?;
        if origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(&host.origin())) {
            return Err(FOREIGN_SITE);
        }
        let field = |name| single(headers, &HeaderName::from_static(name), FOREIGN_SITE);
        match field("sec-fetch-site")? {
            Some("same-origin") => Ok(Provenance::Here),
            // The address bar, or a bookmark.
            Some("none") => Ok(Provenance::Person),
            Some(_) => {
                let followed =
                    field("sec-fetch-mode")? == Some("navigate") && field("sec-fetch-dest")? == Some("document");
                if followed && origin.is_none() { Ok(Provenance::Person) } else { Err(FOREIGN_SITE) }
            }
            None if origin.is_some() => Ok(Provenance::Here),
            // Browsers say where a request comes from only to addresses they can trust, which those of other computers on the
            // network are not. There the token has to do; no browser leaves the origin out when another site opens a stream.
            None if !host.is_loopback => Ok(Provenance::Here),
            None => Ok(Provenance::Person),
        }
    }
}

/// The value of a field that may come once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName, otherwise: Refusal) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| otherwise),
        (Some(_), Some(_)) => Err(otherwise),
    }
}

/// The names this server goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hosts {
    bound: SocketAddr,
}

/// One of them.
#[derive(Debug)]
struct Host {
    name: String,
    is_loopback: bool,
}

impl Host {
    fn origin(&self) -> String {
        format!("http://{}", self.name)
    }
}

impl Hosts {
    pub(super) fn new(bound: SocketAddr) -> Hosts {
        Hosts { bound }
    }

    /// Where a browser on this computer finds the server.
    pub(super) fn address(&self) -> SocketAddr {
        let mut address = self.bound;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        address
    }

    fn admit(&self, request: &Parts, reached: SocketAddr) -> Result<Host, Refusal> {
        let mut sent = request.headers.get_all(HOST).iter();
        let (Some(name), None) = (sent.next(), sent.next()) else { return Err(FOREIGN_HOST) };
        let name = name.to_str().map_err(|_| MALFORMED_HOST)?.to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte)) {
            return Err(MALFORMED_HOST);
        }
        let host = self.all(reached).find(|host| host.name == name).ok_or(FOREIGN_HOST)?;
        // A target may name a server of its own, as if to a proxy.
        match request.uri.authority() {
            Some(authority) if !authority.as_str().eq_ignore_ascii_case(&name) => Err(FOREIGN_HOST),
            Some(_) if request.uri.scheme() != Some(&Scheme::HTTP) => Err(FOREIGN_HOST),
            _ => Ok(host),
        }
    }

    /// The names of this computer for itself, and the address that was given. Who listens at every address means the one that
    /// the client reached; no name that others made up for it.
    fn all(&self, reached: SocketAddr) -> impl Iterator<Item = Host> {
        let given = if self.bound.ip().is_unspecified() { reached.ip().to_canonical() } else { self.bound.ip() };
        let bracketed = match given {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let loopback =
            ["localhost", "127.0.0.1", "[::1]"].map(|name| Host { name: name.to_owned(), is_loopback: true });
        let port = self.bound.port();
        loopback.into_iter().chain([Host { name: bracketed, is_loopback: given.is_loopback() }]).flat_map(move |host| {
            let with_port = Host { name: format!("{}:{port}", host.name), is_loopback: host.is_loopback };
            [Some(with_port), (port == 80).then_some(host)].into_iter().flatten()
        })
    }
}

/// What only this server's own pages know: 128 bits that nobody can guess.
#[derive(Debug)]
pub(super) struct Token(String);

impl Token {
    pub(super) fn new() -> io::Result<Token> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits)?;
        Ok(Token(bits.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares hashes, so that the time this takes says nothing of the token.
    fn is(&self, sent: &str) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a request at an address of the local network is taken for.
    fn admitted(fields: &[(&str, &str)]) -> Result<bool, u16> {
        let token = Token("0123456789abcdef".to_owned());
        let address: SocketAddr = "192.0.2.7:4400".parse().unwrap();
        let request =
            hyper::Request::get("/_psychoed/reload?token=0123456789abcdef").header("Host", address.to_string());
        let request = fields.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let (request, ()) = request.body(()).unwrap().into_parts();
        let ends = Ends { reached: address, client: "192.0.2.9:50000".parse().unwrap() };
        let admitted = admit(&request, &Hosts::new(address), ends, &token);
        assert!(admitted.as_ref().is_ok_and(|request| !request.on_this_computer) || admitted.is_err());
        admitted.map(|request| request.from_here).map_err(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn on_the_local_network_the_token_has_to_do_where_browsers_say_nothing() {
        assert_eq!(admitted(&[]), Ok(true));
        assert_eq!(admitted(&[("Origin", "http://192.0.2.7:4400")]), Ok(true));
        assert_eq!(admitted(&[("Origin", "http://192.0.2.8:4400")]), Err(403));
        assert_eq!(admitted(&[("Origin", "null")]), Err(403));
        assert_eq!(admitted(&[("Sec-Fetch-Site", "cross-site")]), Err(403));
        assert_eq!(admitted(&[("Sec-Fetch-Site", "none")]), Ok(false));
    }

    #[test]
    fn ports_that_browsers_leave_out_may_be_left_out() {
        let hosts = |bound: &str, reached: &str| -> Vec<String> {
            Hosts::new(bound.parse().unwrap()).all(reached.parse().unwrap()).map(|host| host.name).collect()
        };
        assert_eq!(
            hosts("192.0.2.7:4400", "192.0.2.7:4400"),
            ["localhost:4400", "127.0.0.1:4400", "[::1]:4400", "192.0.2.7:4400"]
        );
        assert_eq!(
            hosts("[::]:80", "[::ffff:192.0.2.7]:80"),
            [
                "localhost:80",
                "localhost",
                "127.0.0.1:80",
                "127.0.0.1",
                "[::1]:80",
                "[::1]",
                "192.0.2.7:80",
                "192.0.2.7"
            ]
        );
        assert_eq!(hosts("[2001:db8::1]:4400", "[2001:db8::1]:4400").last().unwrap(), "[2001:db8::1]:4400");
    }
}
