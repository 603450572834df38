//! What an application asks of a member, and what LinkedIn refuses before the member sees it (LinkedIn reference §1.1,
//! §1.3).

use maud::html;

use super::repeats;
use crate::gateway::Fields;
use crate::grants::{Challenge, Flow};
use crate::linkedin::LinkedIn;
use crate::quirks::{CodeVerifier, UnauthorizedScope};
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
    pub(crate) flow: Flow,
    pub(crate) prompt: Prompt,
    /// How long ago the member may have signed in, in seconds.
    pub(crate) max_age: Option<i64>,
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
    /// The application is not enabled for the native flow (LinkedIn reference §6). That the browser stays at LinkedIn is an
    /// assumption.
    NotNative,
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
    /// There is no `response_type`, for which the textbook has an error of its own (RFC 6749 §4.1.2.1).
    NoResponseType,
    /// A parameter came more than once (RFC 6749 §3.1).
    Repeated,
    /// `response_type` is not `code`. LinkedIn's answer was not found; RFC 6749 §4.1.2.1.
    UnsupportedResponseType,
    /// The challenge is absent where one is needed, or is not of the method S256.
    Challenge,
    /// `request` or `request_uri` came (OpenID Connect Core §6).
    RequestObject(&'static str),
    /// `prompt=none`, and nobody is signed in (OpenID Connect Core §3.1.2.6).
    LoginRequired,
    /// `prompt=none`, and the member would have to be asked.
    ConsentRequired,
    /// `prompt=none` beside another prompt.
    Prompt,
}

/// Whom or what the application wants asked again (OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// Nobody may be asked anything.
    pub(crate) none: bool,
    /// Who the member is.
    pub(crate) login: bool,
    /// Whether the member consents.
    pub(crate) consent: bool,
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
            Self::NoResponseType => ("invalid_request", "A response_type is needed"),
            Self::Repeated => ("invalid_request", "A parameter came more than once"),
            Self::UnsupportedResponseType => (
                "unsupported_response_type",
                "The response type must be code",
            ),
            Self::Challenge => (
                "invalid_request",
                "A code_challenge with the method S256 is needed",
            ),
            Self::RequestObject(error) => (*error, "Request objects are not supported"),
            Self::LoginRequired => ("login_required", "Nobody is signed in"),
            Self::ConsentRequired => ("consent_required", "The member has to be asked"),
            Self::Prompt => ("invalid_request", "The prompt none stands alone"),
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
    /// Reads a request. The redirect address is checked before the scopes: one that is repeated, or that could break out of
    /// a header, is as good as none.
    pub(super) fn read(linkedin: &LinkedIn, query: &Fields, flow: Flow) -> Result<Self, Refusal> {
        let client = query
            .get("client_id")
            .filter(|_| !repeats::of(linkedin, query, "client_id"))
            .and_then(|id| linkedin.client(id));
        let client = client.ok_or(Refusal::Stays(Untrusted::Client))?;
        if flow == Flow::Native && !linkedin.native_clients.contains(&client.id) {
            return Err(Refusal::Stays(Untrusted::NotNative));
        }
        let redirect_uri = query
            .get("redirect_uri")
            .filter(|uri| !uri.contains(char::is_control))
            .filter(|_| !repeats::of(linkedin, query, "redirect_uri"))
            .filter(|uri| match flow {
                Flow::Web => is_registered(linkedin, uri, &client),
                Flow::Native => is_loopback(uri),
            })
            .ok_or(Refusal::Stays(Untrusted::RedirectUri))?
            .to_owned();
        let state = query.get("state").map(str::to_owned);
        let back = |error| {
            Refusal::GoesBack(ErrorReply {
                redirect_uri: redirect_uri.clone(),
                state: state.clone(),
                error,
            })
        };
        if repeats::any(linkedin, query) {
            return Err(back(AuthorizationError::Repeated));
        }
        let scopes = asked_scopes(linkedin, &client, query).map_err(back)?;
        let challenge = challenge(linkedin, query, flow).map_err(back)?;
        let (prompt, max_age) = if linkedin.quirks.prompt_ignored {
            (Prompt::default(), None)
        } else {
            refuse_request_objects(query).map_err(back)?;
            let max_age = query.get("max_age").and_then(|age| age.parse().ok());
            (prompt(query).map_err(back)?, max_age)
        };
        Ok(Self {
            nonce: query.get("nonce").map(str::to_owned),
            redirect_uri,
            state,
            scopes,
            challenge,
            flow,
            prompt,
            max_age,
            client,
        })
    }

    pub(super) fn refused(&self, error: AuthorizationError) -> ErrorReply {
        ErrorReply {
            redirect_uri: self.redirect_uri.clone(),
            state: self.state.clone(),
            error,
        }
    }
}

