//! The BFF's routes and the names that travel in their queries and headers. A path exists once, here.

/// Everything under this prefix belongs to the BFF; no page of an application may live there.
pub const PREFIX: &str = "/bff";

/// `GET`, top-level navigation only: starts the sign-in, or goes straight back where the live session suffices.
pub const LOGIN: &str = "/bff/login";

/// `GET`: where LinkedIn sends the browser back. The address to register in LinkedIn's developer portal ends in this.
pub const CALLBACK: &str = "/bff/callback";

/// `GET`: who is signed in, as a [`SessionView`](crate::SessionView).
pub const SESSION: &str = "/bff/session";

/// `POST`: takes over a member whom LinkedIn's JavaScript SDK has signed in; answers a
/// [`SessionView`](crate::SessionView). 404 unless switched on.
pub const JS_SDK: &str = "/bff/session/js-sdk";

/// `POST`: ends the session; answers a [`SignOutReport`](crate::SignOutReport).
pub const LOGOUT: &str = "/bff/logout";

/// Any method: below this, LinkedIn's API as far as the operator opens it. `/bff/linkedin/v2/userinfo` is LinkedIn's
/// `/v2/userinfo` with the member's token. Answers are LinkedIn's own, or a [`Problem`](crate::Problem).
pub const LINKEDIN: &str = "/bff/linkedin";

/// `POST` below [`LINKEDIN`]: makes a post in the member's name (LinkedIn reference §9.2).
pub const POSTS: &str = "/bff/linkedin/rest/posts";

/// Header of LinkedIn's answer to a new post: the post's name.
pub const MADE_HEADER: &str = "x-restli-id";

/// Query parameter of [`LOGOUT`]: [`EVERYWHERE_VALUE`] ends all of the member's sessions, in every browser. Needs a shared
/// store; without one the answer is 501 with [`Kind::NotConfigured`](crate::Kind::NotConfigured), and nobody is signed out.
pub const EVERYWHERE: &str = "everywhere";

/// The one value of [`EVERYWHERE`].
pub const EVERYWHERE_VALUE: &str = "1";

/// Query parameter of [`LOGIN`]: the [`LocalPath`](crate::LocalPath) to come back to.
pub const RETURN_TO: &str = "return_to";

/// Query parameter of [`LOGIN`]: the [`Feature`](crate::Feature) that the member is about to use. Its permissions are
/// asked for beside those that the session has.
pub const FEATURE: &str = "feature";

/// Query parameter of [`LOGIN`]: [`RENEW_VALUE`] sends the member to LinkedIn although the live session would suffice,
/// for a new session with its full life. Only a member's own click may lead there.
pub const RENEW: &str = "renew";

/// The one value of [`RENEW`].
pub const RENEW_VALUE: &str = "1";

/// Query parameter that the BFF adds to the return address when there is something to be said about how a sign-in ended;
/// its value is a [`SignInOutcome`](crate::SignInOutcome).
pub const OUTCOME: &str = "lapel_outcome";

/// Query parameter beside [`OUTCOME`]: the reference under which the operator finds the failure in the BFF's log.
pub const REFERENCE: &str = "lapel_reference";

/// `id` of the element in the app's document that holds a [`SessionView`](crate::SessionView) as JSON, where the BFF
/// served the document and was certain: the answer to the page's first question.
pub const SESSION_ELEMENT: &str = "lapel-session";

/// Attribute of [`SESSION_ELEMENT`] that tells the page to ask [`SESSION`] all the same, as soon as it shows what it
/// knows: LinkedIn is to be asked about the session, and the document did not wait for that.
pub const SESSION_CHECK_IS_DUE: &str = "data-check-is-due";

/// Header that the page sends with every call. A cross-site form or image cannot set it, and setting it from another
/// origin needs a preflight that the BFF never answers (RFC 10017, cookie-authenticated endpoints).
pub const ANTI_FORGERY_HEADER: &str = "x-lapel";

/// The one value of [`ANTI_FORGERY_HEADER`].
pub const ANTI_FORGERY_VALUE: &str = "1";

/// Address that renews a live session at LinkedIn and comes back to `return_to`. Only a member's own click may lead there.
///
/// ```
/// use lapel_wire::{LocalPath, paths};
/// let back = LocalPath::parse("/account").unwrap();
/// assert_eq!(paths::renewal(&back), "/bff/login?return_to=/account&renew=1");
/// ```
#[must_use]
pub fn renewal(return_to: &crate::LocalPath) -> String {
    format!("{}&{RENEW}={RENEW_VALUE}", login(return_to))
}

/// Address that asks LinkedIn for what a feature needs besides, and comes back to `return_to`. Where the session has it
/// already, it leads straight back.
///
/// ```
/// use lapel_wire::{Feature, LocalPath, paths};
/// let back = LocalPath::parse("/share").unwrap();
/// assert_eq!(
///     paths::consent(&back, Feature::Share),
///     "/bff/login?return_to=/share&feature=share"
/// );
/// ```
#[must_use]
pub fn consent(return_to: &crate::LocalPath, feature: crate::Feature) -> String {
    format!("{}&{FEATURE}={feature}", login(return_to))
}

/// The same where the session has the permissions and LinkedIn does not honour them: the member is asked again.
///
/// ```
/// use lapel_wire::{Feature, LocalPath, paths};
/// let back = LocalPath::parse("/share").unwrap();
/// assert_eq!(
///     paths::consent_again(&back, Feature::Share),
///     "/bff/login?return_to=/share&feature=share&renew=1"
/// );
/// ```
#[must_use]
pub fn consent_again(return_to: &crate::LocalPath, feature: crate::Feature) -> String {
    format!("{}&{RENEW}={RENEW_VALUE}", consent(return_to, feature))
}

/// Address that starts a sign-in and comes back to `return_to`.
///
/// ```
/// use lapel_wire::{LocalPath, paths};
/// let back = LocalPath::parse("/account?tab=1&x=%20").unwrap();
/// assert_eq!(paths::login(&back), "/bff/login?return_to=/account%3Ftab%3D1%26x%3D%2520");
/// ```
#[must_use]
pub fn login(return_to: &crate::LocalPath) -> String {
    let mut address = format!("{LOGIN}?{RETURN_TO}=");
    for byte in return_to.as_str().bytes() {
        match byte {
            // RFC 3986 §3.4: these stand for themselves in a query's value; all others are escaped.
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                address.push('%');
                address.push(char::from(HEX[usize::from(byte >> 4)]));
                address.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    address
}
