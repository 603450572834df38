//! The link that renews a session.

use lapel::test_kit::{renewal_offered, signing_in};
use lapel::{RenewalButton, Session, SignInLook};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let button = |state, session: Session, look| {
        Exhibit::of_session("renewal_button", state, session, move || {
            view! { <RenewalButton look /> }
        })
    };
    let ada = || renewal_offered("Ada Lovelace");
    vec![
        button("in LinkedIn's colour", ada(), SignInLook::Brand),
        button("solid", ada(), SignInLook::Solid),
        button("quiet", ada(), SignInLook::Quiet),
        button("while the browser leaves", signing_in(), SignInLook::Brand),
    ]
}
