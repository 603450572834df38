//! The harness itself: a journey that should fail does.

use end2end::{Engine, Outcome, journey};

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

/// What the browser refuses by the page's policy is such a complaint too, though script catches the error.
#[tokio::test]
async fn a_breach_of_the_policy_fails_the_journey() {
    let inline = "const it = document.createElement('script');
                  it.textContent = 'globalThis.planted = 1';
                  document.body.append(it);";
    // Later: what the driver itself evaluates may evaluate.
    let evaluation = "setTimeout(() => { try { eval('1') } catch {} });";
    for (name, script) in [("inline", inline), ("eval", evaluation)] {
        // Other drivers' scripts are not the page's: its policy does not hold them.
        if name == "eval" && Engine::chosen().is_ok_and(|it| it != Engine::Chromium) {
            continue;
        }
        let made = journey(name, async |_world, browser| {
            browser.open("/").await?;
            let script = format!(
                "const done = arguments[0];
                 addEventListener('securitypolicyviolation', () => setTimeout(done));
                 {script}"
            );
            browser.driver.execute_async(script, Vec::new()).await?;
            Ok(())
        })
        .await;
        let mishap = made.expect_err("the complaint was overheard");
        let mishap = mishap.to_string();
        assert!(mishap.contains("script-src"), "{name}: {mishap}");
    }
}

/// The page's loader fails without the module, and nothing catches that.
#[tokio::test]
async fn an_uncaught_rejection_fails_the_journey() {
    let made = journey("uncaught", async |world, browser| {
        world.between.loses_the_module();
        browser.expects_in_console("Failed to load resource");
        browser.open("/").await?;
        browser.sees("Sign in with LinkedIn").await
    })
    .await;
    let mishap = made.expect_err("the complaint was overheard");
    assert!(mishap.to_string().contains("Uncaught"), "{mishap}");
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
