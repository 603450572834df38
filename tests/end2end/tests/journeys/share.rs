//! Writing a post: the permission that it needs, and a draft that outlives everything but posting and signing out.

use end2end::{Browser, Outcome, World, journey};
use lapel_emulator::Endpoint;

use crate::endings::{days_go_by, looks_away_and_back};
use crate::member::{chooses, is_signed_in, sees_the_badge, signs_out};

pub(crate) const TEXT: &str = "textarea";
pub(crate) const POST: &str = "Post on LinkedIn";

/// Allows what LinkedIn asks for.
pub(crate) async fn allows(browser: &Browser) -> Outcome {
    browser
        .presses_css("button[name=decision][value=allow]")
        .await
}

/// Signs in where posts are written, so that LinkedIn asks for everything at once.
pub(crate) async fn may_post(browser: &Browser, member: &str) -> Outcome {
    browser.open("/share").await?;
    browser.presses("Sign in with LinkedIn").await?;
    chooses(browser, member).await?;
    allows(browser).await?;
    browser.sees(POST).await
}

/// Writes into the text, behind what is there.
pub(crate) async fn writes(browser: &Browser, text: &str) -> Outcome {
    Ok(browser.finds(TEXT).await?.send_keys(text).await?)
}

/// Writes what no driver's keyboard has, as if it came from the clipboard.
pub(crate) async fn pastes(browser: &Browser, text: &str) -> Outcome {
    browser.finds(TEXT).await?;
    let script = "const it = document.querySelector('textarea');
        it.value = arguments[0];
        it.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    let text = vec![serde_json::Value::from(text)];
    browser.driver.execute(script, text).await?;
    Ok(())
}

/// Waits until the text is this.
pub(crate) async fn finds_written(browser: &Browser, text: &str) -> Outcome {
    browser
        .until(&format!("{text:?} in the text"), async || {
            let script = "return document.querySelector('textarea')?.value";
            let is = browser.driver.execute(script, Vec::new()).await?;
            Ok((is.json() == text).then_some(()))
        })
        .await
}

/// What this browser keeps for the application, names and texts.
pub(crate) async fn kept(browser: &Browser) -> Outcome<String> {
    let script = "return JSON.stringify({ ...localStorage, ...sessionStorage })";
    let kept = browser.driver.execute(script, Vec::new()).await?;
    Ok(kept.convert()?)
}

/// Texts of a member's posts, as LinkedIn shows them.
pub(crate) fn posts_of(world: &World, member: &str) -> Vec<String> {
    let posts = world.linkedin.posts().of(member);
    posts.into_iter().map(|post| post.text).collect()
}

