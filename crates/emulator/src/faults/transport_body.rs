//! Bodies that no sound server sends.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use tokio::time::{Sleep, sleep};

type Polled = Poll<Option<Result<Frame<Bytes>, io::Error>>>;

/// A JSON text that goes on until the client leaves, or the cap is reached: 64 MiB, more than any client should read, and
/// little enough for one that does.
#[derive(Debug)]
pub(super) struct Endless {
    started: bool,
    left: usize,
}

const CAP: usize = 64 * 1024 * 1024;
const FILLING: &[u8] = &[b'x'; 16 * 1024];

impl Endless {
    pub(super) const fn new() -> Self {
        Self {
            started: false,
            left: CAP,
        }
    }
}

impl Body for Endless {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Polled {
        let piece = if self.started {
            FILLING
        } else {
            self.started = true;
            br#"{"padding":""#
        };
        self.left = self.left.saturating_sub(piece.len());
        Poll::Ready(Some(if self.left == 0 {
            Err(cut())
        } else {
            Ok(Frame::data(Bytes::from_static(piece)))
        }))
    }
}

/// The first part of an answer, and then the end of the connection.
#[derive(Debug)]
pub(crate) struct Interrupted {
    part: Option<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
}

/// Long enough for the part to be sent on its own, so that the client does see the beginning.
const PAUSE: Duration = Duration::from_millis(20);

impl Interrupted {
    pub(crate) const fn after(part: Bytes) -> Self {
        Self {
            part: Some(part),
            pause: None,
        }
    }
}

impl Body for Interrupted {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        if let Some(part) = self.part.take()
            && !part.is_empty()
        {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        self.pause
            .get_or_insert_with(|| Box::pin(sleep(PAUSE)))
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(cut())))
    }
}

fn cut() -> io::Error {
    io::Error::other("the connection is cut on purpose")
}
