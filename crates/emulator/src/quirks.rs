//! Where LinkedIn departs from the standards, or from its own pages; each departure is a switch.

use serde::{Deserialize, Serialize};

/// LinkedIn's departures. Where LinkedIn was seen to behave in two ways, both are here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Quirks {
    /// What the issuer is. LinkedIn reference §5.1.
    pub issuer: Issuer,
    /// What separates scopes in answers. LinkedIn reference §1.5.
    pub scope_separator: ScopeSeparator,
    /// How `expires_in` is written. LinkedIn reference §1.5, §13 row 21.
    pub expires_in: ExpiresIn,
    /// Whether token answers name their `token_type`; older ones did not. LinkedIn reference §1.5.
    pub token_type: bool,
    /// Whether the id_token's header says `"zip":"RS256"` although nothing is compressed. LinkedIn reference §5.3.
    pub zip_header: bool,
    /// Whether the id_token carries `email_verified` and `locale` as strings, unlike userinfo. LinkedIn reference §5.3.
    pub claims_as_strings: bool,
    /// Whether userinfo's `locale` is an object of country and language. LinkedIn reference §5.4.
    pub locale_as_object: bool,
    /// Whether a `nonce` is accepted and forgotten. LinkedIn reference §5.3.
    pub nonce_dropped: bool,
    /// What a `code_verifier` beside the client secret leads to. LinkedIn reference §6.
    pub code_verifier: CodeVerifier,
    /// Whether the client's secret counts only in the request's body (`client_secret_post`). LinkedIn reference §1.4.
    pub secret_in_body_only: bool,
    /// Whether the discovery document leaves out how clients authenticate, grant types, PKCE and the rest. LinkedIn
    /// reference §5.1.
    pub discovery_terse: bool,
    /// Whether published keys have neither `use` nor `alg`. LinkedIn reference §5.2.
    pub keys_terse: bool,
    /// Which `error` a code gets that belongs to another application or redirect address, or is too old. LinkedIn
    /// reference §1.6, where both were seen.
    pub code_mismatch: CodeMismatch,
    /// What a used code is answered. Not documented. LinkedIn reference §1.6.
    pub code_reuse: CodeReuse,
    /// Which error a scope gets that the application was not given. LinkedIn reference §1.3.
    pub unauthorized_scope: UnauthorizedScope,
    /// HTTP status of the page for a wrong client or redirect address: documented 401, seen 200. LinkedIn reference §1.3.
    pub refusal_page_status: RefusalPageStatus,
    /// Whether a browser without LinkedIn's cookie gets errors as a 200 page with a link back to the application, in
    /// place of a redirect. LinkedIn reference §1.3.
    pub error_interstitial: bool,
    /// Whether asking a member for another set of scopes ends the application's earlier tokens. LinkedIn reference §1.5.
    pub scope_change_revokes: bool,
    /// Whether `openid` needs `profile` or `email` beside it. LinkedIn reference §1.3.
    pub openid_alone_refused: bool,
    /// Whether the query of a redirect address does not count when it is compared with the registered ones. LinkedIn
    /// reference §1.1.
    pub redirect_query_ignored: bool,
    /// Whether `prompt`, `max_age` and request objects are ignored (an assumption), rather than obeyed or refused (OpenID
    /// Connect Core §3.1.2.1, §6). LinkedIn reference §1.1.
    pub prompt_ignored: bool,
    /// Whether redirects leave out `iss`, which tells providers apart (RFC 9207). LinkedIn reference §1.2.
    pub redirect_without_issuer: bool,
    /// Whether refreshing answers with the same refresh token, whose life is not extended, rather than with a new one in
    /// its place. LinkedIn reference §2.
    pub refresh_token_kept: bool,
    /// Whether refusals are LinkedIn's own, rather than those of RFC 6749 §5.2 and RFC 6750 §3. Without it, repeated
    /// parameters are refused and token answers carry `Pragma`, as RFC 6749 §3 and §5.1 want. LinkedIn reference §1.6, §2.
    pub errors_of_its_own: bool,
    /// Whether introspection answers in LinkedIn's own form, rather than in that of RFC 7662. LinkedIn reference §3.
    pub introspection_of_its_own: bool,
    /// Whether the authorization page and userinfo are for GET only, although OpenID Connect Core §3.1.2.1 and §5.3.1 want
    /// POST as well. An assumption.
    pub get_only: bool,
    /// Whether nobody has a `picture`, as if no member had a portrait. LinkedIn reference §5.4.
    pub picture_absent: bool,
    /// Whether nobody has an `email`. LinkedIn reference §5.4.
    pub email_absent: bool,
}

