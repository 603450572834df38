//! Bad days: LinkedIn's, and the network's.

use end2end::{Outcome, journey};
use lapel_emulator::{Defect, Endpoint, Fault, Outage, Transport};
use lapel_wire::{Kind, Problem, Retry, SupportLinks, SupportRecord};

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
        browser.sees("The next try comes by itself in").await?;
        browser.pictures("out-of-reach").await?;
        world.between.lets_the_bff_through();
        browser.presses("Try now").await?;
        browser.sees_no_more("We have lost contact").await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn a_contact_that_was_lost_is_found_again_by_itself_and_was_noted() -> Outcome {
    journey("found_again", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("502");
        world.between.cuts_off_the_bff();
        browser.driver.refresh().await?;
        browser.sees("We have lost contact").await?;
        world.between.lets_the_bff_through();
        browser.sees_no_more("We have lost contact").await?;
        sees_the_badge(browser).await?;

        browser.presses("Diagnostics").await?;
        browser.is_at("/diagnostics").await?;
        browser.sees("What went wrong here").await?;
        browser
            .sees("something other than the BFF answered with 502")
            .await?;
        browser.pictures("diagnostics").await?;
        signs_out(browser).await?;
        browser
            .sees("Nothing has gone wrong in this browser")
            .await?;
        browser.pictures("diagnostics-empty").await
    })
    .await
}

/// What the BFF says of a LinkedIn that has had enough, or that goes on failing.
fn problem(kind: Kind, status: u16, seconds: u64) -> Problem {
    let reference = "7f3a00c1d2e4".to_owned();
    let support = SupportRecord::default()
        .with(SupportRecord::REFERENCE, Some(&*reference))
        .with(SupportRecord::MOMENT, Some("2027-01-01T08:00:00Z"))
        .with(SupportRecord::METHOD, Some("GET"))
        .with(
            SupportRecord::URL,
            Some("https://api.linkedin.com/v2/userinfo"),
        )
        .with(
            SupportRecord::REQUEST_HEADERS,
            Some("authorization: Bearer sha256:0badcafe\naccept: application/json"),
        )
        .with(SupportRecord::STATUS, Some(status.to_string()))
        .with(SupportRecord::X_LI_UUID, Some("AAYV8l9bPzGQk2b7cD0xZQ=="))
        .with(
            SupportRecord::RESPONSE_BODY,
            Some(r#"{"status":500,"message":"Internal Server Error"}"#),
        );
    let links = SupportLinks {
        support: "https://developer.linkedin.com/support".to_owned(),
        status: "https://www.linkedin-apistatus.com/".to_owned(),
    };
    Problem {
        type_uri: format!("urn:lapel:problem:{}", kind.as_str()),
        title: "LinkedIn did not do it".to_owned(),
        status,
        detail: None,
        reference,
        kind,
        retry: Retry::After { seconds },
        scopes: Vec::new(),
        input_errors: Vec::new(),
        support: Some(support.into()),
        links: Some(links.into()),
    }
}

#[tokio::test]
async fn a_spent_quota_says_when_it_goes_on_and_what_is_known() -> Outcome {
    journey("spent_quota", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("429");
        let hour = 3_600;
        world
            .between
            .answers_with(problem(Kind::RateLimited, 429, 20 * hour));
        browser.driver.refresh().await?;
        browser.sees("The next try comes by itself at").await?;
        browser.presses_css("summary").await?;
        browser.sees("AAYV8l9bPzGQk2b7cD0xZQ==").await?;
        browser.pictures("spent-quota").await?;
        browser.presses("Copy").await?;
        browser.sees("Copied.").await?;
        world.between.answers_by_itself();
        browser.presses("Try now").await?;
        browser.sees_no_more("We have lost contact").await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn a_linkedin_that_goes_on_failing_is_counted_down_and_recovers_by_itself() -> Outcome {
    journey("linkedin_down", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("502");
        world
            .between
            .answers_with(problem(Kind::LinkedinDown, 502, 6));
        browser.driver.refresh().await?;
        browser.sees("The next try comes by itself in").await?;
        browser.sees("LinkedIn's status page").await?;
        browser.pictures("linkedin-down").await?;
        world.between.answers_by_itself();
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
        browser.presses("Try now").await?;
        browser.sees("Sign in with LinkedIn").await
    })
    .await
}
