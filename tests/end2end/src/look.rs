//! How wide a page is looked at, and in which colours.

use std::time::Duration;

use serde_json::json;
use thirtyfour::WebDriver;

use crate::devtools::devtools;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// How often, and how fast one after the other, a window is asked whether it has followed.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);

/// What the member's system asks pages to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A width and a colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Light or dark.
    pub scheme: Scheme,
}

impl Look {
    /// A laptop by day and by night, a telephone by day and by night.
    pub const ALL: [Self; 4] = [
        Self {
            width: 1280,
            height: 800,
            scheme: Scheme::Light,
        },
        Self {
            width: 1280,
            height: 800,
            scheme: Scheme::Dark,
        },
        Self {
            width: 375,
            height: 740,
            scheme: Scheme::Light,
        },
        Self {
            width: 375,
            height: 740,
            scheme: Scheme::Dark,
        },
    ];

    /// Those that an engine can be given while it runs. Firefox's window is not as narrow as a telephone, and its driver knows
    /// of no dark system; nor does WebKit's.
    #[must_use]
    pub fn of(engine: Engine) -> Vec<Self> {
        let can = |look: &Self| {
            engine == Engine::Chromium || look.scheme == Scheme::Light && look.width > 1000
        };
        Self::ALL.into_iter().filter(can).collect()
    }

    /// As part of a file's name: `375-dark`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}-{}", self.width, self.scheme.word())
    }
}

impl Scheme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Makes the window that is in front look so.
pub(crate) async fn apply(engine: Engine, driver: &WebDriver, look: Look) -> Outcome {
    match engine {
        Engine::Chromium => {
            // A window cannot be narrower than some 500 pixels; the page in it can be told that it is.
            let (width, height) = (look.width, look.height);
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            devtools(driver, "Emulation.setDeviceMetricsOverride", metrics).await?;
            let scheme = json!([{ "name": "prefers-color-scheme", "value": look.scheme.word() }]);
            devtools(
                driver,
                "Emulation.setEmulatedMedia",
                json!({ "features": scheme }),
            )
            .await
        }
        Engine::Firefox | Engine::WebKit if look.scheme == Scheme::Light => {
            driver
                .set_window_rect(0, 0, look.width, look.height)
                .await?;
            has_become(driver, look.width).await
        }
        Engine::Firefox | Engine::WebKit => Err(Mishap::omission(
            engine,
            "switches no page to dark while it runs",
        )),
    }
}

/// The driver has answered before the window system has: the page follows in a moment. Where frames take some of the width
/// it never is as wide as that; then it is what it is by the end of the patience.
async fn has_become(driver: &WebDriver, width: u32) -> Outcome {
    for _ in 0..TRIES {
        let is = driver.execute("return innerWidth", Vec::new()).await?;
        if is.json().as_u64() == Some(width.into()) {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
