//! A post is on LinkedIn once, whatever happens on the way there and back.

use end2end::{Browser, Outcome, World, journey, journey_in};
use lapel_emulator::{AccessDefect, Endpoint, Fault, Outage, PostsDefect, Settings, Transport};
use thirtyfour::Key;

use crate::share::{POST, TEXT, finds_written, kept, may_post, posts_of, writes};

/// How many posts LinkedIn was asked for, whatever became of them.
fn tries(world: &World) -> usize {
    world.linkedin.ledger().count(Endpoint::Posts)
}

/// "Posting…" is shown as soon as the button is pressed, while the tab may still be asking the others whether it is its turn.
async fn is_on_its_way(world: &World, browser: &Browser) -> Outcome {
    browser
        .until("the post to leave the page", async || {
            Ok((world.between.posts_that_came() == 1).then_some(()))
        })
        .await
}

#[tokio::test]
async fn a_double_click_and_the_enter_key_are_one_post() -> Outcome {
    journey("share_twice", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Once").await?;
        world.between.holds_posts();
        let at_once = "const post = document.querySelector('form button[type=submit]');
            post.click(); post.click();
            document.querySelector('form').requestSubmit();";
        browser.driver.execute(at_once, Vec::new()).await?;
        browser.sees("Posting…").await?;
        // The key too, from the field that hears it.
        let link = browser.finds("input[type=url]").await?;
        link.send_keys(Key::Enter).await?;
        browser.pictures("share-posting").await?;
        world.between.lets_posts_go();
        browser.sees("It is posted.").await?;
        assert_eq!(
            (tries(world), posts_of(world, "ada")),
            (1, vec!["Once".to_owned()])
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_tabs_are_one_post() -> Outcome {
    journey("share_two_tabs", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "One").await?;
        let first = browser.tab().await?;
        let second = browser.new_tab().await?;
        browser.open("/share").await?;
        finds_written(browser, "One").await?;
        // What one tab writes the other one has.
        writes(browser, " post").await?;
        browser.turns_to(&first).await?;
        finds_written(browser, "One post").await?;

        world.between.holds_posts();
        browser.presses(POST).await?;
        browser.sees("Posting…").await?;
        is_on_its_way(world, browser).await?;
        browser.turns_to(&second).await?;
        // It heard that the other one sends, or asks for the turn and gets none.
        let press = "document.querySelector('form button[type=submit]').click()";
        browser.driver.execute(press, Vec::new()).await?;
        browser.sees("Another tab is posting this").await?;
        world.between.lets_posts_go();
        browser
            .sees("This draft was posted or erased meanwhile")
            .await?;
        finds_written(browser, "").await?;
        browser.turns_to(&first).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(
            (tries(world), posts_of(world, "ada")),
            (1, vec!["One post".to_owned()])
        );
        Ok(())
    })
    .await
}

/// Both tabs press before either has heard of the other; a tab out of sight may be late, and then finds the draft gone.
#[tokio::test]
async fn two_tabs_in_the_same_moment_are_one_post() -> Outcome {
    journey("share_same_moment", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "At once").await?;
        let first = browser.tab().await?;
        let second = browser.new_tab().await?;
        browser.open("/share").await?;
        finds_written(browser, "At once").await?;
        let soon = "const at = arguments[0] - Date.now();
            setTimeout(() => document.querySelector('form button[type=submit]').click(), at)";
        let now = browser
            .driver
            .execute("return Date.now()", Vec::new())
            .await?;
        let now = now.json().as_u64().unwrap_or_default();
        let at = || vec![serde_json::Value::from(now + 1_500)];
        browser.driver.execute(soon, at()).await?;
        browser.turns_to(&first).await?;
        browser.driver.execute(soon, at()).await?;
        for tab in [&first, &second] {
            browser.turns_to(tab).await?;
            browser
                .until("the end of it", async || {
                    let script = "const said = document.querySelector('main').innerText;
                        return ['It is posted.', 'posted or erased', 'Write something first']
                            .some(it => said.includes(it))";
                    let over = browser.driver.execute(script, Vec::new()).await?;
                    Ok((over.json() == true).then_some(()))
                })
                .await?;
        }
        assert_eq!(
            (tries(world), posts_of(world, "ada")),
            (1, vec!["At once".to_owned()])
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_of_linkedins_that_got_lost_is_told_and_a_second_try_proves_the_first() -> Outcome
{
    journey("share_answer_lost", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Is it there?").await?;
        let lost = Fault::next(Transport::AnswerLost).at(Endpoint::Posts);
        world.linkedin.faults().inject(lost);
        browser.expects_in_console("502");
        browser.presses(POST).await?;
        browser.sees("It may have been posted").await?;
        browser.pictures("share-unknown").await?;
        assert_eq!(tries(world), 1, "nothing is sent again by itself");

        // Who comes back to it is told the same, and still nothing is sent.
        browser.driver.refresh().await?;
        browser.sees("It may have been posted").await?;
        finds_written(browser, "Is it there?").await?;
        assert_eq!(tries(world), 1);

        browser.expects_in_console("422");
        browser.presses("It is not there: post it again").await?;
        browser
            .sees("LinkedIn refused this try as a duplicate, so the earlier one had arrived")
            .await?;
        browser.pictures("share-proven").await?;
        assert_eq!(tries(world), 2);
        assert_eq!(posts_of(world, "ada"), ["Is it there?"]);
        let urn = &world.linkedin.posts().of("ada")[0].urn;
        let see = browser.finds("main .ui-notice a").await?;
        let address = see.attr("href").await?.unwrap_or_default();
        assert!(address.contains(urn), "{address}");
        assert!(!kept(browser).await?.contains("Is it there?"), "erased");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_that_got_lost_before_the_browser_is_the_same() -> Outcome {
    journey("share_gateway", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "On the way back").await?;
        world.between.loses_the_answers_to_posts(true);
        browser.expects_in_console("502");
        browser.presses(POST).await?;
        browser.sees("It may have been posted").await?;
        assert_eq!(posts_of(world, "ada").len(), 1);

        // The member has looked, and found it.
        browser.presses("It is there").await?;
        browser
            .sees("then it is posted, and the draft is erased")
            .await?;
        assert!(!kept(browser).await?.contains("On the way back"));
        browser.presses("Write another post").await?;

        // The member takes it back, and tries later.
        writes(browser, "Once more").await?;
        browser.presses(POST).await?;
        browser.sees("It may have been posted").await?;
        browser.presses("Back to the draft").await?;
        browser
            .sees("An earlier try of this may have arrived")
            .await?;
        browser.pictures("share-tried").await?;
        world.between.loses_the_answers_to_posts(false);
        browser.expects_in_console("422");
        browser.presses(POST).await?;
        browser.sees("so the earlier one had arrived").await?;
        assert_eq!(posts_of(world, "ada"), ["On the way back", "Once more"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_is_loaded_again_while_it_sends_does_not_send_again() -> Outcome {
    journey("share_reload", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Keep going").await?;
        world.between.holds_posts();
        browser.presses(POST).await?;
        browser.sees("Posting…").await?;
        is_on_its_way(world, browser).await?;
        browser.driver.refresh().await?;
        browser.sees("It may have been posted").await?;
        finds_written(browser, "Keep going").await?;
        world.between.lets_posts_go();
        browser
            .until(
                "the request to arrive without its page, or not at all",
                async || {
                    // Engines that know keepalive carry it on; the others break it off.
                    let arrived = tries(world) == 1;
                    Ok((arrived || browser.engine() != end2end::Engine::Chromium).then_some(()))
                },
            )
            .await?;
        browser.expects_in_console("422");
        browser.presses("It is not there: post it again").await?;
        browser.sees("It is posted").await?;
        assert_eq!(posts_of(world, "ada"), ["Keep going"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_is_loaded_again_before_its_turn_has_sent_nothing() -> Outcome {
    journey("share_before_its_turn", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Not yet").await?;
        let writing = browser.tab().await?;
        let other = browser.new_tab().await?;
        browser.open("/").await?;
        let hangs = "const tell = arguments[0];
            navigator.locks.request('lapel.share', () => { tell(); return new Promise(() => {}); })";
        browser.driver.execute_async(hangs, Vec::new()).await?;
        browser.turns_to(&writing).await?;
        browser.presses(POST).await?;
        browser.sees("Posting…").await?;
        browser.driver.refresh().await?;
        browser.sees(POST).await?;
        finds_written(browser, "Not yet").await?;
        browser.sees_no_more("Another tab is posting this").await?;
        assert_eq!(world.between.posts_that_came(), 0);
        browser.turns_to(&other).await?;
        browser.driver.close_window().await?;
        browser.turns_to(&writing).await?;
        browser
            .until("the turn to be given back", async || {
                let held = "const tell = arguments[0];
                    navigator.locks.query().then(it => tell(it.held.length))";
                let held = browser.driver.execute_async(held, Vec::new()).await?;
                Ok((held.json() == 0).then_some(()))
            })
            .await?;
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["Not yet"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_crash_while_it_sends_leaves_the_draft_and_the_question_to_the_next_tab() -> Outcome {
    journey("share_crash", async |world, browser| {
        may_post(browser, "ada").await?;
        let first = browser.tab().await?;
        let next = browser.new_tab().await?;
        browser.turns_to(&first).await?;
        writes(browser, "Whole").await?;
        world.between.holds_posts();
        browser.presses(POST).await?;
        is_on_its_way(world, browser).await?;
        browser.crashes().await?;
        browser.turns_to(&next).await?;
        browser.open("/share").await?;
        browser.sees("It may have been posted").await?;
        finds_written(browser, "Whole").await?;
        world.between.lets_posts_go();
        browser.presses("Back to the draft").await?;
        browser
            .sees("An earlier try of this may have arrived")
            .await?;
        finds_written(browser, "Whole").await?;
        assert_eq!(world.between.posts_that_came(), 1, "nothing goes by itself");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_post_that_linkedin_does_not_name_is_posted_all_the_same() -> Outcome {
    journey("share_nameless", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Nameless").await?;
        let nameless = Fault::next(PostsDefect::IdMissing).at(Endpoint::Posts);
        world.linkedin.faults().inject(nameless);
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        browser.sees_no_more("See it on LinkedIn").await?;
        assert_eq!(posts_of(world, "ada"), ["Nameless"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_that_is_renewed_under_a_post_sends_it_no_second_time() -> Outcome {
    let world = World::with(Settings {
        refresh_tokens: true,
        ..Settings::default()
    })
    .await?;
    journey_in(world, "share_refresh", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "With a new key").await?;
        let ended = Fault::next(AccessDefect::Expired).at(Endpoint::Posts);
        world.linkedin.faults().inject(ended);
        browser.expects_in_console("503");
        browser.presses(POST).await?;
        browser.sees("Nothing was posted").await?;
        assert_eq!((tries(world), posts_of(world, "ada").len()), (1, 0));
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(tries(world), 2);
        assert_eq!(posts_of(world, "ada"), ["With a new key"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_linkedin_that_says_that_it_did_not_do_it_is_asked_again_by_the_member_only() -> Outcome {
    journey("share_down", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "Up again?").await?;
        world
            .linkedin
            .faults()
            .inject(Fault::next(Outage::Http500).at(Endpoint::Posts));
        browser.expects_in_console("502");
        browser.presses(POST).await?;
        browser.sees("Nothing was posted").await?;
        browser.sees("This is on LinkedIn's side.").await?;
        browser.pictures("share-down").await?;
        finds_written(browser, "Up again?").await?;
        assert_eq!(tries(world), 1);
        let text = browser.finds(TEXT).await?;
        assert!(text.attr("readonly").await?.is_none(), "it can be changed");
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!((tries(world), posts_of(world, "ada").len()), (2, 1));
        Ok(())
    })
    .await
}