#[tokio::test]
async fn a_member_is_asked_for_the_permission_once_and_comes_back_to_their_draft() -> Outcome {
    journey("share_consent", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.presses("Write a post").await?;
        browser.is_at("/share").await?;
        browser.sees("LinkedIn has to ask you first").await?;
        browser.pictures("share-consent").await?;
        writes(browser, "Hello (world)").await?;
        browser.driver.refresh().await?;
        finds_written(browser, "Hello (world)").await?;
        world.linkedin.ledger().clear();

        browser.presses("Continue at LinkedIn").await?;
        browser.finds("button[name=decision][value=allow]").await?;
        browser.picture("share-consent-linkedin").await?;
        allows(browser).await?;
        browser.is_at("/share").await?;
        browser.sees("You are back, and so is your post").await?;
        finds_written(browser, "Hello (world)").await?;
        browser.pictures("share-back").await?;
        // The way there is the member's; what comes after it, too.
        let ledger = world.linkedin.ledger();
        assert_eq!(ledger.count(Endpoint::Authorization), 1);
        assert_eq!(ledger.count(Endpoint::Posts), 0);

        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        browser.pictures("share-posted").await?;
        assert_eq!(posts_of(world, "ada"), ["Hello (world)"]);
        let urn = &world.linkedin.posts().of("ada")[0].urn;
        let see = browser.finds("main .ui-notice a").await?;
        let address = format!("https://www.linkedin.com/feed/update/{urn}/");
        assert_eq!(see.attr("href").await?, Some(address));
        assert!(!kept(browser).await?.contains("Hello"), "erased");

        // Asked once: the next post needs nothing.
        browser.presses("Write another post").await?;
        writes(
            browser,
            "Ten years of our letters are open to everyone now (all 4,112 of them). #archives",
        )
        .await?;
        browser.pictures("share-composer").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(ledger.count(Endpoint::Authorization), 1);
        assert_eq!(posts_of(world, "ada").len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_member_who_says_no_keeps_everything_else() -> Outcome {
    journey("share_denied", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/share").await?;
        writes(browser, "Not now").await?;
        browser.presses("Continue at LinkedIn").await?;
        browser
            .presses_css("button[name=decision][value=cancel]")
            .await?;
        browser.is_at("/share").await?;
        browser
            .sees("LinkedIn has not given the permission, so nothing was posted")
            .await?;
        browser
            .sees("You cancelled at LinkedIn. Nothing has changed")
            .await?;
        finds_written(browser, "Not now").await?;
        sees_the_badge(browser).await?;
        browser.pictures("share-denied").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        assert_eq!(posts_of(world, "ada"), [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_visitor_who_comes_to_write_is_asked_for_everything_at_once() -> Outcome {
    journey("share_visitor", async |world, browser| {
        browser.open("/share").await?;
        browser.sees("Sign in to write a post").await?;
        browser.pictures("share-visitor").await?;
        may_post(browser, "ada").await?;
        let ledger = world.linkedin.ledger();
        assert_eq!(ledger.count(Endpoint::Token), 1, "one grant for all of it");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_post_arrives_whole_with_its_link_and_its_readers() -> Outcome {
    journey("share_whole", async |world, browser| {
        may_post(browser, "ada").await?;
        let text = "All of \\|{}@[]()<>#*_~ (C#, a_b)\n\n👩🏽‍🚀 \"محمد\" <b>no markup</b>";
        pastes(browser, text).await?;
        browser
            .finds("input[type=url]")
            .await?
            .send_keys("example.org/a_(b)")
            .await?;
        browser.presses_css("fieldset label:last-of-type").await?;
        browser.sees("https://example.org/a_(b)").await?;
        browser.sees("All of \\|{}@[]()<>#*_~ (C#, a_b)").await?;
        let preview = browser.finds(".part-share-preview").await?.text().await?;
        assert!(preview.contains("Your connections only"), "{preview}");
        browser.pictures("share-written").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        let posts = world.linkedin.posts().of("ada");
        let [post] = &*posts else { panic!("{posts:?}") };
        assert_eq!(post.text, text);
        assert_eq!(post.visibility, "CONNECTIONS");
        let article = &post.content.as_ref().expect("a link")["article"];
        assert_eq!(article["source"], "https://example.org/a_(b)");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_outlives_its_session_and_what_was_allowed_is_asked_for_with_the_next() -> Outcome {
    journey("share_session_end", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Half a sentence").await?;
        days_go_by(world, 61);
        looks_away_and_back(browser).await?;
        browser.sees("Please sign in again").await?;
        browser.presses("Not now").await?;
        browser.sees("This page is as it was").await?;
        finds_written(browser, "Half a sentence").await?;
        browser.pictures("share-session-ended").await?;
        world.linkedin.ledger().clear();
        browser.presses_css("form a.ui-sign-in-button").await?;
        allows(browser).await?;
        browser.is_at("/share").await?;
        browser.sees("You are back, and so is your post").await?;
        finds_written(browser, "Half a sentence").await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        let ledger = world.linkedin.ledger();
        assert_eq!(ledger.count(Endpoint::Token), 1, "one grant for all of it");
        assert_eq!(posts_of(world, "ada"), ["Half a sentence"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_session_that_ended_is_noticed_by_the_post_itself() -> Outcome {
    journey("share_sign_in_needed", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Too late").await?;
        days_go_by(world, 61);
        browser.expects_in_console("401");
        browser.presses(POST).await?;
        browser.sees("Please sign in again").await?;
        finds_written(browser, "Too late").await?;
        browser.presses_css("dialog a.ui-sign-in-button").await?;
        allows(browser).await?;
        browser.sees("You are back, and so is your post").await?;
        assert_eq!(posts_of(world, "ada"), [""; 0]);
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["Too late"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_is_its_writers_alone_and_signing_out_erases_it() -> Outcome {
    journey("share_members", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Ada's own words").await?;
        // Somebody else takes the chair, without a sign-out.
        browser.driver.goto(world.linkedin.url()).await?;
        browser.driver.delete_all_cookies().await?;
        browser.open("/account").await?;
        browser.presses("Renew the session").await?;
        chooses(browser, "single-name").await?;
        allows(browser).await?;
        browser.sees("The account has changed").await?;
        browser.open("/share").await?;
        finds_written(browser, "").await?;
        browser.sees_no_more("Ada's own words").await?;
        writes(browser, "Mine").await?;

        browser.driver.goto(world.linkedin.url()).await?;
        browser.driver.delete_all_cookies().await?;
        browser.open("/account").await?;
        browser.presses("Renew the session").await?;
        chooses(browser, "ada").await?;
        allows(browser).await?;
        browser.sees("The account has changed").await?;
        browser.open("/share").await?;
        finds_written(browser, "Ada's own words").await?;

        assert!(kept(browser).await?.contains("Ada's own words"));
        signs_out(browser).await?;
        browser.sees("You are signed out").await?;
        let kept = kept(browser).await?;
        assert!(
            !kept.contains("own words") && !kept.contains("Mine"),
            "{kept}"
        );
        browser.open("/share").await?;
        browser.presses("Sign in with LinkedIn").await?;
        allows(browser).await?;
        browser.sees(POST).await?;
        finds_written(browser, "").await
    })
    .await
}

#[tokio::test]
async fn a_browser_that_is_to_remember_nothing_says_that_it_keeps_no_draft() -> Outcome {
    journey("share_forget", async |_world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "First").await?;
        browser.sees("This browser keeps your draft").await?;
        browser.open("/account").await?;
        browser.presses("Forget this browser").await?;
        browser.sees("a post that was being written").await?;
        browser.open("/share").await?;
        finds_written(browser, "").await?;
        writes(browser, "Second").await?;
        browser
            .sees("This browser does not keep your draft")
            .await?;
        assert!(!kept(browser).await?.contains("Second"));
        Ok(())
    })
    .await
}
