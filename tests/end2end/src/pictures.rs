//! Looking at a page: in every look, with axe's eyes too, and what is left behind of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use thirtyfour::prelude::*;

use crate::axe;
use crate::browser::Browser;
use crate::engine::Engine;
use crate::environment::variable;
use crate::look::{self, Look};
use crate::mishap::{Mishap, Outcome};
use crate::omission;

impl Browser {
    /// Makes the window in front this wide and this dark.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn looks(&self, look: Look) -> Outcome {
        look::apply(self.engine, &self.driver, look).await
    }

    /// Takes a picture in every [`Look`] that the engine has, below `target/end2end/pictures`. In each of them axe must find nothing.
    ///
    /// # Errors
    /// When the engine cannot, the file cannot be written, or axe finds something.
    pub async fn pictures(&self, name: &str) -> Outcome {
        for look in Look::of(self.engine) {
            self.looks(look).await?;
            self.is_still().await?;
            self.is_open_to_all(&format!("{name}-{}", look.name()))
                .await?;
            self.picture(&format!("{name}-{}", look.name())).await?;
        }
        Ok(())
    }

    /// Takes a picture of the page as it looks now, below `target/end2end/pictures`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn picture(&self, name: &str) -> Outcome {
        if self.engine == Engine::WebKit && self.tab().await? != self.first {
            let blind = Mishap::omission(self.engine, "ends when a second tab is pictured");
            omission::tell(name, &blind);
            return Ok(());
        }
        let file = folder("pictures", self.engine)?.join(format!("{name}.png"));
        self.driver.screenshot(&file).await?;
        Ok(())
    }

    /// Holds the page in front to WCAG 2.2 AA, as far as axe can tell.
    ///
    /// # Errors
    /// What axe finds.
    pub async fn is_open_to_all(&self, what: &str) -> Outcome {
        // axe is script itself; what a page without script is made of, others have looked at.
        if !self.runs_script.load(Ordering::SeqCst) {
            return Ok(());
        }
        axe::finds_nothing(&self.driver, what).await
    }

    /// Takes pictures of all elements that a selector finds, each whole, below `target/end2end/pictures`.
    ///
    /// # Errors
    /// When the engine cannot, or a file cannot be written.
    pub async fn pictures_of(&self, selector: &str, by: &str, name: &str) -> Outcome {
        self.is_still().await?;
        for element in self.driver.find_all(By::Css(selector)).await? {
            let which = element.attr(by).await?.unwrap_or_default();
            let file = folder("pictures", self.engine)?.join(format!("{name}-{which}.png"));
            element.screenshot(&file).await?;
        }
        Ok(())
    }

    /// Waits until nothing on the page is moving or changing its colour any more.
    async fn is_still(&self) -> Outcome {
        let moving = "return document.getAnimations().some(it => it.playState === 'running' \
                      && it.effect.getComputedTiming().endTime !== Infinity)";
        self.until("the page to be still", async || {
            let moving = self.driver.execute(moving, Vec::new()).await?;
            Ok((moving.json() == false).then_some(()))
        })
        .await
    }

    /// Leaves behind what helps to understand a failure. That it cannot is no failure of its own.
    pub(crate) async fn leaves_evidence(&self, name: &str) {
        let Ok(folder) = folder("failures", self.engine) else {
            return;
        };
        let picture = folder.join(format!("{name}.png"));
        let source = folder.join(format!("{name}.html"));
        let _ = self.driver.screenshot(&picture).await;
        if let Ok(text) = self.driver.source().await {
            let _ = fs::write(&source, text);
        }
        eprintln!(
            "what the browser showed: {} and {}",
            picture.display(),
            source.display()
        );
    }
}

fn folder(name: &str, engine: Engine) -> Outcome<PathBuf> {
    let target = variable("CARGO_TARGET_DIR").map_or_else(
        || Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")).to_owned(),
        PathBuf::from,
    );
    let folder = target.join("end2end").join(name).join(engine.name());
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
