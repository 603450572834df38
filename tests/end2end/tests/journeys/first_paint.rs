//! What a member sees before the page's WebAssembly has run, and when it never does.

use end2end::{Browser, Look, Outcome, World, at_the_same_time, journey};
use serde_json::{Value, json};

use crate::member::{chooses, is_signed_in, live_tokens, sees_the_badge, signs_in};

/// What the header consists of, for members and for visitors.
const MEMBERS: [&str; 5] = [
    ".app-brand",
    ".ui-member-badge__button",
    ".ui-member-badge__button .ui-avatar",
    ".ui-member-badge__name",
    ".ui-member-badge__chevron",
];
const VISITORS: [&str; 2] = [".app-brand", ".ui-sign-in-button"];

/// WebAssembly does not load, which the browser complains about.
fn has_no_webassembly(world: &World, browser: &Browser) {
    world.between.loses_the_module();
    for complaint in [".wasm", "WebAssembly", "404"] {
        browser.expects_in_console(complaint);
    }
}

/// Where the parts of the header are, with their words and colours, in every look.
async fn header(browser: &Browser, parts: &[&str]) -> Outcome<Vec<Value>> {
    let script = format!(
        "return {}.map(part => {{
            const it = [...document.querySelectorAll('header ' + part)].find(it => it.checkVisibility());
            if (!it) return part + ' is missing';
            const box = it.getBoundingClientRect();
            const style = getComputedStyle(it);
            return [part, box.x, box.y, box.width, box.height, style.font, style.color, style.backgroundColor];
        }})",
        json!(parts)
    );
    let mut found = Vec::new();
    for look in Look::of(browser.engine()) {
        browser.looks(look).await?;
        let parts = browser.driver.execute(&script, Vec::new()).await?;
        found.push(parts.json().clone());
    }
    Ok(found)
}

/// How much of the page has moved since it came, as browsers measure it: 0 is nothing.
async fn moved(browser: &Browser) -> Outcome<Value> {
    let script = "const done = arguments[0];
        new PerformanceObserver(list => done(list.getEntries().map(it => it.value ?? 0)))
            .observe({ type: 'layout-shift', buffered: true });
        // Nothing is observed where nothing has moved; frames have been drawn by then.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done([]))));";
    let moved = browser.driver.execute_async(script, Vec::new()).await?;
    Ok(moved.json().clone())
}

#[tokio::test]
async fn the_badge_is_there_without_webassembly_and_stays_where_it_is_when_that_comes() -> Outcome {
    let members = ["ada", "no-portrait", "right-to-left", "long-name"];
    at_the_same_time(members.map(keeps_the_badge)).await
}

async fn keeps_the_badge(member: &str) -> Outcome {
    let name = format!("first-paint-{member}");
    journey(&name, async |world, browser| {
        has_no_webassembly(world, browser);
        browser.open("/").await?;
        signs_in(browser, member).await?;
        browser.is_at("/").await?;
        browser.open("/account").await?;
        let badge = browser.finds("header .ui-member-badge__name").await?;
        let called = badge.text().await?;
        let before = header(browser, &MEMBERS).await?;
        browser.sees("You are signed in.").await?;
        let page = browser.finds("body").await?.text().await?;
        assert!(!page.contains("Sign in"), "{page}");
        browser.pictures(&name).await?;

        world.between.finds_the_module();
        browser.driver.refresh().await?;
        sees_the_badge(browser).await?;
        let badge = browser.finds("header .ui-member-badge__name").await?;
        assert_eq!(badge.text().await?, called);
        assert_eq!(header(browser, &MEMBERS).await?, before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_way_in_is_there_without_webassembly_and_comes_back_to_the_address() -> Outcome {
    journey("way-in-without-webassembly", async |world, browser| {
        has_no_webassembly(world, browser);
        browser.open("/account?tab=1").await?;
        browser.finds("header .ui-sign-in-button").await?;
        let before = header(browser, &VISITORS).await?;
        browser.presses("Sign in").await?;
        chooses(browser, "ada").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.is_at("/account?tab=1").await?;
        assert_eq!(live_tokens(world), 1);

        browser.driver.delete_all_cookies().await?;
        world.between.finds_the_module();
        browser.open("/account?tab=1").await?;
        browser.sees("Sign in to see your account").await?;
        assert_eq!(header(browser, &VISITORS).await?, before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_of_the_other_state_is_seen_while_the_page_comes() -> Outcome {
    journey("no-flash", async |_world, browser| {
        is_signed_in(browser, "ada").await?;
        browser
            .watches_for(&[
                "Sign in",
                "Looking whether you are signed in",
                "ada@example.com",
            ])
            .await?;
        browser.open("/account").await?;
        browser.sees("ada@example.com").await?;
        assert_eq!(browser.has_seen().await?, ["ada@example.com"]);
        let moved = moved(browser).await?;
        assert_eq!(moved, json!([]), "something moved");

        browser.driver.delete_all_cookies().await?;
        browser
            .watches_for(&["Ada Example", "Looking whether you are signed in"])
            .await?;
        browser.open("/").await?;
        browser.sees("Your primary e-mail address").await?;
        assert_eq!(browser.has_seen().await?, Vec::<String>::new());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_in_works_without_script() -> Outcome {
    journey("without-script", async |world, browser| {
        browser.runs_no_script().await?;
        browser.open("/account?tab=1").await?;
        browser.finds("main .ui-sign-in-button").await?;
        signs_in(browser, "ada").await?;
        browser.is_at("/account?tab=1").await?;
        assert_eq!(live_tokens(world), 1);
        browser.open("/").await?;
        let badge = browser.finds("header .ui-member-badge__name").await?;
        assert_eq!(badge.text().await?, "Ada Example");
        let words = browser.finds("main h1").await?;
        assert_eq!(words.text().await?, "You are signed in.");
        browser.pictures("without-script").await
    })
    .await
}
