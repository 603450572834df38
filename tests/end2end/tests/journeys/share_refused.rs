//! What LinkedIn refuses, told where it is wrong.

use end2end::{Browser, Outcome, World, journey, journey_in};
use jiff::SignedDuration;
use lapel_emulator::{ApiVersions, Endpoint, Fault, Lifetimes, Settings, Throttle};
use lapel_wire::{InputError, Kind, Problem, Retry};

use crate::endings::days_go_by;
use crate::member::is_signed_in;
use crate::share::{POST, TEXT, allows, finds_written, may_post, pastes, posts_of, writes};

/// What is wrong with a field, as it is read out with it.
async fn is_wrong(browser: &Browser, field: &str, why: &str) -> Outcome {
    let script = "const field = document.querySelector(arguments[0]);
        const about = document.getElementById(field?.getAttribute('aria-describedby'));
        return `${field?.getAttribute('aria-invalid')} ${about?.innerText}`";
    browser
        .until(&format!("{why:?} at {field}"), async || {
            let field = vec![serde_json::Value::from(field)];
            let said: String = browser.driver.execute(script, field).await?.convert()?;
            Ok((said.starts_with("true ") && said.contains(why)).then_some(()))
        })
        .await
}

#[tokio::test]
async fn what_can_be_seen_before_is_said_before_linkedin_is_asked() -> Outcome {
    journey("share_wrong", async |world, browser| {
        may_post(browser, "ada").await?;
        browser.presses(POST).await?;
        is_wrong(browser, TEXT, "Write something first").await?;
        browser.pictures("share-empty").await?;

        pastes(browser, &"#".repeat(1501)).await?;
        browser.sees("3002 of 3000").await?;
        browser
            .finds("input[type=url]")
            .await?
            .send_keys("no address")
            .await?;
        browser.presses(POST).await?;
        is_wrong(browser, TEXT, "This is longer than LinkedIn takes").await?;
        is_wrong(browser, "input[type=url]", "This is no web address").await?;
        browser.pictures("share-too-long").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Posts), 0);

        pastes(browser, &"#".repeat(1500)).await?;
        browser.sees("3000 of 3000").await?;
        let link = browser.finds("input[type=url]").await?;
        link.clear().await?;
        link.send_keys("https://example.org").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["#".repeat(1500)]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_duplicate_is_explained_with_the_post_that_is_there() -> Outcome {
    journey("share_duplicate", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Good morning").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        browser.presses("Write another post").await?;
        writes(browser, "Good morning").await?;
        browser.expects_in_console("422");
        browser.presses(POST).await?;
        is_wrong(browser, TEXT, "You posted the same on LinkedIn").await?;
        let urn = &world.linkedin.posts().of("ada")[0].urn;
        let see = browser.finds(".part-share-field__error a").await?;
        assert!(see.attr("href").await?.is_some_and(|it| it.contains(urn)));
        browser.pictures("share-duplicate").await?;
        finds_written(browser, "Good morning").await?;
        writes(browser, ", again").await?;
        browser.sees_no_more("You posted the same").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada").len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_version_that_linkedin_has_retired_is_the_operators_and_diagnostics_say_what_to_set()
-> Outcome {
    let world = World::with(Settings {
        api_versions: ApiVersions::Between {
            oldest: 203_001,
            newest: 203_012,
        },
        ..Settings::default()
    })
    .await?;
    journey_in(world, "share_version", async |_world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Too old").await?;
        browser.expects_in_console("502");
        browser.presses(POST).await?;
        browser.sees("Nothing was posted").await?;
        browser.sees("This app is not set up completely").await?;
        browser.pictures("share-version").await?;
        finds_written(browser, "Too old").await?;
        browser.presses("Diagnostics").await?;
        browser.sees("LAPEL_LINKEDIN_VERSION").await?;
        browser.pictures("share-version-diagnostics").await?;
        browser.sees_no_more("Too old").await
    })
    .await
}

#[tokio::test]
async fn a_spent_quota_tells_when_linkedin_takes_posts_again() -> Outcome {
    journey("share_quota", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "One too many").await?;
        let spent = Fault::next(Throttle::QuotaSpent).at(Endpoint::Posts);
        world.linkedin.faults().inject(spent);
        browser.expects_in_console("429");
        browser.presses(POST).await?;
        browser.sees("Nothing was posted").await?;
        browser.sees("LinkedIn takes posts again at").await?;
        browser.pictures("share-quota").await?;
        finds_written(browser, "One too many").await
    })
    .await
}

