//! The connection itself fails.

use crate::endpoint::Endpoint;

family! {
    /// Ways for a connection to fail.
    pub enum Transport {
        /// LinkedIn reads the request, does nothing, and closes the connection without a byte of answer.
        ConnectionClosed = "connection_closed", Assumed, "LinkedIn closes the connection without an answer and without effect.";
        /// LinkedIn does what it was asked, and closes the connection without a byte of answer.
        AnswerLost = "answer_lost", Assumed, "The request takes effect, but its answer does not arrive.";
        /// LinkedIn does what it was asked, announces the whole answer, and closes the connection in its middle.
        ClosedMidAnswer = "closed_mid_answer", Assumed, "The request takes effect, and the connection closes in the middle of its answer.";
    }
}

impl Transport {
    #[expect(clippy::unused_self, reason = "every family is asked in one way")]
    pub(super) const fn concerns(self, _endpoint: Endpoint) -> bool {
        true
    }
}
