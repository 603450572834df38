//! Pages in place of a redirect (LinkedIn reference §1.3).

use maud::{Markup, html};

use super::layout;

/// The page for a wrong client or redirect address, worded as LinkedIn's.
pub(crate) fn page(reason: &str) -> Markup {
    layout(
        "Bummer, something went wrong",
        html! {
            h1 { "Bummer, something went wrong." }
            p { (reason) }
            p.hint {
                "The application is not told: the browser is never sent to an address that is not registered."
            }
        },
    )
}

/// The page that some browsers get in place of an error redirect.
pub(crate) fn interstitial(address: &str) -> Markup {
    layout(
        "Return to the application",
        html! {
            h1 { "You cannot sign in at the moment" }
            p { a href=(address) { "Return to the application" } }
        },
    )
}
