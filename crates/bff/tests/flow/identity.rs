//! Who the member is: the id_token, the keys that sign it, and userinfo.

use lapel_emulator::{Defect, Endpoint, Fault, IdTokenDefect, UserinfoDefect};
use lapel_wire::SignedOutReason;

use crate::world::World;

#[tokio::test]
async fn an_id_token_that_proves_nothing_signs_nobody_in() {
    let family = |defect: &Defect| matches!(defect, Defect::IdToken(_));
    for defect in Defect::ALL.into_iter().filter(family) {
        let world = World::new().await;
        world.breaks(Fault::until_removed(defect));
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "ada").await;
        assert!(
            answer.location().starts_with("/?lapel_outcome=contract&"),
            "{defect:?}"
        );
        assert_eq!(
            browser.signed_out().await,
            SignedOutReason::NoSession,
            "{defect:?}"
        );
        assert!(
            world.emulator.tokens().live().is_empty(),
            "tokens that nobody will use are given back: {defect:?}"
        );
    }
}

#[tokio::test]
async fn userinfo_of_another_member_signs_nobody_in() {
    let world = World::new().await;
    world.breaks(Fault::next(UserinfoDefect::SubMismatch));
    let mut browser = world.browser();
    let answer = world.sign_in(&mut browser, "ada").await;
    assert!(answer.location().starts_with("/?lapel_outcome=contract&"));
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn keys_are_asked_for_once_and_a_storm_of_unknown_ones_asks_once_a_minute() {
    let world = World::new().await;
    world.signed_in("ada").await;
    world.signed_in("ada").await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 1);
    world.wait(60);
    world.breaks(Fault::until_removed(IdTokenDefect::UnknownKey));
    for _ in 0..5 {
        world.sign_in(&mut world.browser(), "ada").await;
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 2);
}
