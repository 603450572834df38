//! The gallery: every component in every state, in each look and in a language that runs from right to left.

use end2end::{Browser, Look, Outcome, Scheme, World, journey_in};

const SECTIONS: &str = "[data-component]";

/// Portraits that have expired or are blocked are part of it, and so is a component without its provider.
pub(crate) fn announces_its_complaints(browser: &Browser) {
    browser.expects_in_console("expired.jpg");
    browser.expects_in_console("blocked.invalid");
    browser.expects_in_console("is above this component");
}

/// High enough for the component with the most states.
fn tall(look: Look) -> Look {
    Look {
        height: 14_000,
        ..look
    }
}

#[tokio::test]
async fn every_state_of_every_component_is_open_to_all_and_looked_at() -> Outcome {
    let world = World::of_the_gallery().await?;
    journey_in(world, "gallery", async |_world, browser| {
        announces_its_complaints(browser);
        for look in Look::of(browser.engine()).into_iter().map(tall) {
            browser.looks(look).await?;
            browser.open("/").await?;
            browser.sees("Gallery").await?;
            browser
                .is_open_to_all(&format!("the gallery, {}", look.name()))
                .await?;
            let name = format!("gallery-{}", look.name());
            browser
                .pictures_of(SECTIONS, "data-component", &name)
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_language_that_runs_from_right_to_left_turns_every_component_around() -> Outcome {
    let world = World::of_the_gallery().await?;
    journey_in(world, "gallery_right_to_left", async |_world, browser| {
        announces_its_complaints(browser);
        for look in Look::of(browser.engine())
            .into_iter()
            .filter(|it| it.scheme == Scheme::Light)
            .map(tall)
        {
            browser.looks(look).await?;
            browser.open("/?language=ar").await?;
            browser.sees("Gallery").await?;
            // A page that runs the other way has its overflow on the other side.
            let wider =
                "const it = document.documentElement; return it.scrollWidth - it.clientWidth";
            let wider = browser.driver.execute(wider, Vec::new()).await?;
            assert_eq!(wider.json(), 0, "nothing sticks out at {}", look.name());
            browser
                .is_open_to_all(&format!("the Arabic gallery, {}", look.name()))
                .await?;
            let name = format!("gallery-ar-{}", look.name());
            browser
                .pictures_of(SECTIONS, "data-component", &name)
                .await?;
        }
        Ok(())
    })
    .await
}
