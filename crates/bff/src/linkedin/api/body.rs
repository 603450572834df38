//! LinkedIn's answer on its way through: as it comes, no faster than the browser takes it, and no more than is allowed.

use std::error::Error;

use bytes::Bytes;
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use lapel_wire::Kind;
use reqwest::Response;

use crate::linkedin::support::{self, Seen, Sent};

/// An answer's body. Where it ends with an error the browser's connection has to end in the same way, so that half an
/// answer is not taken for a whole one.
pub type ApiBody = UnsyncBoxBody<Bytes, BrokenOff>;

/// Why an answer ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenOff {
    /// It is longer than the allowlist's entry has it.
    #[error("LinkedIn's answer is too large")]
    TooLarge,
    /// The connection broke, or the deadline passed.
    #[error("LinkedIn's answer broke off")]
    Broken,
}

impl BrokenOff {
    fn of(error: &(dyn Error + 'static)) -> Self {
        if error.is::<LengthLimitError>() {
            Self::TooLarge
        } else {
            Self::Broken
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::TooLarge => Kind::Contract,
            Self::Broken => Kind::LinkedinDown,
        }
    }
}

/// A body that nobody has read yet.
pub(super) enum Unread {
    Whole(Bytes),
    Rest(Box<Response>, Seen),
}

/// What the log is told of an answer that breaks off. The page learns of it by the broken connection only.
pub(super) struct Watch {
    pub(super) sent: Sent,
    pub(super) client_id: String,
    pub(super) attempts: u32,
}

impl Watch {
    fn broken(&self, seen: &Seen, why: BrokenOff) {
        let record = self.sent.record(&self.client_id, self.attempts, &why, seen);
        support::log("api", why.kind(), &record);
    }
}

impl Unread {
    /// The body as it is passed on.
    pub(super) fn watched(self, limit: u64, watch: Watch) -> ApiBody {
        match self {
            Self::Whole(bytes) => Full::new(bytes)
                .map_err(|never| match never {})
                .boxed_unsync(),
            Self::Rest(response, seen) => {
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                // An error is the last that a body says, so this is logged once.
                let told = move |error: Box<dyn Error + Send + Sync>| {
                    let why = BrokenOff::of(&*error);
                    watch.broken(&seen, why);
                    why
                };
                Limited::new(reqwest::Body::from(*response), limit)
                    .map_frame(without_trailers)
                    .map_err(told)
                    .boxed_unsync()
            }
        }
    }
}

/// Trailers are headers that come late; none of them is on the list.
fn without_trailers(frame: Frame<Bytes>) -> Frame<Bytes> {
    Frame::data(frame.into_data().unwrap_or_default())
}
