//! Accepts connections and speaks HTTP/1.1 over each, by way of hyper.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::Response;
use hyper::body::{Body, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::Sleep;

use super::admit::{self, Hosts};
use super::answer::{self, Content};
use super::reload::Streams;
use super::{Limits, Reloads, Server, Site};

/// How much of a request's head is read before hyper refuses it by itself, without our fields; ours refuse far less.
const HEAD_BUFFER: usize = 128 * 1024;
/// Likewise for the number of fields.
const FIELDS: usize = 256;
/// Answers that are made at the same time.
const AT_ONCE: usize = 8;
/// How many of them may be such as take long.
const LONG_AT_ONCE: usize = 2;
/// How long the pages being made at the end are waited for.
const FAREWELL: Duration = Duration::from_secs(1);

/// What every connection needs.
struct Desk {
    site: Arc<dyn Site>,
    hosts: Hosts,
    reloads: Reloads,
    streams: Streams,
    limits: Limits,
    /// For answers that take long.
    long: Arc<Semaphore>,
}

/// The two ends of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The address of this computer that the client connected to.
    pub(super) reached: SocketAddr,
    /// The client's own.
    pub(super) client: SocketAddr,
}

/// Answers until the server is stopped.
pub(super) fn serve(server: Server, site: Arc<dyn Site>) -> io::Result<()> {
    let Server { listener, hosts, reloads, limits, stop } = server;
    let streams = Streams::new(reloads.clone(), &limits);
    let desk = Arc::new(Desk { site, hosts, reloads, streams, limits, long: Arc::new(Semaphore::new(LONG_AT_ONCE)) });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(AT_ONCE)
        // A writer pauses longer than the ten seconds after which idle threads would end.
        .thread_keep_alive(Duration::from_secs(3600))
        .build()?;
    let stopped = runtime.block_on(async {
        let mut stop = stop.0.subscribe();
        tokio::spawn(accept(TcpListener::from_std(listener)?, desk));
        // It cannot fail: the sender is at hand.
        stop.wait_for(|stop| *stop).await.ok();
        Ok(())
    });
    runtime.shutdown_timeout(FAREWELL);
    stopped
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let places = Arc::new(Semaphore::new(desk.limits.connections));
    // Whoever finds no place waits in the system's queue.
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move {
                    // Clients that leave or send nonsense are no concern of ours.
                    converse(stream, desk).await.ok();
                    drop(place);
                });
            }
            // Out of file handles, say: others will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

async fn converse(stream: TcpStream, desk: Arc<Desk>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let ends = Ends { reached: stream.local_addr()?, client: stream.peer_addr()? };
    let patience = desk.limits.patience;
    let stream = Impatient { stream: TokioIo::new(stream), patience, until: None };
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let desk = Arc::clone(&desk);
        async move { Ok::<_, Infallible>(desk.answer(request, ends).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        // Covers the wait for the next request, too.
        .header_read_timeout(patience)
        .max_buf_size(HEAD_BUFFER)
        .max_headers(FIELDS)
        .auto_date_header(false)
        .serve_connection(stream, service)
        .await?;
    Ok(())
}

impl Desk {
    async fn answer(&self, request: hyper::Request<Incoming>, ends: Ends) -> Response<Content> {
        let (head, body) = request.into_parts();
        let request = match admit::admit(&head, &self.hosts, ends, self.reloads.token()) {
            Ok(request) => request,
            Err(refusal) => return answer::refuse(refusal),
        };
        let mut response = match self.streams.answer(&head.method, &request) {
            Some(answered) => answered.unwrap_or_else(answer::refuse),
            None => {
                let site = Arc::clone(&self.site);
                // Never closed. Whoever hangs up while waiting leaves the queue.
                let place = if site.takes_long(&request) { self.long.clone().acquire_owned().await.ok() } else { None };
                // The place is taken until the answer is there, also when nobody waits for it any more.
                let answered = tokio::task::spawn_blocking(move || {
                    let _place = place;
                    site.answer(&request)
                })
                .await;
                answered.map_or_else(|_panic| answer::failed(), |answer| answer.into_response())
            }
        };
        // A body that came with the request was not read, and must not be taken for the next request.
        if !body.is_end_stream() {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// A connection that ends when the other side leaves an answer unread for too long.
struct Impatient {
    stream: TokioIo<TcpStream>,
    patience: Duration,
    until: Option<Pin<Box<Sleep>>>,
}

impl Impatient {
    fn stream(&mut self) -> Pin<&mut TokioIo<TcpStream>> {
        Pin::new(&mut self.stream)
    }

    fn unless_stuck<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.until = None;
            return written;
        }
        let patience = self.patience;
        let until = self.until.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Impatient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl Write for Impatient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = self.stream().poll_write(context, bytes);
        self.unless_stuck(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream().poll_write_vectored(context, parts);
        self.unless_stuck(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(context)
    }
}
