//! The answer is not the JSON that it should be, whatever it was to say.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::transport_body::Endless;
use crate::endpoint::Endpoint;

family! {
    /// Defects of JSON answers, at every endpoint that has one to give.
    pub enum BodyDefect {
        /// The answer is well-formed HTTP of the right length; its JSON stops half way. The request takes effect.
        Truncated = "truncated_json", Assumed, "The JSON of the answer stops half way.";
        /// The member without which the answer is of no use is absent. The request takes effect.
        MissingFields = "missing_fields", Assumed, "The answer lacks the members without which it is of no use.";
        /// Every member is there and has another type. The request takes effect.
        WrongTypes = "wrong_types", Assumed, "Every member of the answer has another type than it should have.";
        /// The answer never ends, but for the client leaving or a cap of 64 MiB. The request has no effect.
        Endless = "endless_body", Assumed, "The answer never ends.";
    }
}

impl BodyDefect {
    /// Endpoints whose good answer is JSON. Answers without a body cannot be malformed.
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Truncated | Self::MissingFields | Self::WrongTypes | Self::Endless => matches!(
                endpoint,
                Endpoint::Token
                    | Endpoint::Introspection
                    | Endpoint::Discovery
                    | Endpoint::Keys
                    | Endpoint::Userinfo
                    | Endpoint::Profile
                    | Endpoint::EmailAddress
                    | Endpoint::UgcPosts
                    | Endpoint::Assets
            ),
        }
    }

    pub(super) fn answer(self) -> Option<Response> {
        match self {
            Self::Endless => {
                let kind = [(CONTENT_TYPE, "application/json")];
                Some((kind, Body::new(Endless::new())).into_response())
            }
            Self::Truncated | Self::MissingFields | Self::WrongTypes => None,
        }
    }
}

/// The answer without what makes it useful at `endpoint`.
pub(crate) fn without_essentials(answer: Value, endpoint: Endpoint) -> Value {
    let essentials: &[&str] = match endpoint {
        Endpoint::Token => &["access_token", "expires_in"],
        Endpoint::Introspection => &["active"],
        Endpoint::Discovery => &["issuer", "token_endpoint"],
        Endpoint::Keys => &["keys"],
        Endpoint::Userinfo => &["sub"],
        Endpoint::Profile | Endpoint::UgcPosts => &["id"],
        Endpoint::EmailAddress => &["elements"],
        Endpoint::Assets => &["value"],
        Endpoint::Authorization
        | Endpoint::NativeAuthorization
        | Endpoint::MemberDecision
        | Endpoint::Revocation
        | Endpoint::Posts
        | Endpoint::AssetUpload
        | Endpoint::JsSdkToken
        | Endpoint::PermittedServices
        | Endpoint::Portrait
        | Endpoint::OtherApi
        | Endpoint::Other => &[],
    };
    match answer {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .filter(|(name, _)| !essentials.contains(&name.as_str()))
                .collect::<Map<_, _>>(),
        ),
        other @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)) => other,
    }
}

/// The answer with every member of another type: what was a number is an array, so that lenient parsing does not mend it.
pub(crate) fn with_other_types(answer: Value) -> Value {
    match answer {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, of_another_type(&value)))
                .collect::<Map<_, _>>(),
        ),
        other @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)) => of_another_type(&other),
    }
}

fn of_another_type(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(7),
        Value::Number(_) | Value::Bool(_) => json!([value]),
        Value::Array(_) | Value::Object(_) | Value::Null => json!("seven"),
    }
}
