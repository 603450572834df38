//! Writing a post, and what may come of it.

use lapel::test_kit::{
    MockSession, MockSessionProvider, composer, may_post, signed_in, signed_out,
};
use lapel::{
    Composer, Failure, Hint, Kind, Posted, Reason, Session, ShareComposer, Stage, TextTrouble,
    Trouble, Witness,
};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

const ADA: &str = "Ada Lovelace";
const WORDS: &str = "The Analytical Engine weaves algebraic patterns (#1)\njust as the Jacquard loom weaves flowers.";

pub(super) fn exhibits() -> Vec<Exhibit> {
    let at = |stage| composer(WORDS, stage);
    let unsent = |trouble| at(Stage::Unsent(trouble));
    let mut linked = at(Stage::Writing(Some(Hint::Back)));
    "example.org/notes".clone_into(&mut linked.draft.link);
    let wrong = Trouble {
        text: Some(TextTrouble::Duplicate {
            of: Some("urn:li:share:7000000000000000000".to_owned()),
        }),
        link: true,
        failure: None,
    };
    let failed = Trouble {
        failure: Some(Box::new(Failure::from(Kind::LinkedinDown))),
        ..Trouble::default()
    };
    let posted = Stage::Posted(Posted {
        urn: Some("urn:li:share:7000000000000000000".to_owned()),
        witness: Witness::Duplicate,
    });
    vec![
        exhibit(
            "a visitor",
            signed_out(Reason::Elsewhere),
            Composer::default(),
        ),
        exhibit(
            "the permission is missing",
            signed_in(ADA),
            Composer::default(),
        ),
        exhibit("back from LinkedIn", may_post(ADA), linked),
        exhibit("under way", may_post(ADA), at(Stage::Sending)),
        exhibit(
            "something is wrong with the fields",
            may_post(ADA),
            unsent(wrong),
        ),
        exhibit("nothing was posted", may_post(ADA), unsent(failed)),
        exhibit("nobody knows", may_post(ADA), at(Stage::Unknown(None))),
        exhibit("posted", may_post(ADA), composer("", posted)),
    ]
}

fn exhibit(state: &str, session: Session, composer: Composer) -> Exhibit {
    Exhibit::new("share_composer", state, move || {
        let session = MockSession::new(session.clone());
        session.composes(composer.clone());
        view! { <MockSessionProvider session><ShareComposer /></MockSessionProvider> }
    })
}
