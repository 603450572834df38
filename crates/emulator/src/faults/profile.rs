//! The legacy profile is not what it should be (LinkedIn reference §10).

use crate::endpoint::Endpoint;

family! {
    /// Defects of `/v2/me`.
    pub enum ProfileDefect {
        /// 200 with an error in place of the decorated picture: `"displayImage!":{"status":429,…}`.
        PictureThrottled = "profile_picture_throttled", Observed, "The profile comes with an error in place of its picture.";
    }
}

impl ProfileDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::PictureThrottled => matches!(endpoint, Endpoint::Profile),
        }
    }
}
