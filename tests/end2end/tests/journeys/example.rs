//! The example of an application of one's own, which has nothing but Lapel's public components.

use end2end::{Outcome, World, journey_in};
use thirtyfour::By;

use crate::member::chooses;

#[tokio::test]
async fn what_is_written_survives_the_end_of_the_session() -> Outcome {
    let world = World::of_the_example().await?;
    journey_in(world, "example", async |world, browser| {
        browser.open("/?shelf=2").await?;
        browser.sees("Sign in to write.").await?;
        browser.presses("Sign in with LinkedIn").await?;
        chooses(browser, "ada").await?;
        browser
            .presses_css("button[name=decision][value=allow]")
            .await?;
        browser.is_at("/?shelf=2").await?;
        let note = browser.finds("#note").await?;
        note.send_keys("milk and bread").await?;
        browser.sees("3 words").await?;
        browser.pictures("example").await?;

        world
            .linkedin
            .clock()
            .advance(jiff::SignedDuration::from_hours(61 * 24));
        let looked = "dispatchEvent(new Event('visibilitychange'))";
        browser.driver.execute(looked, Vec::new()).await?;
        browser.sees("Please sign in again").await?;
        browser.presses("Not now").await?;
        let note = browser.driver.find(By::Css("#note")).await?;
        assert_eq!(note.prop("value").await?.as_deref(), Some("milk and bread"));
        Ok(())
    })
    .await
}
