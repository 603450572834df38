//! The harness itself: a journey that should fail does.

use end2end::{Outcome, journey};

#[tokio::test]
async fn a_complaint_in_the_console_fails_the_journey() {
    let made = journey(
        "a_complaint_in_the_console_fails_the_journey",
        async |_world, browser| {
            browser.open("/").await?;
            browser
                .driver
                .execute("console.error('planted')", Vec::new())
                .await?;
            Ok(())
        },
    )
    .await;
    let mishap = made.expect_err("the complaint was overheard");
    assert!(mishap.to_string().contains("planted"), "{mishap}");
}

#[tokio::test]
async fn an_announced_complaint_does_not() -> Outcome {
    journey(
        "an_announced_complaint_does_not",
        async |_world, browser| {
            browser.expects_in_console("planted");
            browser.open("/").await?;
            browser
                .driver
                .execute("console.error('planted')", Vec::new())
                .await?;
            Ok(())
        },
    )
    .await
}

#[tokio::test]
async fn what_a_page_shows_for_a_moment_is_seen() -> Outcome {
    journey(
        "what_a_page_shows_for_a_moment_is_seen",
        async |_world, browser| {
            browser.watches_for(&["planted", "never shown"]).await?;
            browser.open("/").await?;
            let moment = "const it = document.createElement('p'); it.textContent = 'planted'; \
                          document.body.append(it); setTimeout(() => it.remove())";
            browser.driver.execute(moment, Vec::new()).await?;
            browser.sees_no_more("planted").await?;
            assert_eq!(browser.has_seen().await?, ["planted"]);
            Ok(())
        },
    )
    .await
}
