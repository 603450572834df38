//! Who are you?

use maud::{Markup, html};

use super::{layout, person};
use crate::endpoint::path;
use crate::linkedin::LinkedIn;
use crate::oauth::AuthorizationRequest;

/// The list of members, in place of LinkedIn's e-mail and password.
pub(crate) fn page(linkedin: &LinkedIn, pending: &str, request: &AuthorizationRequest) -> Markup {
    layout(
        "Sign in",
        html! {
            h1 { "Sign in to continue to " bdi { (request.client.name) } }
            p.hint { "LinkedIn would ask for an e-mail address and a password. Here you choose who you are." }
            form method="post" action=(path::LOGIN) {
                input type="hidden" name="pending" value=(pending);
                ul.members {
                    @for member in linkedin.members.all() {
                        li {
                            button.member name="member" value=(member.slug) {
                                (person::face(linkedin, &member))
                                span.who {
                                    bdi.name { (member.name()) }
                                    span.headline { (member.headline) }
                                }
                            }
                        }
                    }
                }
                div.decision {
                    button.quiet name="decision" value="cancel_login" { "Cancel" }
                }
            }
        },
    )
}
