//! Answers browsers over HTTP, for whoever looks at a site while writing it.
//!
//! Knows nothing of sites: [`Site`] is asked for every answer, so nothing here touches the disk. What it does know is who may
//! ask. A server on somebody's own computer is open to every web page that browser has open, so a request is refused unless it
//! names this server (`admit.rs`) and comes from one of its own pages or from a link that a person followed.
//!
//! Pages learn of changes through a Worker script and a stream of events ([`Reloads`]), the only two addresses that the
//! server answers by itself.

mod address;
mod admit;
mod answer;
mod connection;
mod reload;

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use self::admit::{Hosts, Token};
pub use self::answer::Answer;
pub use self::reload::{Reload, Reloads};

/// The port that is tried first when none was asked for.
pub const PORT: u16 = 4400;

/// An address that is not part of the site: [`OWN`] with what follows.
macro_rules! own {
    ($rest:literal) => {
        concat!("/_psychoed/", $rest)
    };
}
pub(crate) use own;

/// Addresses that start like this are not part of the site.
pub const OWN: &str = own!("");

/// How many ports after [`PORT`] are tried before the system chooses one.
const NEXT_PORTS: u16 = 20;

/// What is asked for answers.
pub trait Site: Send + Sync + 'static {
    /// Answers one request. Called on a thread of its own, which it may keep busy; a panic becomes an answer with status 500.
    fn answer(&self, request: &Request) -> Answer;

    /// Whether an answer may take long. Few of those are made at once, so that the others never have to wait for them.
    fn takes_long(&self, _: &Request) -> bool {
        false
    }
}

/// A request that passed every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Starts with `/`, and was percent-decoded once. Holds no control characters and no backslash, and of its parts between
    /// slashes none is `.` or `..`, and only the last may be empty.
    pub path: String,
    /// What follows `?`, as it was sent.
    pub query: Option<String>,
    /// Whether one of this server's own pages asked, and knew the token. What does more than show something must insist on it.
    pub from_here: bool,
    /// Whether a program on this very computer asked, and not another one in the network.
    pub on_this_computer: bool,
}

/// What the server grants to each client and to all of them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at once; further ones wait until one closes.
    pub connections: usize,
    /// Reload streams open at once.
    pub streams: usize,
    /// How long a connection may take to send the head of a request, wait idle for the next one, or leave an answer unread.
    pub patience: Duration,
    /// How often a reload stream says that it is still there.
    pub heartbeat: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { connections: 128, streams: 32, patience: Duration::from_secs(10), heartbeat: Duration::from_secs(15) }
    }
}

/// Why there is no server.
#[derive(Debug)]
pub enum Fault {
    /// Another program listens at the port that was asked for.
    PortTaken(u16),
    /// The system keeps this port for administrators.
    PortForbidden(u16),
    /// This computer does not have the address that was asked for.
    NotAnAddressOfThisComputer(IpAddr),
    /// Anything else the system had against it.
    Io(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::PortTaken(port) => {
                write!(
                    f,
                    "port {port} is in use by another program. Ask for another one, or for none: then a free one is found"
                )
            }
            Fault::PortForbidden(port) => {
                write!(f, "the system does not let you use port {port}. Ask for one above 1023, or for none")
            }
            Fault::NotAnAddressOfThisComputer(host) => write!(f, "this computer does not have the address {host}"),
            Fault::Io(error) => write!(f, "cannot start the preview's server: {error}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Io(error)
    }
}

/// A server that holds its port, and has not begun to answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    hosts: Hosts,
    reloads: Reloads,
    limits: Limits,
    stop: Stop,
}

impl Server {
    /// Takes a port: the one asked for, or else the first free one from [`PORT`] on. Port 0 stands for any.
    pub fn bind(host: IpAddr, port: Option<u16>) -> Result<Server, Fault> {
        let listener = match port {
            Some(port) => listen(host, port)?,
            None => (PORT..=PORT + NEXT_PORTS)
                .map(|port| listen(host, port))
                .find(|tried| !matches!(tried, Err(Fault::PortTaken(_))))
                .unwrap_or_else(|| listen(host, 0))?,
        };
        listener.set_nonblocking(true)?;
        let hosts = Hosts::new(listener.local_addr()?);
        Ok(Server {
            listener,
            hosts,
            reloads: Reloads::new(Token::new()?),
            limits: Limits::default(),
            stop: Stop(Arc::new(watch::Sender::new(false))),
        })
    }

    /// Grants clients more or less than usual.
    pub fn with_limits(mut self, limits: Limits) -> Server {
        self.limits = limits;
        self
    }

    /// The address to open in a browser on this computer.
    pub fn address(&self) -> SocketAddr {
        self.hosts.address()
    }

    /// What only this server's own pages know; new at every start.
    pub fn token(&self) -> &str {
        self.reloads.token().as_str()
    }

    /// Through which browsers are told of changes.
    pub fn reloads(&self) -> Reloads {
        self.reloads.clone()
    }

    /// Ends [`Server::run`] from another thread.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Answers until it is stopped.
    pub fn run(self, site: Arc<dyn Site>) -> Result<(), Fault> {
        connection::serve(self, site)?;
        Ok(())
    }
}

/// Stops a server.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    /// Closes every connection and gives the port back.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

fn listen(host: IpAddr, port: u16) -> Result<TcpListener, Fault> {
    TcpListener::bind((host, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Fault::PortTaken(port),
        io::ErrorKind::PermissionDenied => Fault::PortForbidden(port),
        io::ErrorKind::AddrNotAvailable => Fault::NotAnAddressOfThisComputer(host),
        _ => Fault::Io(error),
    })
}
