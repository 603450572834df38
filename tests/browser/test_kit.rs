//! The test kit itself: what is put under components is shown, and what is asked for is kept and goes nowhere.

use lapel::test_kit::{
    Asked, MockSession, MockSessionProvider, asking_again, checking, member, out_of_reach,
    out_of_reach_with, sign_in_ended, sign_out_refused, signed_in, signed_out, signing_in,
    signing_out,
};
use lapel::{
    Account, Kind, LocalPath, Member, MemberBadge, Motion, Reason, RequireMember, Session,
    SessionNotice, SignInButton, SignInOutcome, SignedOutReason,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::world::{MEMORY, Page, settle, storage, window_says};

const SIGN_IN: &str = "a.ui-sign-in-button[data-look=brand]";
const BADGE: &str = ".ui-member-badge";

async fn shows(session: Session) -> (MockSession, Page) {
    storage().clear().unwrap();
    let mock = MockSession::new(session);
    let session = mock.clone();
    let page = Page::show(|| {
        let content = |account: Account| view! { <b>{account.member.name}</b> }.into_any();
        view! {
            <MockSessionProvider session>
                <MemberBadge />
                <SessionNotice />
                <RequireMember prompt="For members." content />
                <SignInButton return_to=LocalPath::parse("/there").unwrap() />
            </MockSessionProvider>
        }
    })
    .await;
    (mock, page)
}

#[wasm_bindgen_test]
async fn every_state_is_shown_and_none_asks_for_anything_by_itself() {
    let ada = || member("Ada");
    for (session, selector) in [
        (checking(), ".ui-busy"),
        (signed_in("Ada"), "[data-state=signed-in]"),
        (signed_out(Reason::Elsewhere), ".ui-notice"),
        (
            signed_out(Reason::Said(SignedOutReason::Expired)),
            ".ui-notice",
        ),
        (sign_in_ended(SignInOutcome::Cancelled), ".ui-notice"),
        (
            sign_in_ended(SignInOutcome::Failed(Kind::Timeout)),
            "[data-kind=timeout]",
        ),
        (signing_in(), "[data-state=leaving]"),
        (signing_out(ada()), "[data-state=leaving]"),
        (
            sign_out_refused(ada(), Kind::NotConfigured),
            "[data-kind=not_configured]",
        ),
        (out_of_reach(Kind::Offline), "[data-kind=offline]"),
        (
            out_of_reach_with(ada(), Kind::Timeout),
            "[data-state=out-of-reach]",
        ),
        (
            asking_again(ada(), Kind::Timeout),
            ".ui-failure-panel [data-state=busy]",
        ),
    ] {
        let (mock, page) = shows(session.clone()).await;
        page.find(selector);
        window_says("online").await;
        assert_eq!(mock.take_asked(), [], "{session:?}");
    }
}

#[wasm_bindgen_test]
async fn a_state_takes_the_place_of_another() {
    let (mock, page) = shows(checking()).await;
    assert!(page.seek(BADGE).is_none());
    mock.becomes(signed_in(Member {
        picture: None,
        ..member("Ada")
    }));
    settle().await;
    assert_eq!(page.find("b").text_content().unwrap(), "Ada");
    mock.becomes(signed_out(Reason::Elsewhere));
    settle().await;
    assert!(page.seek(BADGE).is_none() && page.text().contains("For members."));
}

#[wasm_bindgen_test]
async fn what_is_asked_for_is_kept_once() {
    let (mock, page) = shows(signed_in("Ada")).await;
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
    assert_eq!(mock.take_asked(), [Asked::SignOut]);
    assert_eq!(mock.take_asked(), []);
    page.find("[data-state=leaving]");

    mock.becomes(out_of_reach_with("Ada", Kind::Unreachable));
    settle().await;
    page.press(".ui-failure-panel button").await;
    assert_eq!(mock.take_asked(), [Asked::Retry]);
    assert_eq!(storage().get_item(MEMORY).unwrap(), None, "nothing is kept");
}

#[wasm_bindgen_test]
async fn a_sign_in_link_leads_nowhere() {
    let (mock, page) = shows(signed_out(Reason::Elsewhere)).await;
    // A page that left would take the test with it.
    page.press(&format!("{SIGN_IN}[href$='/there']")).await;
    let return_to = LocalPath::parse("/there").unwrap();
    assert_eq!(mock.take_asked(), [Asked::SignIn { return_to }]);
    page.press(SIGN_IN).await;
    assert_eq!(mock.take_asked(), [], "the browser is leaving already");
    assert_eq!(signing_in().motion(), Motion::SigningIn);
}
