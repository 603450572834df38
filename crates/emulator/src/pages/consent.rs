//! Do you consent?

use maud::{Markup, html};

use super::{layout, person};
use crate::endpoint::path;
use crate::linkedin::LinkedIn;
use crate::members::Member;
use crate::oauth::AuthorizationRequest;

/// What the application asks for, each permission in words; all of them or none (LinkedIn reference §1.1).
pub(crate) fn page(
    linkedin: &LinkedIn,
    pending: &str,
    request: &AuthorizationRequest,
    member: &Member,
) -> Markup {
    layout(
        "Allow access",
        html! {
            h1 { bdi { (request.client.name) } " would like to" }
            ul.permissions {
                @for scope in request.scopes.iter() {
                    li {
                        @if let Some(words) = in_words(scope) { (words) " " }
                        code { (scope) }
                    }
                }
            }
            form method="post" action=(path::CONSENT) {
                input type="hidden" name="pending" value=(pending);
                div.signed-in {
                    (person::face(linkedin, member))
                    span.who {
                        span.headline { "Signed in as" }
                        bdi.name { (member.name()) }
                    }
                    button.link name="decision" value="switch" { "Not you?" }
                }
                div.decision {
                    button.quiet name="decision" value="cancel" { "Cancel" }
                    button.loud name="decision" value="allow" { "Allow" }
                }
            }
            p.hint {
                "Either answer takes you back to "
                span.address { (destination(&request.redirect_uri)) }
                "."
            }
        },
    )
}

/// What a permission means to a member. Scopes that no self-serve product gives are shown by name alone.
pub(super) fn in_words(scope: &str) -> Option<&'static str> {
    match scope {
        "openid" => Some("Recognise you when you come back"),
        "profile" => Some("Use your name and photo"),
        "email" => Some("Use the primary email address associated with your account"),
        "w_member_social" => {
            Some("Create, modify and delete posts, comments and reactions on your behalf")
        }
        "r_liteprofile" | "r_basicprofile" => Some("Use your name, photo and headline"),
        "r_emailaddress" => Some("Use your primary email address"),
        _ => None,
    }
}

fn destination(redirect_uri: &str) -> String {
    let parsed = url::Url::parse(redirect_uri);
    parsed.map_or_else(
        |_| redirect_uri.to_owned(),
        |url| url.origin().ascii_serialization(),
    )
}
