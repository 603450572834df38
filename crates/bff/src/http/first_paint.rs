//! What the app's document says of the session, so that the page need not ask before it shows the badge.

use axum::http::{HeaderMap, HeaderValue, Method};
use lapel_wire::{SessionView, SignedOutReason};

use super::cookies::Jar;
use super::navigation::is_prefetch;
use crate::Bff;
use crate::session::Found;

/// What goes along with the document.
#[derive(Default)]
pub(super) struct FirstPaint {
    /// Nothing where it is not certain; the page then asks.
    pub(super) told: Option<Told>,
    /// Cookies to set with it.
    pub(super) cookies: Vec<HeaderValue>,
}

/// What the document says of the session.
pub(super) struct Told {
    pub(super) view: SessionView,
    /// Whether LinkedIn is to be asked about the session. The document does not wait for that; the page asks at once.
    pub(super) check_is_due: bool,
}

impl FirstPaint {
    /// For a member who goes to a page, which is a use of the session. Whatever else asks for a document, such as a
    /// preview or a prefetch, is told nothing and uses nothing.
    /// While the shared store is down nobody can say; the page asks, and hears that.
    pub(super) async fn of(bff: &Bff, jar: &Jar, method: &Method, headers: &HeaderMap) -> Self {
        if *method != Method::GET || is_prefetch(headers) {
            return Self::default();
        }
        let shared = &bff.0;
        let out = |reason| Self {
            told: Some(Told {
                view: bff.signed_out(reason),
                check_is_due: false,
            }),
            cookies: Vec::new(),
        };
        let Ok(found) = bff.session(jar).await else {
            return Self::default();
        };
        match found {
            None if shows_every_cookie(headers) && !jar.hides_session(shared.cookies) => {
                out(SignedOutReason::NoSession)
            }
            None => Self::default(),
            Some(Found::Alive(mut held)) => {
                shared.sessions.used(&mut held);
                let now = shared.clock.now_seconds();
                let view = held.session.view(shared.sessions.lifetimes(), now);
                Self {
                    told: Some(Told {
                        view: SessionView::SignedIn(view),
                        check_is_due: shared.sessions.check_is_due(&held),
                    }),
                    cookies: bff.news(&held),
                }
            }
            Some(Found::Expired(_)) => out(SignedOutReason::Expired),
            Some(Found::Ended(_, reason)) => out(reason),
            Some(Found::Unreadable(_)) => Self {
                cookies: shared.cookies.clear_session(),
                ..out(SignedOutReason::Unreadable)
            },
        }
    }
}

/// Whether a browser sends `SameSite=Strict` cookies with this navigation (RFC 6265bis §5.2). With one that another site
/// began, such as the way back from LinkedIn, it does not, so that no cookie does not mean no session. Who says nothing of
/// the site (Fetch Metadata) may come from any.
fn shows_every_cookie(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| {
        ["same-origin", "same-site", "none"]
            .iter()
            .any(|own| site == own)
    })
}
