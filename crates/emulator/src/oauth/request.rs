//! What an application asks of a member, and what LinkedIn refuses before the member sees it (LinkedIn reference §1.1,
//! §1.3).

use maud::html;

use crate::gateway::Fields;
use crate::grants::Challenge;
use crate::linkedin::LinkedIn;
use crate::quirks::UnauthorizedScope;
use crate::scopes::Scopes;
use crate::settings::Client;

/// A request that may be shown to a member.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client: Client,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) scopes: Scopes,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
}

/// Why a request is not shown to a member.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// The browser stays at LinkedIn: nobody knows where else it could safely go.
    Stays(Untrusted),
    /// The browser goes back to the application.
    GoesBack(ErrorReply),
}

/// Why the address to go back to cannot be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untrusted {
    /// `client_id` is absent or unknown.
    Client,
    /// `redirect_uri` is absent or not registered.
    RedirectUri,
}

/// An error that the application is told through the browser.
#[derive(Clone, Debug)]
pub(crate) struct ErrorReply {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) error: AuthorizationError,
}

/// LinkedIn reference §1.3, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuthorizationError {
    /// The member cancels on the login page.
    CancelledLogin,
    /// The member refuses consent.
    CancelledAuthorize,
    /// The application was not given a scope.
    UnauthorizedScope {
        scope: String,
        told: UnauthorizedScope,
    },
    /// `openid` without `profile` or `email`.
    OpenidAlone,
    /// There is no `scope`.
    NoScope,
    /// `response_type` is not `code`. LinkedIn's answer was not found; RFC 6749 §4.1.2.1.
    UnsupportedResponseType,
}

impl AuthorizationError {
    /// `error` and `error_description`.
    pub(super) fn told(&self) -> (&'static str, String) {
        let (error, description) = match self {
            Self::CancelledLogin => ("user_cancelled_login", "The user cancelled LinkedIn login"),
            Self::CancelledAuthorize => (
                "user_cancelled_authorize",
                "The user cancelled the authorization",
            ),
            Self::UnauthorizedScope { scope, told } => return unauthorized_scope(scope, *told),
            Self::OpenidAlone => (
                "openid_insufficient_scope_error",
                "Include valid openId scopes like profile, email.",
            ),
            Self::NoScope => (
                "invalid_request",
                r#"You need to pass the "scope" parameter"#,
            ),
            Self::UnsupportedResponseType => (
                "unsupported_response_type",
                "The response type must be code",
            ),
        };
        (error, description.to_owned())
    }
}

fn unauthorized_scope(scope: &str, told: UnauthorizedScope) -> (&'static str, String) {
    match told {
        // LinkedIn escapes for HTML what it then encodes for an address; `html!` does the same.
        UnauthorizedScope::Named => {
            let text = html! { "Scope \"" (scope) "\" is not authorized for your application" };
            ("unauthorized_scope_error", text.into_string())
        }
        UnauthorizedScope::Unnamed => (
            "invalid_scope_error",
            "The requested permission scope is not valid".to_owned(),
        ),
        UnauthorizedScope::Old => (
            "invalid_scope",
            format!(r#"Your application has not been authorized for the scope "{scope}""#),
        ),
    }
}

impl AuthorizationRequest {
    /// Reads a request. The redirect address is checked before the scopes.
    pub(super) fn read(linkedin: &LinkedIn, query: &Fields) -> Result<Self, Refusal> {
        let client = query.get("client_id").and_then(|id| linkedin.client(id));
        let client = client.ok_or(Refusal::Stays(Untrusted::Client))?;
        let redirect_uri = query
            .get("redirect_uri")
            .filter(|uri| is_registered(uri, &client))
            .ok_or(Refusal::Stays(Untrusted::RedirectUri))?
            .to_owned();
        let state = query.get("state").map(str::to_owned);
        let scopes = match asked_scopes(linkedin, &client, query) {
            Ok(scopes) => scopes,
            Err(error) => {
                return Err(Refusal::GoesBack(ErrorReply {
                    redirect_uri,
                    state,
                    error,
                }));
            }
        };
        Ok(Self {
            redirect_uri,
            state,
            scopes,
            nonce: query.get("nonce").map(str::to_owned),
            challenge: challenge(query),
            client,
        })
    }
}

/// LinkedIn ignores query arguments when it compares, and permits no fragment (LinkedIn reference §1.1).
fn is_registered(uri: &str, client: &Client) -> bool {
    let bare = |uri: &str| uri.split('?').next().unwrap_or_default().to_owned();
    !uri.contains('#')
        && client
            .redirect_uris
            .iter()
            .any(|known| bare(known) == bare(uri))
}

fn asked_scopes(
    linkedin: &LinkedIn,
    client: &Client,
    query: &Fields,
) -> Result<Scopes, AuthorizationError> {
    if query.get("response_type") != Some("code") {
        return Err(AuthorizationError::UnsupportedResponseType);
    }
    let scopes = query.get("scope").map(Scopes::parse).unwrap_or_default();
    if scopes.is_empty() {
        return Err(AuthorizationError::NoScope);
    }
    if let Some(scope) = scopes.first_beyond(&Scopes::of(&client.scopes)) {
        let told = linkedin.quirks.unauthorized_scope;
        return Err(AuthorizationError::UnauthorizedScope {
            scope: scope.to_owned(),
            told,
        });
    }
    if linkedin.quirks.openid_alone_refused && scopes.is_only(Scopes::OPENID) {
        return Err(AuthorizationError::OpenidAlone);
    }
    Ok(scopes)
}

/// RFC 7636 §4.3. LinkedIn's web flow forgets it; the textbook's does not.
fn challenge(query: &Fields) -> Option<Challenge> {
    let challenge = query.get("code_challenge")?.to_owned();
    match query.get("code_challenge_method") {
        Some("S256") => Some(Challenge::S256(challenge)),
        Some(_) | None => Some(Challenge::Plain(challenge)),
    }
}
