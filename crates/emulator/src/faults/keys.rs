//! The keys that verify id_tokens are not what they were (LinkedIn reference §5.2: the schedule is unknown).

use crate::endpoint::Endpoint;

family! {
    /// Changes of the published keys.
    pub enum KeysDefect {
        /// From this call on there is another key under another name; the old one is gone. A client that kept the old
        /// set must ask again, and then all is well.
        Rotated = "keys_rotated", Assumed, "LinkedIn signs with a new key; the old one is gone.";
        /// From this call on there is another key under the name of the old one.
        RotatedUnderOneName = "keys_rotated_under_one_name", Assumed, "LinkedIn signs with a new key that has the old one’s `kid`.";
        /// The key set is empty, this time.
        NonePublished = "keys_none_published", Assumed, "The key set is empty.";
    }
}

impl KeysDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Rotated | Self::RotatedUnderOneName => {
                matches!(endpoint, Endpoint::Token | Endpoint::Keys)
            }
            Self::NonePublished => matches!(endpoint, Endpoint::Keys),
        }
    }
}