/// Forms of the issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Issuer {
    /// With the path `/oauth`, since April 2024.
    Current,
    /// The bare origin, as LinkedIn's page still prints.
    BeforeApril2024,
}

/// Separators of scopes in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeSeparator {
    /// `email,openid,profile`: what LinkedIn sends.
    Comma,
    /// `email openid profile`: what RFC 6749 §3.3 and LinkedIn's pages say.
    Space,
}

/// Ways of writing `expires_in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiresIn {
    /// The full life in seconds.
    Seconds,
    /// One second less, as commonly seen.
    OneSecondLess,
    /// The number as a string, as a sample on LinkedIn's pages.
    Text,
    /// Milliseconds, the defect of spring 2020.
    Milliseconds,
}

/// What becomes of a `code_verifier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeVerifier {
    /// 401 `invalid_client`, whatever the challenge was.
    Refused,
    /// Checked against the challenge (RFC 7636 §4.6).
    Checked,
}

/// The `error` of a code that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeMismatch {
    /// As documented.
    InvalidRedirectUri,
    /// As also seen.
    InvalidRequest,
    /// As RFC 6749 §5.2 says.
    InvalidGrant,
}

/// What a used code is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeReuse {
    /// As a code that does not fit. An assumption.
    AsMismatch,
    /// As a code that LinkedIn never issued. The other assumption.
    AsUnknown,
    /// As a code that does not fit, and the tokens it gave end (RFC 6749 §4.1.2).
    AsMismatchAndRevoke,
}

/// The error for a scope beyond the application's products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnauthorizedScope {
    /// `unauthorized_scope_error`, naming the scope with HTML-escaped quotation marks.
    Named,
    /// `invalid_scope_error`, naming nothing; seen in 2026.
    Unnamed,
    /// `invalid_scope`, as from 2015 to 2017 and in RFC 6749 §4.1.2.1.
    Old,
}

/// The status of the page that stands in for a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalPageStatus {
    /// 200, as seen.
    Ok,
    /// 401, as documented.
    Unauthorized,
    /// 400, as one would expect.
    BadRequest,
}

impl Quirks {
    /// LinkedIn as it is seen today.
    #[must_use]
    pub const fn linkedin() -> Self {
        Self {
            issuer: Issuer::Current,
            scope_separator: ScopeSeparator::Comma,
            expires_in: ExpiresIn::Seconds,
            token_type: true,
            zip_header: true,
            claims_as_strings: true,
            locale_as_object: true,
            nonce_dropped: true,
            code_verifier: CodeVerifier::Refused,
            secret_in_body_only: true,
            discovery_terse: true,
            keys_terse: true,
            code_mismatch: CodeMismatch::InvalidRedirectUri,
            code_reuse: CodeReuse::AsMismatch,
            unauthorized_scope: UnauthorizedScope::Named,
            refusal_page_status: RefusalPageStatus::Ok,
            error_interstitial: false,
            scope_change_revokes: true,
            openid_alone_refused: true,
            redirect_query_ignored: true,
            prompt_ignored: true,
            redirect_without_issuer: true,
            refresh_token_kept: true,
            errors_of_its_own: true,
            introspection_of_its_own: true,
            get_only: true,
            picture_absent: false,
            email_absent: false,
        }
    }

    /// None of them: OpenID Connect Core, RFC 6749 and RFC 7636 to the letter.
    #[must_use]
    pub const fn textbook() -> Self {
        Self {
            issuer: Issuer::Current,
            scope_separator: ScopeSeparator::Space,
            expires_in: ExpiresIn::Seconds,
            token_type: true,
            zip_header: false,
            claims_as_strings: false,
            locale_as_object: false,
            nonce_dropped: false,
            code_verifier: CodeVerifier::Checked,
            secret_in_body_only: false,
            discovery_terse: false,
            keys_terse: false,
            code_mismatch: CodeMismatch::InvalidGrant,
            code_reuse: CodeReuse::AsMismatchAndRevoke,
            unauthorized_scope: UnauthorizedScope::Old,
            refusal_page_status: RefusalPageStatus::BadRequest,
            error_interstitial: false,
            scope_change_revokes: false,
            openid_alone_refused: false,
            redirect_query_ignored: false,
            prompt_ignored: false,
            redirect_without_issuer: false,
            refresh_token_kept: false,
            errors_of_its_own: false,
            introspection_of_its_own: false,
            get_only: false,
            picture_absent: false,
            email_absent: false,
        }
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self::linkedin()
    }
}
