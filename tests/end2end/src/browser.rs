//! A browser as a person uses it: opens, sees, presses, waits.
//!
//! Everything that looks for something waits for it, and says what it waited for when it does not come.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use thirtyfour::prelude::*;
use url::Url;

use crate::console::{self, Console};
use crate::driver::Driver;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};
use crate::planted::Planted;
use crate::profile::Profile;
use crate::witness;
use crate::world::World;

/// How long something may take to appear. Far beyond what it takes, since a build machine can be busy.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(40);

/// A session of its own: a fresh profile, no cookies, one window.
pub struct Browser {
    /// WebDriver itself, for what only one journey needs.
    pub driver: WebDriver,
    pub(crate) engine: Engine,
    origin: String,
    console: Console,
    pub(crate) runs_script: AtomicBool,
    /// Scripts in the world's pages, where the driver brings none.
    planted: Arc<Planted>,
    /// The tab that it started with.
    pub(crate) first: WindowHandle,
    /// Keeps the driver's process as long as the session.
    _process: Arc<Driver>,
    /// Goes after it.
    _profile: Option<Profile>,
}

impl Browser {
    /// Opens a browser at this engine; in this world are [`Browser::open`]'s paths.
    ///
    /// # Errors
    /// When the engine or its driver is missing or does not start.
    pub async fn start(engine: Engine, world: &World) -> Outcome<Self> {
        Self::with(engine, engine.capabilities(), world).await
    }

    /// The same with a browser that keeps no cookies.
    ///
    /// # Errors
    /// As [`Browser::start`], and when the engine cannot be without.
    pub async fn start_without_cookies(engine: Engine, world: &World) -> Outcome<Self> {
        Self::with(engine, engine.without_cookies()?, world).await
    }

