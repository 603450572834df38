//! Signing out.

use end2end::{Outcome, journey};
use thirtyfour::Key;

use crate::member::{is_signed_in, live_tokens, sees_the_badge, signs_out};

#[tokio::test]
async fn signing_out_in_one_tab_ends_it_in_both_and_at_linkedin() -> Outcome {
    journey("sign_out_both_tabs", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        let first = browser.tab().await?;
        browser.hears_of_it_from_other_tabs_only().await?;
        browser.new_tab().await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        signs_out(browser).await?;
        browser.sees("You are signed out, in every tab").await?;
        browser
            .sees("You may still be signed in at linkedin.com")
            .await?;
        assert_eq!(live_tokens(world), 0, "the tokens are gone at LinkedIn");

        browser.turns_to(&first).await?;
        browser.sees_no_more("Ada Example").await?;
        browser.sees("You are signed out").await?;
        browser.driver.refresh().await?;
        browser.sees("Sign in with LinkedIn").await?;
        browser.sees_no_more("Ada Example").await?;
        let kept = browser
            .driver
            .execute("return JSON.stringify({ ...localStorage })", Vec::new())
            .await?;
        assert!(!kept.json().to_string().contains("Ada"), "{kept:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_in_in_one_tab_reaches_the_other() -> Outcome {
    journey("sign_in_both_tabs", async |_world, browser| {
        browser.open("/").await?;
        browser.sees("Nobody is signed in").await?;
        let first = browser.tab().await?;
        browser.hears_of_it_from_other_tabs_only().await?;
        browser.new_tab().await?;
        is_signed_in(browser, "ada").await?;
        browser.turns_to(&first).await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn the_badges_menu_is_used_by_keyboard_alone() -> Outcome {
    journey("keyboard", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        let badge = browser.finds("header .ui-member-badge button").await?;
        badge.send_keys(Key::Enter).await?;
        browser.finds("[role=menu]").await?;
        browser.pictures("badge-menu").await?;
        browser.focus_is_on("Account").await?;
        browser.types(Key::Down).await?;
        browser.focus_is_on("Sign out").await?;
        browser.types(Key::Escape).await?;
        browser.sees_no_more("Sign out").await?;
        badge.send_keys(Key::Down).await?;
        browser.focus_is_on("Account").await?;
        browser.types(Key::End).await?;
        browser.focus_is_on("Sign out").await?;
        browser.types(Key::Enter).await?;
        browser.sees("You are signed out, in every tab").await
    })
    .await
}

#[tokio::test]
async fn the_back_button_after_sign_out_shows_nothing_personal() -> Outcome {
    journey("back_after_sign_out", async |_world, browser| {
        browser
            .watches_for(&["Ada Example", "ada@example.com"])
            .await?;
        is_signed_in(browser, "ada").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        assert!(!browser.has_seen().await?.is_empty(), "it is watched");
        signs_out(browser).await?;
        browser.sees("You are signed out").await?;
        browser.driver.back().await?;
        browser.is_at("/").await?;
        browser.sees("Nobody is signed in").await?;
        assert_eq!(browser.has_seen().await?, Vec::<String>::new());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn somebody_else_can_sign_in_afterwards() -> Outcome {
    journey("somebody_else", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        signs_out(browser).await?;
        browser.sees("You are signed out").await?;
        // Signing out here is no sign-out at LinkedIn: it still knows who is at the browser.
        browser.presses("Sign in with LinkedIn").await?;
        browser
            .presses_css("button[name=decision][value=switch]")
            .await?;
        crate::member::chooses(browser, "single-name").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        sees_the_badge(browser).await?;
        browser.sees_no_more("Ada Example").await
    })
    .await
}
