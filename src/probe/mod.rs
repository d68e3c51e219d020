//! Asks whether addresses of the web live.
//!
//! Cautious in both directions: what cannot be told for certain is “not checked” and never “broken”, and nothing on this
//! computer or its private network is asked, not even when a page of the web leads on to it. At any time a host is asked by one
//! request only.

mod anchors;
mod ask;
mod cache;
mod private;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use url::Url;

use crate::site::web::{LinkStatus, WebLinks};
use ask::{Asked, Asker};
pub use cache::Cache;

/// How many hosts are asked at the same time.
const HOSTS_AT_ONCE: usize = 8;

/// How to ask.
#[derive(Clone, Debug)]
pub struct Manner {
    /// The most time one request may take, from looking up the host to the last byte.
    pub timeout: Duration,
    /// How long a host is left in peace between two requests.
    pub pause: Duration,
    /// How often an address is asked that gives no answer, or says that it is busy.
    pub tries: u32,
    /// Hosts that may be asked although they are private, such as `intranet.example` or `127.0.0.1:8080`.
    pub private_hosts: Vec<String>,
    /// Addresses that are not asked: whole ones, or the beginning of some followed by `*`.
    pub trusted: Vec<String>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            pause: Duration::from_millis(300),
            tries: 3,
            private_hosts: Vec::new(),
            trusted: Vec::new(),
        }
    }
}

impl Manner {
    fn trusts(&self, address: &str) -> bool {
        self.trusted.iter().any(|trusted| match trusted.strip_suffix('*') {
            Some(beginning) => address.starts_with(beginning),
            None => trusted == address,
        })
    }
}

/// Asks every address that the cache knows nothing fresh of, and tells what became of each; `told` hears of progress: how many
/// are done, and of how many. Trusted addresses are left out.
pub fn ask(
    addresses: &BTreeSet<String>,
    manner: &Manner,
    cache: &mut Cache,
    today: Date,
    told: &(dyn Fn(usize, usize) + Sync),
) -> WebLinks {
    let wanted = addresses.iter().filter(|address| !manner.trusts(address));
    let (known, new): (Vec<_>, Vec<_>) =
        wanted.map(|address| (address.clone(), cache.fresh(address, today))).partition(|(_, known)| known.is_some());
    let mut links: WebLinks = known.into_iter().filter_map(|(address, known)| Some((address, known?))).collect();
    let asked = ask_all(new.into_iter().map(|(address, _)| address).collect(), manner, told);
    // A host whose name nobody knows may be gone, or this computer may be offline.
    let online = asked.iter().any(|(_, asked)| *asked != Asked::UnknownHost && !matches!(asked, Asked::Later { .. }));
    for (address, asked) in asked {
        let status = settled(asked, online);
        cache.put(&address, today, &status);
        links.insert(address, status);
    }
    links
}

fn settled(asked: Asked, online: bool) -> LinkStatus {
    match asked {
        Asked::Settled(status) => status,
        Asked::Later { why, .. } => LinkStatus::NotChecked { why },
        Asked::UnknownHost if online => LinkStatus::Dead { why: "no computer of that name is known".to_owned() },
        Asked::UnknownHost => LinkStatus::NotChecked { why: "this computer seems to be offline".to_owned() },
    }
}

fn ask_all(addresses: Vec<String>, manner: &Manner, told: &(dyn Fn(usize, usize) + Sync)) -> Vec<(String, Asked)> {
    let all = addresses.len();
    let mut by_host: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for address in addresses {
        let host = Url::parse(&address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        by_host.entry(host).or_default().push(address);
    }
    let asker = Asker::new(manner);
    let workers = by_host.len().min(HOSTS_AT_ONCE);
    let hosts = Mutex::new(VecDeque::from_iter(by_host.into_values()));
    let done: Mutex<Vec<(String, Asked)>> = Mutex::default();
    let work = || {
        loop {
            let Some(addresses) = hosts.lock().unwrap_or_else(PoisonError::into_inner).pop_front() else { return };
            for (at, address) in addresses.into_iter().enumerate() {
                if at > 0 {
                    thread::sleep(manner.pause);
                }
                let asked = asker.ask(&address);
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                done.push((address, asked));
                told(done.len(), all);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}
