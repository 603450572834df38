//! The end of a session under somebody's hands, its renewal, another member in its place, and a browser without cookies.

use end2end::{Browser, Engine, Outcome, World, journey, journey_without_cookies};
use jiff::SignedDuration;
use lapel_emulator::Endpoint;
use thirtyfour::Key;

use crate::member::{chooses, is_signed_in, sees_the_badge};

const PLACE: &str = "/account?tab=1#part";

/// LinkedIn's time, which is the BFF's, goes on by so many days.
pub(crate) fn days_go_by(world: &World, days: i64) {
    // And an hour, so that what is left is never the whole days that one second decides about.
    let time = SignedDuration::from_hours(24 * days + 1);
    world.linkedin.clock().advance(time);
}

/// Looks at another tab and comes back, when the page asks how things are.
pub(crate) async fn looks_away_and_back(browser: &Browser) -> Outcome {
    let here = browser.tab().await?;
    browser.new_tab().await?;
    browser.turns_to(&here).await?;
    if browser.engine() != Engine::Chromium {
        // Without a window system no tab of theirs is ever out of sight.
        let seen = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
        script(browser, seen).await?;
    }
    Ok(())
}

async fn script(browser: &Browser, script: &str) -> Outcome<String> {
    let said = browser.driver.execute(script, Vec::new()).await?;
    Ok(said.json().to_string())
}

#[tokio::test]
async fn a_session_that_ends_under_somebodys_hands_loses_nothing() -> Outcome {
    journey("session_ends", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open(PLACE).await?;
        browser.sees("ada@example.com").await?;
        // Where somebody is on the page.
        let begin = "scrollTo(0, 150); \
             document.querySelector('[href*=\"renew=1\"]').focus({ preventScroll: true })";
        script(browser, begin).await?;
        days_go_by(world, 61);
        looks_away_and_back(browser).await?;
        browser.sees("Please sign in again").await?;
        browser.pictures("session-ended").await?;
        let modal = "return document.querySelector('dialog').matches(':modal')";
        assert_eq!(script(browser, modal).await?, "true");

        browser
            .driver
            .action_chain()
            .send_keys(Key::Escape)
            .perform()
            .await?;
        browser.sees("This page is as it was").await?;
        browser.sees("ada@example.com").await?;
        browser.focus_is_on("Renew the session").await?;
        let copy = "getSelection().selectAllChildren(document.querySelector('[data-fact=email]')); \
             return getSelection().toString()";
        assert_eq!(script(browser, copy).await?, "\"ada@example.com\"");
        browser.pictures("reading-on").await?;
        browser.is_at(PLACE).await?;

        script(browser, "scrollTo(0, 150)").await?;
        let link = "document.querySelector('.ui-notice a').click()";
        script(browser, link).await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.is_at(PLACE).await?;
        browser.sees("ada@example.com").await?;
        sees_the_badge(browser).await?;
        browser
            .until("the place on the page", async || {
                Ok((script(browser, "return scrollY").await? == "150").then_some(()))
            })
            .await
    })
    .await
}

#[tokio::test]
async fn signing_in_in_another_tab_gives_the_page_back_as_it_was() -> Outcome {
    journey("session_ends_elsewhere", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open(PLACE).await?;
        browser.sees("ada@example.com").await?;
        script(
            browser,
            "document.documentElement.dataset.begun = 'half a sentence'",
        )
        .await?;
        days_go_by(world, 61);
        looks_away_and_back(browser).await?;
        browser.sees("Please sign in again").await?;
        let first = browser.tab().await?;
        browser.hears_of_it_from_other_tabs_only().await?;
        browser.new_tab().await?;
        browser.open("/bff/login?return_to=/").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        sees_the_badge(browser).await?;
        browser.turns_to(&first).await?;
        browser.sees_no_more("Please sign in again").await?;
        sees_the_badge(browser).await?;
        assert_eq!(
            script(browser, "return document.documentElement.dataset.begun").await?,
            "\"half a sentence\"",
            "the page was not loaded again"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_session_is_renewed_with_a_click_in_its_last_days() -> Outcome {
    journey("renewal", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.sees_no_more("Your session ends in").await?;
        days_go_by(world, 55);
        looks_away_and_back(browser).await?;
        browser.sees("Your session ends in 4 days").await?;
        browser.pictures("renewal").await?;
        world.linkedin.ledger().clear();
        // LinkedIn knows the member and what they allowed: the click is all.
        browser.presses("Renew the session").await?;
        browser.sees_no_more("Your session ends in").await?;
        sees_the_badge(browser).await?;
        browser.is_at("/").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Authorization), 1);

        // Put away, it stays away; nothing redirects by itself.
        days_go_by(world, 55);
        browser.open("/account").await?;
        browser.sees("Your session ends in 4 days").await?;
        browser.presses("Close this notice").await?;
        browser.driver.refresh().await?;
        browser.sees("Ends in 4 days").await?;
        browser.sees_no_more("Your session ends in").await?;
        browser.is_at("/account").await
    })
    .await
}

#[tokio::test]
async fn another_member_is_named_in_every_tab_at_once() -> Outcome {
    journey("account_switch", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        let first = browser.tab().await?;
        browser.hears_of_it_from_other_tabs_only().await?;
        browser.new_tab().await?;
        // At LinkedIn somebody else takes the chair; Lapel hears nothing of it.
        browser.driver.goto(world.linkedin.url()).await?;
        browser.driver.delete_all_cookies().await?;
        browser.open("/account").await?;
        browser.presses("Renew the session").await?;
        chooses(browser, "single-name").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.sees("The account has changed").await?;
        browser.is_at("/account").await?;
        browser.finds(".ui-notice").await?;
        let top = "return document.querySelector('.ui-notice').getBoundingClientRect().top > 0";
        assert_eq!(script(browser, top).await?, "true", "it is in sight");
        browser.pictures("account-switch").await?;
        browser.turns_to(&first).await?;
        browser.sees("The account has changed").await?;
        browser.sees_no_more("Ada Example").await?;
        browser.sees_no_more("ada@example.com").await
    })
    .await
}

#[tokio::test]
async fn answers_to_unknown_sign_ins_are_not_met_with_the_same_offer_for_ever() -> Outcome {
    journey("start_again_twice", async |_world, browser| {
        browser.open("/bff/callback?code=a&state=b").await?;
        browser.sees("you can simply start again").await?;
        browser.open("/bff/callback?code=a&state=b").await?;
        browser.sees("This browser seems to block cookies").await?;
        browser.pictures("cookies-blocked").await
    })
    .await
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_is_told_so_before_and_after_a_sign_in() -> Outcome {
    journey_without_cookies("without_cookies", async |_world, browser| {
        browser.open("/").await?;
        browser.sees("This browser seems to block cookies").await?;
        // LinkedIn's own pages do not work without them either; this is as far as a sign-in there could come.
        browser.open("/bff/callback?code=a&state=b").await?;
        browser.is_at("/").await?;
        browser.sees("This browser seems to block cookies").await?;
        browser.sees("Nobody is signed in").await
    })
    .await
}

#[tokio::test]
async fn a_browser_forgets_and_says_what() -> Outcome {
    journey("forget", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        browser.presses("Forget this browser").await?;
        browser
            .sees("Erased: your name, portrait and permissions")
            .await?;
        browser.pictures("forgotten").await?;
        browser.driver.refresh().await?;
        browser.sees("ada@example.com").await?;
        let kept = script(
            browser,
            "return JSON.stringify({ ...localStorage, ...sessionStorage })",
        )
        .await?;
        assert!(!kept.contains("Ada"), "{kept}");
        Ok(())
    })
    .await
}
