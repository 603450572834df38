//! Devices and settings: no network, a narrow page, few colours, little motion, paper.

use end2end::{Browser, Look, Outcome, Scheme, World, journey, journey_in};

use crate::gallery::announces_its_complaints;
use crate::member::{is_signed_in, live_tokens, sees_the_badge};
use crate::share::{POST, finds_written, may_post, posts_of, writes};

/// What reflow is asked of (WCAG 1.4.10): 320 pixels, which is also 1280 at 400 %.
const NARROW: Look = Look {
    width: 320,
    height: 740,
    scheme: Scheme::Light,
};

const PAGES: [(&str, &str); 5] = [
    ("/", "Your badge stays in the corner"),
    ("/account", "What you allowed"),
    ("/share", "What you write appears here"),
    ("/diagnostics", "Nothing has gone wrong in this browser"),
    ("/nowhere", "There is nothing at this address"),
];

/// How far the page is wider than its window, and what of it sticks out.
async fn sticks_out(browser: &Browser) -> Outcome<String> {
    let script = "const wide = document.documentElement.clientWidth;
        const out = [...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > wide + 1);
        return document.documentElement.scrollWidth > wide
            ? out.map(it => it.tagName + '.' + it.className).join(', ') || 'something'
            : ''";
    let out = browser.driver.execute(script, Vec::new()).await?;
    Ok(out.convert()?)
}

#[tokio::test]
async fn a_device_without_a_network_says_so_and_goes_on_by_itself() -> Outcome {
    journey("offline", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        browser.expects_in_console("ERR_INTERNET_DISCONNECTED");
        browser.has_a_network(false).await?;
        browser
            .sees("Your device has no network at the moment")
            .await?;
        sees_the_badge(browser).await?;
        browser.sees("ada@example.com").await?;
        browser.pictures("offline").await?;
        browser.has_a_network(true).await?;
        browser
            .sees_no_more("Your device has no network at the moment")
            .await?;
        sees_the_badge(browser).await?;
        browser.sees("ada@example.com").await
    })
    .await
}

#[tokio::test]
async fn a_device_without_a_network_signs_nobody_out() -> Outcome {
    journey("offline_sign_out", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        browser.expects_in_console("ERR_INTERNET_DISCONNECTED");
        browser.has_a_network(false).await?;
        browser
            .presses_css("header .ui-member-badge button")
            .await?;
        browser.presses("Sign out").await?;
        browser
            .sees("We could not confirm that you are signed out")
            .await?;
        assert_eq!(live_tokens(world), 1);
        browser.has_a_network(true).await?;
        browser.driver.refresh().await?;
        sees_the_badge(browser).await
    })
    .await
}

#[tokio::test]
async fn a_device_without_a_network_posts_nothing_and_says_so() -> Outcome {
    journey("offline_post", async |world, browser| {
        may_post(browser, "ada").await?;
        writes(browser, "From the train").await?;
        browser.expects_in_console("ERR_INTERNET_DISCONNECTED");
        browser.has_a_network(false).await?;
        // The session's own panel moves the form.
        browser.sees("It goes on by itself").await?;
        browser.presses(POST).await?;
        browser.sees("Nothing was posted").await?;
        browser.pictures("share-offline").await?;
        browser.has_a_network(true).await?;
        browser.sees_no_more("It goes on by itself").await?;
        finds_written(browser, "From the train").await?;
        assert_eq!(world.between.posts_that_came(), 0, "the member posts");
        browser.presses(POST).await?;
        browser.sees("It is posted.").await?;
        assert_eq!(posts_of(world, "ada"), ["From the train"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_page_fits_into_320_pixels() -> Outcome {
    journey("reflow", async |_world, browser| {
        browser.looks(NARROW).await?;
        browser.open("/").await?;
        browser.sees("Your primary e-mail address").await?;
        assert_eq!(sticks_out(browser).await?, "", "for visitors");
        browser.picture("reflow-visitor").await?;
        is_signed_in(browser, "long-name").await?;
        for (page, words) in PAGES {
            browser.open(page).await?;
            browser.sees(words).await?;
            assert_eq!(sticks_out(browser).await?, "", "{page}");
            let name = page.trim_start_matches('/');
            browser.picture(&format!("reflow-{name}")).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_component_fits_into_320_pixels() -> Outcome {
    let world = World::of_the_gallery().await?;
    journey_in(world, "gallery_reflow", async |_world, browser| {
        announces_its_complaints(browser);
        browser.looks(NARROW).await?;
        browser.open("/").await?;
        browser.sees("Gallery").await?;
        assert_eq!(sticks_out(browser).await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_moves_for_those_who_want_little_motion() -> Outcome {
    let world = World::of_the_gallery().await?;
    journey_in(world, "little_motion", async |_world, browser| {
        announces_its_complaints(browser);
        let moving =
            "return document.getAnimations().filter(it => it.playState === 'running').length";
        browser.open("/").await?;
        browser.sees("Gallery").await?;
        let moved = browser.driver.execute(moving, Vec::new()).await?;
        assert!(moved.json().as_u64() > Some(0), "others see motion");
        browser.prefers("prefers-reduced-motion", "reduce").await?;
        browser
            .until("the page to stand still", async || {
                let moving = browser.driver.execute(moving, Vec::new()).await?;
                Ok((moving.json() == 0).then_some(()))
            })
            .await
    })
    .await
}

/// A person's few colours, and paper, are for people to look at: here are the pictures.
#[tokio::test]
async fn pages_are_readable_in_few_colours_and_on_paper() -> Outcome {
    journey("few_colours", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        for (page, words) in PAGES {
            let name = page.trim_start_matches('/');
            browser.open(page).await?;
            browser.prefers("forced-colors", "active").await?;
            browser.sees(words).await?;
            browser.picture(&format!("forced-colours-{name}")).await?;
            browser.shows_paper().await?;
            browser.sees(words).await?;
            let in_vain = "return [...document.querySelectorAll('nav, footer, [role=menu]')]
                .filter(it => it.checkVisibility()).length";
            let left = browser.driver.execute(in_vain, Vec::new()).await?;
            assert_eq!(left.json(), 0, "{page}: what cannot be pressed on paper");
            browser.picture(&format!("paper-{name}")).await?;
        }
        Ok(())
    })
    .await
}
