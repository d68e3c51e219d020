//! Asks one address.

use std::io::{self, Read as _};
use std::thread;
use std::time::Duration;

use ureq::http::{Method, Response, StatusCode, header};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::private::{PublicOnly, Refused};
use super::{Manner, anchors};
use crate::site::web::LinkStatus;

/// How often an address may lead on.
const HOPS: usize = 10;
/// The most that is read of a page to look for an anchor.
const LONGEST_PAGE: u64 = 5 << 20;
/// The longest that a host may ask to be left in peace before it is asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Where DOIs lead on from. Publishers often turn programs away, so that the register knows the DOI has to be enough.
const DOI_REGISTERS: [&str; 2] = ["doi.org", "dx.doi.org"];

/// What asking came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// This is so.
    Settled(LinkStatus),
    /// No answer, or none that says anything; perhaps later.
    Later {
        why: String,
        /// For how long the host wants to be left in peace.
        wait: Duration,
    },
    /// Nobody knows the host's name.
    UnknownHost,
}

/// Asks addresses in one manner.
pub(super) struct Asker {
    agent: Agent,
    pause: Duration,
    tries: u32,
}

impl Asker {
    pub fn new(manner: &Manner) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(manner.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would connect for us, and nobody would see where to.
            .proxy(None)
            .user_agent(concat!("psychoed/", env!("CARGO_PKG_VERSION"), " (checks links)"))
            .build();
        let allowed = manner.private_hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let resolver = PublicOnly { allowed, resolver: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, pause: manner.pause, tries: manner.tries.max(1) }
    }

    /// Asks an address, several times if need be.
    pub fn ask(&self, address: &str) -> Asked {
        let Ok(url) = Url::parse(address) else {
            return Asked::Settled(LinkStatus::Dead { why: "it is not written as an address".to_owned() });
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Asked::Settled(LinkStatus::NotChecked { why: "it holds a user name".to_owned() });
        }
        let mut asked = self.follow(&url);
        for _ in 1..self.tries {
            match &asked {
                Asked::Later { wait, .. } if *wait <= LONGEST_WAIT => thread::sleep((*wait).max(self.pause)),
                _ => break,
            }
            asked = self.follow(&url);
        }
        asked
    }

    /// Follows an address to where it leads in the end.
    fn follow(&self, start: &Url) -> Asked {
        let anchor = anchors::of(start.fragment());
        let (mut url, mut for_good) = (start.clone(), true);
        for _ in 0..HOPS {
            let response = match self.answer(&url, anchor.is_some()) {
                Ok(response) => response,
                Err(asked) => return asked,
            };
            let status = response.status();
            if !is_redirect(status) {
                return arrived(start, &url, for_good, response, anchor);
            }
            if url.host_str().is_some_and(|host| DOI_REGISTERS.contains(&host)) {
                return Asked::Settled(LinkStatus::Alive);
            }
            let Some(next) = leads_to(&url, &response) else {
                return Asked::Settled(dead(format!("it answers “{status}” and does not say where to")));
            };
            if !matches!(next.scheme(), "http" | "https") {
                return Asked::Settled(dead(format!(
                    "it leads on to something other than a page: `{}:`",
                    next.scheme()
                )));
            }
            for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            url = next;
        }
        Asked::Settled(dead(format!("it leads on more than {HOPS} times")))
    }

    /// What an address answers. Asks for its head first, and for all of it where servers answer that wrongly.
    fn answer(&self, url: &Url, whole: bool) -> Result<Response<Body>, Asked> {
        if !whole
            && let Ok(response) = self.request(&Method::HEAD, url)
            && (response.status().is_success() || is_redirect(response.status()))
        {
            return Ok(response);
        }
        let response = self.request(&Method::GET, url)?;
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            let asks =
                response.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
            return Err(Asked::Later {
                why: format!("it answers “{status}”"),
                wait: asks.map_or(Duration::ZERO, Duration::from_secs),
            });
        }
        Ok(response)
    }

    fn request(&self, method: &Method, url: &Url) -> Result<Response<Body>, Asked> {
        let mut without_anchor = url.clone();
        without_anchor.set_fragment(None);
        let request = match *method {
            Method::HEAD => self.agent.head(without_anchor.as_str()),
            _ => self.agent.get(without_anchor.as_str()),
        };
        request
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .call()
            .map_err(|error| failed(error, url))
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads. Without an anchor of its own it keeps the one that was asked for.
fn leads_to(from: &Url, response: &Response<Body>) -> Option<Url> {
    let location = response.headers().get(header::LOCATION)?;
    let mut to = from.join(&String::from_utf8_lossy(location.as_bytes())).ok()?;
    if to.fragment().is_none() {
        to.set_fragment(from.fragment());
    }
    Some(to)
}

/// What to say of an address that led to an answer.
fn arrived(start: &Url, end: &Url, for_good: bool, response: Response<Body>, anchor: Option<&str>) -> Asked {
    let status = response.status();
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        return Asked::Settled(dead(format!("it answers “{status}”")));
    }
    if !status.is_success() {
        let why = format!("it answers “{status}”, which some sites say to every program");
        return Asked::Settled(LinkStatus::NotChecked { why });
    }
    if let Some(anchor) = anchor {
        match place_is_missing(response, anchor) {
            Ok(true) => return Asked::Settled(LinkStatus::AnchorMissing),
            Ok(false) => {}
            Err(error) => return failed(error.into(), end),
        }
    }
    Asked::Settled(if for_good && start != end { LinkStatus::Moved { to: end.to_string() } } else { LinkStatus::Alive })
}

fn place_is_missing(response: Response<Body>, anchor: &str) -> io::Result<bool> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(false);
    }
    let mut html = Vec::new();
    response.into_body().into_reader().take(LONGEST_PAGE + 1).read_to_end(&mut html)?;
    // Of a page that was not read to its end nothing can be said.
    Ok(html.len() as u64 <= LONGEST_PAGE && !anchors::holds(&html, anchor))
}

/// What to say of an address that gave no answer.
fn failed(error: ureq::Error, url: &Url) -> Asked {
    if let ureq::Error::Io(error) = &error
        && let Some(refused) = error.get_ref().and_then(|inner| inner.downcast_ref::<Refused>())
    {
        let host = url.host_str().unwrap_or_default().to_owned();
        return match refused {
            Refused::Private => Asked::Settled(LinkStatus::Private { host }),
            Refused::Unknown => Asked::UnknownHost,
        };
    }
    let why = match error {
        ureq::Error::Timeout(_) => "it did not answer in time".to_owned(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "no safe connection to it could be made".to_owned(),
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => "it takes no connections".to_owned(),
            io::ErrorKind::TimedOut => "it did not answer in time".to_owned(),
            _ => "no connection to it could be made".to_owned(),
        },
        _ => "its answer could not be understood".to_owned(),
    };
    Asked::Later { why, wait: Duration::ZERO }
}

fn dead(why: String) -> LinkStatus {
    LinkStatus::Dead { why }
}