    async fn with(engine: Engine, mut capabilities: Capabilities, world: &World) -> Outcome<Self> {
        let profile = match engine {
            Engine::Firefox => Some(Profile::fresh().await?),
            Engine::Chromium | Engine::WebKit => None,
        };
        if let Some(profile) = &profile {
            profile.is_asked_for(&mut capabilities);
        }
        let process = Driver::shared(engine)?;
        let driver = process.connect(capabilities).await?;
        let planted = world.between.planted();
        console::is_complete(engine, &driver, &planted).await?;
        let first = driver.window().await?;
        Ok(Self {
            driver,
            first,
            engine,
            origin: world.address(""),
            planted,
            console: Console::default(),
            runs_script: AtomicBool::new(true),
            _process: process,
            _profile: profile,
        })
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Types a path of Lapel's into the address bar.
    ///
    /// # Errors
    /// When the browser cannot load it.
    pub async fn open(&self, path: &str) -> Outcome {
        Ok(self.driver.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Goes to a page of a server that is just starting, once it serves.
    ///
    /// # Errors
    /// When it does not.
    pub async fn finds_served(&self, address: &str) -> Outcome {
        self.until(&format!("{address} to be served"), async || {
            // A refused connection is an error of the driver's.
            Ok(self.driver.goto(address).await.ok())
        })
        .await
    }

    /// Presses the button, link or menu item of this name.
    ///
    /// # Errors
    /// When there is none that can be pressed.
    pub async fn presses(&self, name: &str) -> Outcome {
        let name = literal(name);
        let control = By::XPath(format!(
            "//*[self::button or self::a or @role='button' or @role='link' or @role='menuitem']\
             [normalize-space(.)={name} or @aria-label={name}]"
        ));
        self.click(&format!("a control named {name}"), control)
            .await
    }

    /// Presses what a CSS selector finds, for pages whose words are not ours: LinkedIn's.
    ///
    /// # Errors
    /// When there is nothing that can be pressed.
    pub async fn presses_css(&self, selector: &str) -> Outcome {
        self.click(selector, By::Css(selector)).await
    }

    /// Waits until the page shows this text.
    ///
    /// # Errors
    /// When it does not.
    pub async fn sees(&self, text: &str) -> Outcome {
        self.until(&format!("the text {text:?}"), async || {
            Ok(self.shows(text).await?.then_some(()))
        })
        .await
    }

    /// Waits until the page no longer shows this text.
    ///
    /// # Errors
    /// When it still does.
    pub async fn sees_no_more(&self, text: &str) -> Outcome {
        self.until(&format!("no text {text:?}"), async || {
            Ok((!self.shows(text).await?).then_some(()))
        })
        .await
    }

    /// Presses a key where the focus is.
    ///
    /// # Errors
    /// When nothing takes it.
    pub async fn types(&self, key: Key) -> Outcome {
        Ok(self.driver.active_element().await?.send_keys(key).await?)
    }

    /// Presses a key, whatever has the focus, the page itself included.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn presses_key(&self, key: Key) -> Outcome {
        let keys = self.driver.action_chain().send_keys(key);
        Ok(keys.perform().await?)
    }

    /// Waits until the focus is on what shows this text. Pages move the focus once they have drawn; keys that are sent
    /// before go where it was.
    ///
    /// # Errors
    /// When it stays elsewhere.
    pub async fn focus_is_on(&self, text: &str) -> Outcome {
        self.until(&format!("the focus on {text:?}"), async || {
            let focused = self.driver.active_element().await?.text().await;
            // What had the focus may be redrawn while it is asked.
            Ok(focused.is_ok_and(|shown| shown == text).then_some(()))
        })
        .await
    }

    /// Waits for an element that is displayed.
    ///
    /// # Errors
    /// When there is none.
    pub async fn finds(&self, selector: &str) -> Outcome<WebElement> {
        // As the page itself judges it: WebKit's driver takes what is in an element without a box for hidden.
        let seen = "return arguments[0].checkVisibility({ visibilityProperty: true })";
        self.until(selector, async || {
            for element in self.driver.find_all(By::Css(selector)).await? {
                let asked = vec![element.to_json()?];
                if self.driver.execute(seen, asked).await?.json() == true {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the address bar shows this path of Lapel's, query included.
    ///
    /// # Errors
    /// When it shows something else, which is named.
    pub async fn is_at(&self, path: &str) -> Outcome {
        let wanted = format!("{}{path}", self.origin);
        self.until(&format!("the address {wanted}"), async || {
            Ok((self.address().await?.as_str() == wanted).then_some(()))
        })
        .await
    }

    /// What the address bar shows.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn address(&self) -> Outcome<Url> {
        Ok(self.driver.current_url().await?)
    }

    /// The tab that is in front.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn tab(&self) -> Outcome<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Brings another tab to the front.
    ///
    /// # Errors
    /// When it was closed.
    pub async fn turns_to(&self, tab: &WindowHandle) -> Outcome {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// Opens a tab and brings it to the front.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn new_tab(&self) -> Outcome<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.turns_to(&tab).await?;
        Ok(tab)
    }

    /// From now on the page in front does not notice that it comes to the front, when it would ask how things are. What
    /// happened meanwhile it then knows from other tabs, or not at all.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn hears_of_it_from_other_tabs_only(&self) -> Outcome {
        let deaf =
            "addEventListener('visibilitychange', it => it.stopImmediatePropagation(), true)";
        self.driver.execute(deaf, Vec::new()).await?;
        Ok(())
    }

    /// Watches every page that loads from now on for these texts.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn watches_for(&self, texts: &[&str]) -> Outcome {
        witness::watches(self.engine, &self.driver, &self.planted, texts).await
    }

    /// Which of the texts that it [watches for](Self::watches_for) the page in front has shown since it came up, if only
    /// for a moment.
    ///
    /// # Errors
    /// When the page was not watched.
    pub async fn has_seen(&self) -> Outcome<Vec<String>> {
        witness::seen(&self.driver).await
    }

    /// Announces that errors of the console with this in them belong to the journey.
    pub fn expects_in_console(&self, part: &str) {
        self.console.expect(part);
    }

    /// Asks again and again until the condition gives something.
    ///
    /// # Errors
    /// When it gives an error, or nothing for too long.
    pub async fn until<T>(
        &self,
        what: &str,
        condition: impl AsyncFn() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let asking = async {
            loop {
                match condition().await {
                    Ok(Some(found)) => return Ok(found),
                    Ok(None) => {}
                    Err(mishap) if mishap.is_redrawn() => {}
                    Err(mishap) => return Err(mishap),
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Mishap::new(format!(
                "waited in vain for {what} at {}",
                self.address()
                    .await
                    .map_or_else(|_| "?".to_owned(), String::from)
            ))),
        }
    }

    /// Whether the console is free of what nobody expected.
    pub(crate) async fn console_is_clean(&self) -> Outcome {
        self.console
            .check(self.engine, &self.driver, &self.planted)
            .await
    }

    /// Ends the session, and with it the profile.
    pub(crate) async fn quit(self) -> Outcome {
        Ok(self.driver.quit().await?)
    }

    async fn click(&self, what: &str, by: By) -> Outcome {
        self.until(what, async || {
            let found = self
                .driver
                .query(by.clone())
                .nowait()
                .and_clickable()
                .first_opt()
                .await?;
            match found {
                // A page that is being redrawn takes elements away under the finger: that is no click, and the next
                // look finds the new one.
                Some(element) => Ok(element.click().await.ok()),
                None => Ok(None),
            }
        })
        .await
    }

    async fn shows(&self, text: &str) -> Outcome<bool> {
        let script = "return document.body ? document.body.innerText : ''";
        let shown = self.driver.execute(script, Vec::new()).await?;
        Ok(shown
            .json()
            .as_str()
            .is_some_and(|shown| shown.contains(text)))
    }
}

/// A string in `XPath`, which knows no escapes: whichever quote it does not contain delimits it.
fn literal(text: &str) -> String {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    format!("{quote}{text}{quote}")
}
