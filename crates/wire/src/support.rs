//! What LinkedIn's support wants to know of a failed call, and where it is found.

use serde::{Deserialize, Serialize};

/// One failed call to LinkedIn, as LinkedIn asks for it (LinkedIn reference §8.3, §11.1 practice 9). Flat and made of
/// text: it is shown, copied and saved as it is, and nothing is decided by it. It holds no secret: the access token stands
/// in it as a fingerprint, and bodies that may hold secrets are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportRecord {
    /// The reference of this occurrence in the BFF's log.
    pub reference: String,
    /// When the call began, by the BFF's clock (RFC 3339, UTC).
    pub moment: String,
    /// The application's public identifier at LinkedIn.
    pub client_id: String,
    /// Milliseconds from the first attempt's beginning to the last one's end.
    pub duration_ms: u64,
    /// How often LinkedIn was asked; none where it was not asked at all, since it has been failing.
    pub attempts: u32,
    /// Why the call is a failure, in English.
    pub failure: String,
    /// The request's HTTP method.
    pub method: String,
    /// The request's address.
    pub url: String,
    /// The request's headers, one a line, as `name: value`.
    pub request_headers: String,
    /// The beginning of the request's body, where it has one that is text and no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub request_body: Option<String>,
    /// The answer's HTTP status, where an answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub status: Option<u16>,
    /// `x-li-uuid` of the answer: LinkedIn's name for this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub x_li_uuid: Option<String>,
    /// `x-li-fabric` of the answer: LinkedIn's data centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub x_li_fabric: Option<String>,
    /// `x-li-request-id` of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub x_li_request_id: Option<String>,
    /// The beginning of the answer's body, where it has one that is text and no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub response_body: Option<String>,
}

/// Where to turn to when LinkedIn goes on failing (LinkedIn reference §11.5). Https addresses of LinkedIn's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportLinks {
    /// LinkedIn's support for developers.
    pub support: String,
    /// Whether LinkedIn's APIs work.
    pub status: String,
}
