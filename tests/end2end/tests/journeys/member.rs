//! Steps that many journeys take.

use end2end::{Browser, Outcome, World};

/// Follows the sign-in link and signs in as this member; the consent page is allowed if LinkedIn asks.
pub(crate) async fn signs_in(browser: &Browser, member: &str) -> Outcome {
    browser.presses("Sign in with LinkedIn").await?;
    chooses(browser, member).await?;
    browser
        .presses_css("button[name=decision][value=allow]")
        .await
}

/// Chooses who to be on LinkedIn's sign-in page.
pub(crate) async fn chooses(browser: &Browser, member: &str) -> Outcome {
    browser
        .presses_css(&format!("button[name=member][value={member}]"))
        .await
}

/// Opens Lapel and signs in.
pub(crate) async fn is_signed_in(browser: &Browser, member: &str) -> Outcome {
    browser.open("/").await?;
    signs_in(browser, member).await?;
    sees_the_badge(browser).await
}

/// Waits for the badge.
pub(crate) async fn sees_the_badge(browser: &Browser) -> Outcome {
    browser.finds("header .ui-member-badge button").await?;
    Ok(())
}

/// Signs out by the badge's menu.
pub(crate) async fn signs_out(browser: &Browser) -> Outcome {
    browser
        .presses_css("header .ui-member-badge button")
        .await?;
    browser.presses("Sign out").await
}

/// How many tokens live at LinkedIn.
pub(crate) fn live_tokens(world: &World) -> usize {
    world.linkedin.tokens().live().len()
}
