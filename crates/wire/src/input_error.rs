//! What of a request LinkedIn refused.

use serde::{Deserialize, Serialize};

/// What of a request LinkedIn refused, as far as LinkedIn says so by a code (LinkedIn reference §9.3) and not only in words
/// that change without notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum InputError {
    /// The text is longer than LinkedIn takes.
    TooLong {
        /// How long it may be, where LinkedIn says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        most: Option<u64>,
    },
    /// The member posted the same a day or two ago at most.
    Duplicate {
        /// Name of that post, as `urn:li:share:7000000000000000000`, where LinkedIn's words have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        of: Option<String>,
    },
    /// A code that means nothing to this version. LinkedIn's words are the problem's detail.
    #[serde(other)]
    Other,
}
