//! What goes back to a browser, with the fields that every answer carries.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::admit::Refusal;

/// What the site answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status, such as 200 or 404.
    pub status: u16,
    /// The content type, with its character set if it is text.
    pub content_type: &'static str,
    /// The Content-Security-Policy to send, for what does not hold its own.
    pub policy: Option<&'static str>,
    /// Where a redirect leads, percent-encoded.
    pub location: Option<String>,
    /// The bytes, shared with whoever keeps them.
    pub body: Bytes,
}

/// Nothing is kept by browsers, taken for something else, shown in a frame, read by other sites, or told to them.
const ON_EVERY_ANSWER: [(HeaderName, HeaderValue); 6] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

impl Answer {
    pub(super) fn into_response(self) -> Response<Content> {
        let location = self.location.map(HeaderValue::try_from).transpose();
        let (Ok(status), Ok(location)) = (StatusCode::from_u16(self.status), location) else { return failed() };
        let body = Content::Whole(Some(self.body));
        let mut response = respond(status, self.content_type, self.policy, body);
        if let Some(location) = location {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// An answer with the fields that all have.
pub(super) fn respond(
    status: StatusCode,
    content_type: &'static str,
    policy: Option<&'static str>,
    body: Content,
) -> Response<Content> {
    let length = body.size_hint().exact();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.extend(ON_EVERY_ANSWER);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    if let Some(policy) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    response
}

/// Says why, and closes the connection: what was refused once needs no quick second try.
pub(super) fn refuse(refusal: Refusal) -> Response<Content> {
    let mut response = plain(refusal.status, refusal.why);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// The site broke down over this request.
pub(super) fn failed() -> Response<Content> {
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        "psychoed failed while it made this page. That is a fault of psychoed, not of your text. What it says in the terminal helps to mend it.",
    )
}

fn plain(status: StatusCode, text: &'static str) -> Response<Content> {
    let body = Content::Whole(Some(Bytes::from_static(text.as_bytes())));
    respond(status, "text/plain; charset=utf-8", Some("default-src 'none'"), body)
}

/// The body of an answer.
pub(super) enum Content {
    /// All of it, until it was handed over.
    Whole(Option<Bytes>),
    /// Lines as they come, from a task that ends with the answer.
    Lines(mpsc::Receiver<Bytes>, AbortHandle),
    /// What a stream would carry, for those who only ask for its head.
    NoLines,
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match self.get_mut() {
            Content::Whole(bytes) => Poll::Ready(bytes.take()),
            Content::Lines(lines, _) => lines.poll_recv(context),
            Content::NoLines => Poll::Ready(None),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Content::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Content::Lines(..) | Content::NoLines => SizeHint::default(),
        }
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        if let Content::Lines(_, task) = self {
            task.abort();
        }
    }
}
