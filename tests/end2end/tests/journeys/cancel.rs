//! Thinking better of it, and answers that are not LinkedIn's.

use end2end::{Outcome, journey};
use lapel_emulator::Endpoint;

use crate::member::{chooses, is_signed_in, sees_the_badge};

const CALM: &str = "You cancelled at LinkedIn. Nothing was shared with this app.";

#[tokio::test]
async fn cancelling_at_login_brings_the_member_back_calmly() -> Outcome {
    journey("cancel_login", async |world, browser| {
        browser.open("/account").await?;
        browser.presses("Sign in with LinkedIn").await?;
        browser
            .presses_css("button[name=decision][value=cancel_login]")
            .await?;
        browser.sees(CALM).await?;
        browser.is_at("/account").await?;
        browser.pictures("cancelled").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Token), 0);
        browser.driver.refresh().await?;
        browser.sees("Sign in to see your account").await?;
        browser.sees_no_more(CALM).await
    })
    .await
}

#[tokio::test]
async fn refusing_consent_brings_the_member_back_calmly() -> Outcome {
    journey("cancel_consent", async |world, browser| {
        browser.open("/").await?;
        browser.presses("Sign in with LinkedIn").await?;
        chooses(browser, "ada").await?;
        browser
            .presses_css("button[name=decision][value=cancel]")
            .await?;
        browser.sees(CALM).await?;
        browser.is_at("/").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Token), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_forged_answer_is_refused_and_says_how_to_go_on() -> Outcome {
    journey("forged", async |world, browser| {
        browser
            .open("/bff/callback?code=AQTforged&state=forged")
            .await?;
        browser.sees("you can simply start again").await?;
        browser.is_at("/").await?;
        browser.pictures("start-again").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Token), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_replayed_answer_changes_nothing_for_a_member_who_is_signed_in() -> Outcome {
    journey("replayed", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        let answer = world.between.last_callback().expect("LinkedIn's answer");
        assert!(answer.contains("code=") && answer.contains("state="));
        browser.open(&answer).await?;
        sees_the_badge(browser).await?;
        browser.sees_no_more("start again").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Token), 1);
        Ok(())
    })
    .await
}
