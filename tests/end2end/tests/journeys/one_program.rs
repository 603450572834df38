//! The program that is handed out.

use end2end::{Outcome, Program, journey};

use crate::member::{sees_the_badge, signs_in, signs_out};

#[tokio::test]
async fn the_one_program_serves_the_page_and_signs_in_and_out() -> Outcome {
    journey("one_program", async |_world, browser| {
        let program = Program::start()?;
        browser.finds_served(&program.address("/account")).await?;
        browser.sees("Sign in to see your account").await?;
        signs_in(browser, "ada").await?;
        browser.sees("ada@example.com").await?;
        sees_the_badge(browser).await?;
        signs_out(browser).await?;
        browser.sees("You are signed out").await?;
        assert_eq!(
            browser.address().await?.as_str(),
            program.address("/account")
        );
        Ok(())
    })
    .await
}
