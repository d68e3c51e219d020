//! How open pages learn that they are out of date.
//!
//! A page's own policy keeps it from opening a connection, so a Worker does it, under a policy of its own. The stream carries two
//! words, `reload` and `style`, and nothing of the site.
//!
//! Changes are numbered, and a page knows the number of the last change it shows. So none is missed between the making of a page
//! and the opening of its stream, or while a computer sleeps: who comes with an old number is told at once.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::{Method, Response, StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::timeout;

use super::admit::{self, Refusal, Token};
use super::answer::{Content, respond};
use super::{Limits, OWN, Request};

/// The script of the Worker.
const SCRIPT: &str = include_str!("reload.js");

const NO_STREAM_LEFT: Refusal =
    Refusal { status: StatusCode::SERVICE_UNAVAILABLE, why: "Too many pages of this preview are open. Close some." };

/// What browsers have to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reload {
    /// Load the page again.
    Page,
    /// Load the style sheets again.
    Style,
}

/// Tells browsers of changes. Copies speak to the same browsers.
#[derive(Clone, Debug)]
pub struct Reloads {
    token: Arc<Token>,
    changes: Arc<watch::Sender<Changes>>,
}

/// The number of the last change of each sort; zero is none.
#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    page: u64,
    style: u64,
}

impl Reloads {
    pub(super) fn new(token: Token) -> Reloads {
        Reloads { token: Arc::new(token), changes: Arc::default() }
    }

    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// Tells every open page.
    pub fn send(&self, what: Reload) {
        self.changes.send_modify(|changes| {
            let next = changes.newest() + 1;
            match what {
                Reload::Page => changes.page = next,
                Reload::Style => changes.style = next,
            }
        });
    }

    /// The address of the script that a page runs as its Worker. It posts `"reload"` and `"style"`; `"away"`, `"back"` and
    /// `"gone"` when this server does not answer, does again, or is no more; and takes `"hide"` and `"show"`, to hold no connection
    /// for a page that nobody sees (browsers grant six).
    ///
    /// Ask for it *before* making the page: it holds the number of the last change so far, and the page is told of all that follow.
    pub fn worker(&self) -> String {
        format!("{OWN}reload.js?token={}&seen={}", self.token.as_str(), self.changes.borrow().newest())
    }
}

impl Changes {
    fn newest(self) -> u64 {
        self.page.max(self.style)
    }

    /// What is new to someone who has seen everything up to a number.
    fn since(self, seen: u64) -> Option<&'static str> {
        if self.page > seen {
            Some("reload")
        } else if self.style > seen {
            Some("style")
        } else {
            None
        }
    }
}

/// The server's side of it.
pub(super) struct Streams {
    reloads: Reloads,
    places: Arc<Semaphore>,
    heartbeat: Duration,
}

impl Streams {
    pub(super) fn new(reloads: Reloads, limits: &Limits) -> Streams {
        Streams { reloads, places: Arc::new(Semaphore::new(limits.streams)), heartbeat: limits.heartbeat }
    }

    /// Answers what is asked of the stream or its script; `None` when the site is asked.
    pub(super) fn answer(&self, method: &Method, request: &Request) -> Option<Result<Response<Content>, Refusal>> {
        match request.path.strip_prefix(OWN)? {
            "reload.js" => Some(admit::insist(request).map(|()| script())),
            "reload" => Some(admit::insist(request).and_then(|()| self.open(method, request))),
            _ => None,
        }
    }

    fn open(&self, method: &Method, request: &Request) -> Result<Response<Content>, Refusal> {
        let lines = if method == Method::HEAD {
            Content::NoLines
        } else {
            let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| NO_STREAM_LEFT)?;
            let changes = self.reloads.changes.subscribe();
            let seen = admit::parameter(request.query.as_deref(), "seen").and_then(|seen| seen.parse().ok());
            let seen = seen.unwrap_or_else(|| changes.borrow().newest());
            let (sender, receiver) = mpsc::channel(1);
            let task = follow(changes, seen, sender, self.heartbeat, place);
            Content::Lines(receiver, tokio::spawn(task).abort_handle())
        };
        Ok(respond(StatusCode::OK, "text/event-stream", Some("default-src 'none'"), lines))
    }
}

fn script() -> Response<Content> {
    let body = Content::Whole(Some(Bytes::from_static(SCRIPT.as_bytes())));
    respond(StatusCode::OK, "text/javascript; charset=utf-8", Some("default-src 'none'; connect-src 'self'"), body)
}

/// Says what changes, and now and then that it is still there; which is also how it finds out that the other side is not.
async fn follow(
    mut changes: watch::Receiver<Changes>,
    mut seen: u64,
    lines: mpsc::Sender<Bytes>,
    heartbeat: Duration,
    _place: OwnedSemaphorePermit,
) {
    let mut line = Bytes::from_static(b": here\n\n");
    while lines.send(line).await.is_ok() {
        line = loop {
            let now = *changes.borrow_and_update();
            if let Some(word) = now.since(seen) {
                seen = now.newest();
                break Bytes::from(format!("data: {word}\n\n"));
            }
            match timeout(heartbeat, changes.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_) => break Bytes::from_static(b": here\n\n"),
            }
        };
    }
}
