//! The browser engines, and what each wants to be asked for.

use std::path::PathBuf;

use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use crate::environment::variable;
use crate::mishap::{Mishap, Outcome};

/// A browser engine that journeys can be made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Chromium or Chrome, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKit's `MiniBrowser`, through `WebKitWebDriver`. It needs a display.
    WebKit,
}

impl Engine {
    /// `END2END_ENGINE`: `chromium` (the default), `firefox` or `webkit`.
    ///
    /// # Errors
    /// When it names none of them.
    pub fn chosen() -> Outcome<Self> {
        let Some(name) = variable("END2END_ENGINE") else {
            return Ok(Self::Chromium);
        };
        match name.to_string_lossy().as_ref() {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::WebKit),
            other => Err(Mishap::new(format!(
                "END2END_ENGINE is chromium, firefox or webkit, not {other:?}"
            ))),
        }
    }

    /// As part of a file's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The driver's program, by the variable that test tools agree on or from `PATH`.
    pub(crate) fn driver(self) -> Outcome<PathBuf> {
        let (chooser, name) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
            Self::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        };
        if let Some(chosen) = variable(chooser) {
            return Ok(chosen.into());
        }
        which::which(name)
            .map_err(|_| Mishap::new(format!("{name} is neither on PATH nor named by {chooser}")))
    }

    /// What a new session is asked for. Chromium's and WebKit's drivers make a new profile for each, and remove it.
    pub(crate) fn capabilities(self) -> Capabilities {
        let wanted = match self {
            Self::Chromium => chromium(),
            Self::Firefox => firefox(),
            Self::WebKit => json!({ "webkitgtk:browserOptions": { "args": ["--automation"] } }),
        };
        capabilities(wanted)
    }

    /// The same for a member who has told the browser to keep no cookies.
    pub(crate) fn without_cookies(self) -> Outcome<Capabilities> {
        match self {
            Self::Chromium => {
                let mut wanted = chromium();
                // As a member sets it under "Privacy and security": 2 is "block".
                wanted["goog:chromeOptions"]["prefs"] =
                    json!({ "profile.default_content_setting_values.cookies": 2 });
                Ok(capabilities(wanted))
            }
            Self::Firefox => {
                let mut wanted = firefox();
                // 2: "all cookies".
                wanted["moz:firefoxOptions"]["prefs"]["network.cookie.cookieBehavior"] = json!(2);
                Ok(capabilities(wanted))
            }
            Self::WebKit => Err(Mishap::omission(self, "keeps cookies in any case")),
        }
    }
}

fn capabilities(wanted: Value) -> Capabilities {
    let map = if let Value::Object(map) = wanted {
        map
    } else {
        Map::new()
    };
    map.into()
}

/// Nothing that a journey is not about: no look-ups of the maker's hosts, no reports to them.
fn firefox() -> Value {
    let mut options = json!({
        "args": ["-headless"],
        "prefs": {
            "app.normandy.enabled": false,
            "app.update.disabledForTesting": true,
            "browser.region.network.url": "",
            "browser.safebrowsing.malware.enabled": false,
            "browser.safebrowsing.phishing.enabled": false,
            "browser.topsites.contile.enabled": false,
            "datareporting.policy.dataSubmissionEnabled": false,
            // A page that is left for another site ends with its process. On a slow machine that ends script in the middle
            // of a line, and what of it still runs complains.
            "dom.abort_script_on_child_shutdown": false,
            "extensions.systemAddon.update.enabled": false,
            "extensions.update.enabled": false,
            "media.gmp-manager.updateEnabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "services.settings.server": "data:,",
            "toolkit.telemetry.enabled": false,
            "toolkit.telemetry.unified": false,
        },
    });
    if let Some(program) = variable("FIREFOX") {
        options["binary"] = json!(program.to_string_lossy());
    }
    json!({ "moz:firefoxOptions": options })
}

fn chromium() -> Value {
    let mut arguments = vec![
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        // A telephone's do not take room; in a picture as wide as one they must not either.
        "--hide-scrollbars",
        // Nothing that a journey is not about: no first-run page, no look-ups of the maker's hosts.
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    // Chromium refuses to sandbox itself as root, which is what a container usually is.
    if is_root() {
        arguments.push("--no-sandbox");
    }
    let mut options = json!({ "args": arguments });
    if let Some(program) = variable("CHROMIUM") {
        options["binary"] = json!(program.to_string_lossy());
    }
    json!({
        "goog:chromeOptions": options,
        // Without it chromedriver keeps no console to be read.
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