/// LinkedIn ignores query arguments when it compares, and permits no fragment (LinkedIn reference §1.1).
fn is_registered(linkedin: &LinkedIn, uri: &str, client: &Client) -> bool {
    let compared = |uri: &str| {
        let whole = uri.to_owned();
        if linkedin.quirks.redirect_query_ignored {
            uri.split('?').next().map_or(whole, str::to_owned)
        } else {
            whole
        }
    };
    !uri.contains('#')
        && client
            .redirect_uris
            .iter()
            .any(|known| compared(known) == compared(uri))
}

/// Native applications listen on a port of the member's machine, which cannot be registered (LinkedIn reference §6; RFC
/// 8252 §7.3). That the path is free as well is an assumption.
fn is_loopback(uri: &str) -> bool {
    url::Url::parse(uri).is_ok_and(|url| {
        url.scheme() == "http"
            && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"))
            && url.fragment().is_none()
    })
}

fn prompt(query: &Fields) -> Result<Prompt, AuthorizationError> {
    let asked: Vec<&str> = query
        .get("prompt")
        .map(|prompt| prompt.split_ascii_whitespace().collect())
        .unwrap_or_default();
    let has = |name| asked.contains(&name);
    if has("none") && asked.len() > 1 {
        return Err(AuthorizationError::Prompt);
    }
    Ok(Prompt {
        none: has("none"),
        login: has("login") || has("select_account"),
        consent: has("consent"),
    })
}

fn refuse_request_objects(query: &Fields) -> Result<(), AuthorizationError> {
    let unsupported = [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
    ];
    match unsupported
        .into_iter()
        .find(|(name, _)| query.get(name).is_some())
    {
        Some((_, error)) => Err(AuthorizationError::RequestObject(error)),
        None => Ok(()),
    }
}

fn asked_scopes(
    linkedin: &LinkedIn,
    client: &Client,
    query: &Fields,
) -> Result<Scopes, AuthorizationError> {
    match query.get("response_type") {
        Some("code") => {}
        None if !linkedin.quirks.errors_of_its_own => {
            return Err(AuthorizationError::NoResponseType);
        }
        Some(_) | None => return Err(AuthorizationError::UnsupportedResponseType),
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

/// RFC 7636 §4.3. LinkedIn's web flow forgets what comes; where a challenge is looked at, only S256 will do.
fn challenge(
    linkedin: &LinkedIn,
    query: &Fields,
    flow: Flow,
) -> Result<Option<Challenge>, AuthorizationError> {
    let challenge = query.get("code_challenge").map(str::to_owned);
    let is_s256 = query.get("code_challenge_method") == Some("S256");
    let looked_at = match (flow, linkedin.quirks.code_verifier) {
        (Flow::Native, _) | (Flow::Web, CodeVerifier::Checked) => true,
        (Flow::Web, CodeVerifier::Refused) => false,
    };
    match challenge {
        Some(_) if looked_at && !is_s256 => Err(AuthorizationError::Challenge),
        None if flow == Flow::Native => Err(AuthorizationError::Challenge),
        challenge => Ok(challenge.filter(|_| looked_at).map(Challenge::S256)),
    }
}
