//! LinkedIn's clock is wrong, and the id_token with it.

use jiff::SignedDuration;

use crate::endpoint::Endpoint;

family! {
    /// Differences between LinkedIn's clock and everybody else's. They show in the id_token's `iat` and `exp`. OpenID
    /// Connect Core §3.1.3.7 leaves room for a small one.
    pub enum ClockSkew {
        /// Half a minute ahead: a client should not care.
        AheadHalfMinute = "clock_ahead_30_s", Assumed, "LinkedIn’s clock is half a minute ahead: the id_token is from the near future.";
        /// Two hours ahead: the id_token is from the future.
        AheadTwoHours = "clock_ahead_2_h", Assumed, "LinkedIn’s clock is two hours ahead: the id_token is from the future.";
        /// Half a minute behind: a client should not care.
        BehindHalfMinute = "clock_behind_30_s", Assumed, "LinkedIn’s clock is half a minute behind: the id_token is a little old.";
        /// Two hours behind: the id_token has ended before it arrives.
        BehindTwoHours = "clock_behind_2_h", Assumed, "LinkedIn’s clock is two hours behind: the id_token has ended.";
    }
}

impl ClockSkew {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::AheadHalfMinute
            | Self::AheadTwoHours
            | Self::BehindHalfMinute
            | Self::BehindTwoHours => matches!(endpoint, Endpoint::Token),
        }
    }

    pub(super) const fn ahead(self) -> SignedDuration {
        match self {
            Self::AheadHalfMinute => SignedDuration::from_secs(30),
            Self::AheadTwoHours => SignedDuration::from_hours(2),
            Self::BehindHalfMinute => SignedDuration::from_secs(-30),
            Self::BehindTwoHours => SignedDuration::from_hours(-2),
        }
    }
}
