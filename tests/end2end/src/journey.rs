//! From a clean start to a clean end, whatever happens in between.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt;

use crate::browser::Browser;
use crate::engine::Engine;
use crate::mishap::Outcome;
use crate::omission;
use crate::world::World;

/// Makes a journey in a fresh world with a fresh browser. It fails when its steps do, and when the browser's console has
/// complaints at its end; then a picture and the page's source are left behind under the journey's name.
///
/// # Errors
/// The first thing that went wrong.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&World, &Browser) -> Outcome) -> Outcome {
    let world = World::start().await?;
    journey_in(world, name, steps).await
}

/// A [`journey`] in a world that is special, as [`World::with`] makes them.
///
/// # Errors
/// As [`journey`].
pub async fn journey_in(
    world: World,
    name: &str,
    steps: impl AsyncFnOnce(&World, &Browser) -> Outcome,
) -> Outcome {
    let browser = Browser::start(Engine::chosen()?, &world).await;
    make(world, browser, name, steps).await
}

/// A [`journey`] with a browser that keeps no cookies.
///
/// # Errors
/// As [`journey`], and when the engine cannot be without.
pub async fn journey_without_cookies(
    name: &str,
    steps: impl AsyncFnOnce(&World, &Browser) -> Outcome,
) -> Outcome {
    let world = World::start().await?;
    let browser = Browser::start_without_cookies(Engine::chosen()?, &world).await;
    make(world, browser, name, steps).await
}

async fn make(
    world: World,
    browser: Outcome<Browser>,
    name: &str,
    steps: impl AsyncFnOnce(&World, &Browser) -> Outcome,
) -> Outcome {
    let browser = match browser {
        Ok(browser) => browser,
        Err(mishap) if mishap.is_omission() => {
            omission::tell(name, &mishap);
            return Ok(());
        }
        Err(mishap) => return Err(mishap),
    };
    let made = AssertUnwindSafe(async {
        steps(&world, &browser).await?;
        browser.console_is_clean().await
    })
    .catch_unwind()
    .await;
    // What the driver cannot do ends the journey there; what came before has been seen.
    let made = match made {
        Ok(Err(mishap)) if mishap.is_omission() => {
            omission::tell(name, &mishap);
            Ok(browser.console_is_clean().await)
        }
        made => made,
    };
    if !matches!(made, Ok(Ok(()))) {
        browser.leaves_evidence(name).await;
    }
    let ended = browser.quit().await;
    match made {
        Ok(outcome) => outcome.and(ended),
        Err(panic) => resume_unwind(panic),
    }
}