fn problem(kind: Kind, status: u16, input_errors: Vec<InputError>) -> Problem {
    Problem {
        type_uri: format!("urn:lapel:problem:{}", kind.as_str()),
        title: "LinkedIn did not do it".to_owned(),
        status,
        detail: Some("Words of LinkedIn's <b>own</b>".to_owned()),
        reference: "7f3a00c1d2e4".to_owned(),
        kind,
        retry: Retry::Never,
        scopes: vec!["w_member_social".to_owned()],
        input_errors,
        support: None,
        links: None,
    }
}

#[tokio::test]
async fn a_permission_that_linkedin_does_not_honour_yet_is_waited_for_or_asked_for_again() -> Outcome
{
    // Between two sets of permissions LinkedIn acts by the first for some minutes.
    let world = World::with(Settings {
        lifetimes: Lifetimes {
            scope_lag: SignedDuration::from_mins(5),
            ..Lifetimes::default()
        },
        ..Settings::default()
    })
    .await?;
    journey_in(world, "share_not_honoured", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/share").await?;
        writes(browser, "Patience").await?;
        browser.presses("Continue at LinkedIn").await?;
        allows(browser).await?;
        browser.sees(POST).await?;
        browser.expects_in_console("403");
        browser.presses(POST).await?;
        browser
            .sees("You allowed posting, but LinkedIn does not act on it yet")
            .await?;
        browser
            .sees_no_more("A permission that this needs was not given")
            .await?;
        browser.pictures("share-not-honoured").await?;
        finds_written(browser, "Patience").await?;
        assert_eq!(posts_of(world, "ada"), [""; 0]);
        browser.presses("Have LinkedIn ask again").await?;
        browser.sees("You are back, and so is your post").await?;
        world.linkedin.clock().advance(SignedDuration::from_mins(6));
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["Patience"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_permission_that_was_taken_back_at_linkedin_is_asked_for_with_the_next_sign_in() -> Outcome
{
    journey("share_taken_back", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Second thoughts").await?;
        // Longer ago than LinkedIn takes to know a new token. Then, at LinkedIn, the member removes the application.
        days_go_by(world, 0);
        let app = world.linkedin.client().id.clone();
        world.linkedin.tokens().remove_app("ada", &app);
        browser.expects_in_console("401");
        browser.presses(POST).await?;
        browser.sees("Please sign in again").await?;
        finds_written(browser, "Second thoughts").await?;
        assert_eq!(posts_of(world, "ada"), [""; 0]);
        browser.presses_css("dialog a.ui-sign-in-button").await?;
        browser.sees("Create, modify and delete posts").await?;
        allows(browser).await?;
        browser.sees("You are back, and so is your post").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["Second thoughts"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_linkedin_finds_wrong_is_told_in_its_own_words_where_it_has_no_code() -> Outcome {
    journey("share_rejected", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Hm").await?;
        let too_long = vec![InputError::TooLong { most: Some(2000) }];
        let refused = problem(Kind::Rejected, 400, too_long);
        world.between.answers_posts_with(Some(refused));
        browser.expects_in_console("400");
        browser.presses(POST).await?;
        is_wrong(browser, TEXT, "This is longer than LinkedIn takes").await?;
        let refused = problem(Kind::Rejected, 400, vec![InputError::Other]);
        world.between.answers_posts_with(Some(refused));
        browser.presses(POST).await?;
        browser.sees("Words of LinkedIn's <b>own</b>").await?;
        browser.pictures("share-rejected").await?;
        finds_written(browser, "Hm").await
    })
    .await
}
