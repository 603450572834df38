//! What a fault needs to know of a call in order to tell whether it is meant.

use axum::http::Method;
use axum::http::request::Parts;

use crate::endpoint::Endpoint;
use crate::gateway::{Caller, Heard, bearer};

/// A call as faults see it, before it is handled.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) endpoint: Endpoint,
    pub(crate) caller: Caller,
    /// The access token of a member API, or the token that introspection is asked about.
    pub(super) token: Option<String>,
    /// The refresh token of a refresh.
    pub(super) refresh_token: Option<String>,
    grant_type: Option<String>,
    method: Method,
}

impl Call {
    pub(crate) fn new(endpoint: Endpoint, caller: Caller, parts: &Parts, heard: &Heard) -> Self {
        let field = |name| heard.form.get(name).map(str::to_owned);
        Self {
            endpoint,
            caller,
            token: bearer(&parts.headers)
                .map(str::to_owned)
                .or_else(|| field("token")),
            refresh_token: field("refresh_token"),
            grant_type: field("grant_type"),
            method: parts.method.clone(),
        }
    }

    pub(super) fn exchanges_code(&self) -> bool {
        self.grant_type.as_deref() == Some("authorization_code")
    }

    pub(super) fn refreshes(&self) -> bool {
        self.grant_type.as_deref() == Some("refresh_token")
    }

    pub(super) fn creates(&self) -> bool {
        self.method == Method::POST
    }
}
