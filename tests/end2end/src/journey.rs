//! From a clean start to a clean end, whatever happens in between.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::LazyLock;
use std::thread::available_parallelism;

use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::browser::Browser;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};
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
    let _room = room().await?;
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
    let _room = room().await?;
    let browser = Browser::start_without_cookies(Engine::chosen()?, &world).await;
    make(world, browser, name, steps).await
}

/// Makes several journeys, whose ends are all waited for. A test that makes many takes the longest of all, and others would
/// wait for it with nothing to do.
///
/// # Errors
/// The first that one of them gives.
pub async fn at_the_same_time(
    journeys: impl IntoIterator<Item = impl Future<Output = Outcome>>,
) -> Outcome {
    join_all(journeys).await.into_iter().collect()
}

/// Waits until there is room for a browser more: as many as there are processors, whoever asks.
async fn room() -> Outcome<SemaphorePermit<'static>> {
    static ROOM: LazyLock<Semaphore> = LazyLock::new(|| {
        let processors = available_parallelism().map_or(2, NonZero::get);
        Semaphore::new(processors)
    });
    let room = ROOM.acquire().await;
    room.map_err(|cause| Mishap::caused("room for a browser", &cause))
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
