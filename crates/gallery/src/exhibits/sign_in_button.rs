//! The sign-in link.

use lapel::test_kit::{checking, out_of_reach, signed_out, signing_in};
use lapel::{Kind, Reason, Session, SignInButton, SignInLook, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

const NAME: &str = "sign_in_button";

pub(super) fn exhibits() -> Vec<Exhibit> {
    let visitor = || signed_out(Reason::Elsewhere);
    let link = |state: &str, session: Session, look| {
        Exhibit::of_session(NAME, state, session, move || {
            view! { <SignInButton look /> }
        })
    };
    let named = Exhibit::of_session(NAME, "words of its own", visitor(), || {
        view! { <SignInButton look=SignInLook::Solid label=use_texts().failures.try_again /> }
    });
    vec![
        link("LinkedIn's colour", visitor(), SignInLook::Brand),
        link("solid", visitor(), SignInLook::Solid),
        link("quiet", visitor(), SignInLook::Quiet),
        link("leaving", signing_in(), SignInLook::Brand),
        link("leaving, solid", signing_in(), SignInLook::Solid),
        link("leaving, quiet", signing_in(), SignInLook::Quiet),
        link("while checking", checking(), SignInLook::Brand),
        link(
            "out of reach",
            out_of_reach(Kind::Unreachable),
            SignInLook::Brand,
        ),
        named,
    ]
}
