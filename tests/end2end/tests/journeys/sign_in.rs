//! Signing in, and what can be seen of it.

use end2end::{Outcome, at_the_same_time, journey};
use lapel_emulator::Endpoint;

use crate::member::{chooses, is_signed_in, live_tokens, sees_the_badge, signs_in};

#[tokio::test]
async fn a_visitor_is_invited_to_sign_in() -> Outcome {
    journey(
        "a_visitor_is_invited_to_sign_in",
        async |_world, browser| {
            browser.open("/").await?;
            browser.sees("Sign in with LinkedIn").await?;
            browser.sees("Your primary e-mail address").await?;
            browser.pictures("signed-out").await
        },
    )
    .await
}

#[tokio::test]
async fn a_member_signs_in_and_a_reload_and_a_second_tab_keep_it() -> Outcome {
    journey("a_member_signs_in", async |world, browser| {
        browser.open("/").await?;
        browser.presses("Sign in with LinkedIn").await?;
        browser.pictures("choose-member").await?;
        chooses(browser, "ada").await?;
        browser.pictures("consent").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.is_at("/").await?;
        browser.sees("Ada Example").await?;
        browser.pictures("signed-in").await?;
        assert_eq!(live_tokens(world), 1, "one token lives at LinkedIn");

        browser.driver.refresh().await?;
        browser.sees("Ada Example").await?;
        browser.new_tab().await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        browser.pictures("account").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Token), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_member_comes_back_to_the_page_where_they_signed_in() -> Outcome {
    journey("comes_back", async |_world, browser| {
        browser.open("/account?tab=1").await?;
        browser.sees("Sign in to see your account").await?;
        signs_in(browser, "ada").await?;
        browser.is_at("/account?tab=1").await?;
        browser.sees("ada@example.com").await
    })
    .await
}

#[tokio::test]
async fn the_portrait_is_loaded_and_initials_stand_in_where_there_is_none() -> Outcome {
    journey("portrait", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        let loaded = "const it = document.querySelector('header .ui-member-badge img'); \
                      return !!it && it.complete && it.naturalWidth > 0";
        browser
            .until("the portrait", async || {
                let shown = browser.driver.execute(loaded, Vec::new()).await?;
                Ok((shown.json() == true).then_some(()))
            })
            .await
    })
    .await?;
    journey("initials", async |_world, browser| {
        is_signed_in(browser, "no-portrait").await?;
        let badge = browser.finds("header .ui-avatar").await?;
        assert!(!badge.text().await?.trim().is_empty(), "initials");
        let pictures = "return document.querySelectorAll('header .ui-member-badge img').length";
        let count = browser.driver.execute(pictures, Vec::new()).await?;
        assert_eq!(count.json(), 0);
        browser.pictures("initials").await
    })
    .await
}

#[tokio::test]
async fn every_seed_member_fits_the_page() -> Outcome {
    let visits = lapel_emulator::Member::built_in();
    at_the_same_time(visits.into_iter().map(fits_the_page)).await
}

async fn fits_the_page(member: lapel_emulator::Member) -> Outcome {
    let name = format!("member-{}", member.slug);
    journey(&name, async |_world, browser| {
        is_signed_in(browser, &member.slug).await?;
        for look in end2end::Look::of(browser.engine()) {
            browser.looks(look).await?;
            let wide = "return document.documentElement.scrollWidth - innerWidth";
            let over = browser.driver.execute(wide, Vec::new()).await?;
            assert!(over.json().as_i64().is_some_and(|it| it <= 0), "{look:?}");
        }
        browser.pictures(&name).await
    })
    .await
}

/// The document says who is signed in, so the page asks only where it does not: on the way back from LinkedIn, when the
/// browser does not show its cookie.
#[tokio::test]
async fn a_page_that_is_opened_knows_who_is_signed_in_without_asking() -> Outcome {
    journey("knows_without_asking", async |_world, browser| {
        let asked = async || {
            let script = "return performance.getEntriesByType('resource') \
                          .filter(it => new URL(it.name).pathname === '/bff/session').length";
            let asked = browser.driver.execute(script, Vec::new()).await?;
            Ok::<_, end2end::Mishap>(asked.json().as_u64())
        };
        browser.open("/").await?;
        browser.sees("Your primary e-mail address").await?;
        assert_eq!(asked().await?, Some(0), "nobody was said to be");
        signs_in(browser, "ada").await?;
        sees_the_badge(browser).await?;
        assert_eq!(
            asked().await?,
            Some(1),
            "nothing was said, and the page asked"
        );
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        assert_eq!(asked().await?, Some(0), "the member was said to be");
        browser.driver.refresh().await?;
        browser.sees("ada@example.com").await
    })
    .await
}

/// No token, code or secret is anywhere that the page's script could look.
#[tokio::test]
async fn nothing_secret_is_within_the_pages_reach() -> Outcome {
    journey("nothing_secret", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        let everything = "return JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) \
             + document.cookie + location.href + document.documentElement.outerHTML";
        let found = browser.driver.execute(everything, Vec::new()).await?;
        let found = found.json().as_str().unwrap_or_default();
        assert!(found.contains("Ada Example"), "the page was read");
        for secret in ["AQX", "AQT", "eyJ", "WPL_AP1", "lapel=", "&state=", "code="] {
            assert!(!found.contains(secret), "{secret} is within reach");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_in_works_without_webassembly() -> Outcome {
    journey("without_webassembly", async |world, browser| {
        world.between.loses_the_module();
        browser.expects_in_console(".wasm");
        browser.expects_in_console("WebAssembly");
        browser.expects_in_console("404");
        browser.open("/").await?;
        browser.finds("#shell a").await?;
        browser.pictures("without-webassembly").await?;
        signs_in(browser, "ada").await?;
        browser.is_at("/").await?;
        assert_eq!(live_tokens(world), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_live_session_never_sees_linkedin_again() -> Outcome {
    journey("straight_back", async |world, browser| {
        is_signed_in(browser, "ada").await?;
        world.linkedin.ledger().clear();
        browser.open("/bff/login?return_to=/account").await?;
        browser.is_at("/account").await?;
        sees_the_badge(browser).await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Authorization), 0);
        Ok(())
    })
    .await
}

/// The double press that impatience makes is one sign-in.
#[tokio::test]
async fn pressing_twice_asks_linkedin_once() -> Outcome {
    journey("pressing_twice", async |world, browser| {
        browser.open("/").await?;
        browser.sees("Sign in with LinkedIn").await?;
        let twice = "const it = document.querySelector('main a[href^=\"/bff/login\"]'); it.click(); it.click()";
        browser.driver.execute(twice, Vec::new()).await?;
        chooses(browser, "ada").await?;
        assert_eq!(world.linkedin.ledger().count(Endpoint::Authorization), 1);
        Ok(())
    })
    .await
}
