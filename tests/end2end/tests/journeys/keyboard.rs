//! Whole flows with nothing but a keyboard.

use end2end::{Browser, Mishap, Outcome, journey};
use thirtyfour::Key;

use crate::endings::{days_go_by, looks_away_and_back};
use crate::member::{is_signed_in, live_tokens, sees_the_badge};
use crate::share::{POST, may_post, posts_of};

/// More controls than any page has.
const FAR: u32 = 60;

/// Goes on with the tabulator until the focus is on a control of this name. Firefox also stops at boxes that scroll.
async fn tabs_to(browser: &Browser, name: &str) -> Outcome {
    goes_to(browser, name, async || browser.presses_key(Key::Tab).await).await
}

/// The same backwards.
async fn tabs_back_to(browser: &Browser, name: &str) -> Outcome {
    let back = async || {
        let keys = browser.driver.action_chain().key_down(Key::Shift);
        let keys = keys.send_keys(Key::Tab).key_up(Key::Shift);
        Ok(keys.perform().await?)
    };
    goes_to(browser, name, back).await
}

async fn goes_to(browser: &Browser, name: &str, step: impl AsyncFn() -> Outcome) -> Outcome {
    let focused = "const it = document.activeElement;
        return it && it.matches('a, button, summary, [role=menuitem]')
            ? (it.getAttribute('aria-label') ?? it.innerText).trim()
            : it?.labels?.[0]?.innerText ?? ''";
    let mut passed = Vec::new();
    for _ in 0..FAR {
        step().await?;
        let on = browser.driver.execute(focused, Vec::new()).await?;
        let on: String = on.convert()?;
        if on.contains(name) {
            return Ok(());
        }
        passed.push(on);
    }
    Err(Mishap::new(format!(
        "the tabulator never came to {name:?}, only to {passed:?}"
    )))
}

#[tokio::test]
async fn signing_in_and_out_takes_a_keyboard_only() -> Outcome {
    journey("keyboard_sign_in", async |world, browser| {
        browser.open("/").await?;
        browser.sees("Your primary e-mail address").await?;
        tabs_to(browser, "Sign in").await?;
        browser.presses_key(Key::Enter).await?;
        browser.finds("button[name=member][value=ada]").await?;
        tabs_to(browser, "Ada Example").await?;
        browser.presses_key(Key::Enter).await?;
        browser.finds("button[name=decision][value=allow]").await?;
        tabs_to(browser, "Allow").await?;
        browser.presses_key(Key::Enter).await?;
        sees_the_badge(browser).await?;
        tabs_to(browser, "Ada Example").await?;
        browser.presses_key(Key::Enter).await?;
        browser.focus_is_on("Account").await?;
        browser.presses_key(Key::Enter).await?;
        browser.is_at("/account").await?;
        browser.sees("ada@example.com").await?;
        tabs_to(browser, "Sign out").await?;
        browser.presses_key(Key::Enter).await?;
        browser.sees("You are signed out").await?;
        assert_eq!(live_tokens(world), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn failures_and_their_details_take_a_keyboard_only() -> Outcome {
    journey("keyboard_failure", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("502");
        world.between.cuts_off_the_bff();
        browser.driver.refresh().await?;
        browser.sees("We have lost contact").await?;
        tabs_to(browser, "Details").await?;
        browser.presses_key(Key::Enter).await?;
        browser
            .sees("something other than the BFF answered with 502")
            .await?;
        tabs_to(browser, "Copy").await?;
        world.between.lets_the_bff_through();
        browser.open("/").await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn a_session_that_has_ended_is_begun_again_with_a_keyboard_only() -> Outcome {
    journey("keyboard_session_end", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        days_go_by(world, 61);
        looks_away_and_back(browser).await?;
        browser.sees("Please sign in again").await?;
        tabs_to(browser, "Sign in").await?;
        // The dialog holds the focus: whoever goes on and on stays in it, but for the browser's own controls.
        for _ in 0..10 {
            browser.presses_key(Key::Tab).await?;
            let stays = "const it = document.activeElement;
                return it === document.body || !!it.closest('dialog')";
            let stays = browser.driver.execute(stays, Vec::new()).await?;
            assert_eq!(stays.json(), true);
        }
        tabs_back_to(browser, "Sign in").await?;
        browser.presses_key(Key::Enter).await?;
        // LinkedIn's own page is the other journey's. (Keys of Firefox's driver come to nothing on a page after a dialog.)
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.is_at("/account").await?;
        browser.sees("ada@example.com").await
    })
    .await
}

#[tokio::test]
async fn a_post_takes_a_keyboard_only() -> Outcome {
    journey("keyboard_share", async |world, browser| {
        may_post(browser, "ada").await?;
        // The browser's own way from page to page leaves the focus at the top.
        browser.open("/share").await?;
        browser.sees(POST).await?;
        tabs_to(browser, "What do you want to say?").await?;
        browser.presses_key(Key::Enter).await?;
        tabs_to(browser, POST).await?;
        browser.presses_key(Key::Enter).await?;
        // A line without a word is none, and the focus is back where it can be mended.
        browser.sees("Write something first").await?;
        browser
            .until("the focus in the text", async || {
                let script = "return document.activeElement.matches('textarea')";
                let is_there = browser.driver.execute(script, Vec::new()).await?;
                Ok((is_there.json() == true).then_some(()))
            })
            .await?;
        browser
            .driver
            .action_chain()
            .send_keys("By hand")
            .perform()
            .await?;
        tabs_to(browser, "Link (optional)").await?;
        browser.presses_key(Key::Enter).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada").len(), 1);
        tabs_to(browser, "See it on LinkedIn").await?;
        tabs_to(browser, "Write another post").await?;
        browser.presses_key(Key::Enter).await?;
        browser.sees(POST).await
    })
    .await
}
