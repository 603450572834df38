//! Bad days: LinkedIn's, and the network's.

use end2end::{Outcome, journey};
use lapel_emulator::{Defect, Endpoint, Fault, Outage, Transport};

use crate::member::{is_signed_in, sees_the_badge, signs_in, signs_out};

#[tokio::test]
async fn linkedin_failing_ends_in_a_panel_and_trying_again_works() -> Outcome {
    let days: [(&str, Defect, u32); 3] = [
        ("500", Outage::Http500.into(), 1),
        ("html", Outage::HtmlInsteadOfJson.into(), 1),
        // The client asks once more on a connection that it kept; LinkedIn stays silent to that too.
        ("silent", Transport::ConnectionClosed.into(), 4),
    ];
    for (name, defect, calls) in days {
        let name = format!("linkedin-{name}");
        journey(&name, async |world, browser| {
            let fault = Fault::next_calls(defect, calls).at(Endpoint::Token);
            world.linkedin.faults().inject(fault);
            browser.open("/account").await?;
            signs_in(browser, "ada").await?;
            browser.sees("The sign-in did not finish").await?;
            browser.sees("This is on LinkedIn's side.").await?;
            browser.sees("Reference").await?;
            browser.is_at("/account").await?;
            browser.pictures(&name).await?;
            world.linkedin.faults().clear();
            browser.presses("Try again").await?;
            browser
                .presses_css("button[name=decision][value=allow]")
                .await?;
            browser.sees("ada@example.com").await?;
            browser.is_at("/account").await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_server_out_of_reach_signs_nobody_out() -> Outcome {
    journey("out_of_reach", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("502");
        world.between.cuts_off_the_bff();
        browser.driver.refresh().await?;
        browser.sees("We have lost contact").await?;
        sees_the_badge(browser).await?;
        browser.pictures("out-of-reach").await?;
        browser.presses("Try again").await?;
        browser.sees("We have lost contact").await?;
        world.between.lets_the_bff_through();
        browser.presses("Try again").await?;
        browser.sees_no_more("We have lost contact").await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn a_sign_out_that_did_not_get_through_says_so() -> Outcome {
    journey("sign_out_fails", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("502");
        world.between.cuts_off_the_bff();
        signs_out(browser).await?;
        browser
            .sees("We could not confirm that you are signed out")
            .await?;
        sees_the_badge(browser).await?;
        browser.pictures("sign-out-failed").await?;
        world.between.lets_the_bff_through();
        browser.presses("Try again").await?;
        browser.sees("You are signed out, in every tab").await
    })
    .await
}

#[tokio::test]
async fn a_visitor_whose_server_is_out_of_reach_is_not_told_that_nobody_is_signed_in() -> Outcome {
    journey("visitor_out_of_reach", async |world, browser| {
        browser.expects_in_console("502");
        world.between.cuts_off_the_bff();
        browser.open("/").await?;
        browser
            .sees("We could not see whether you are signed in")
            .await?;
        browser.pictures("visitor-out-of-reach").await?;
        world.between.lets_the_bff_through();
        browser.presses("Try again").await?;
        browser.sees("Sign in with LinkedIn").await
    })
    .await
}
