//! The connection itself fails.

/// Ways for a connection to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// LinkedIn reads the request, does nothing, and closes the connection without a byte of answer.
    ConnectionClosed,
}

impl Transport {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectionClosed => "connection_closed",
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::ConnectionClosed => "LinkedIn closes the connection without an answer.",
        }
    }
}
