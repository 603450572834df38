//! Posts, from the member's words to what LinkedIn shows.

use std::cell::{Cell, RefCell};

use axum::http::StatusCode;
use lapel_wire::little;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use super::post;
use crate::world::{Browser, World};

/// What LinkedIn shows of a text that was written so.
async fn shown(world: &World, browser: &mut Browser, text: &str) -> String {
    let answer = post(browser, &little::escaped(text)).await;
    assert_eq!(
        answer.status,
        StatusCode::CREATED,
        "{text:?}: {}",
        answer.body
    );
    let post = world.emulator.posts().all().pop().expect("a post");
    assert_eq!(answer.headers["x-restli-id"], *post.urn);
    post.text
}

#[tokio::test]
async fn a_post_with_every_reserved_character_arrives_whole() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    for text in [
        little::RESERVED,
        "C# (and more) @home: a_b * 2 ~ [x] {y} <z> | \\ \"q\"",
        "{hashtag|\\#|rust} by @[Ada Example](urn:li:person:x1)",
        "ends with \\",
        "  spaces\tand\n\nlines  ",
        "Grüße, 世界! محمد 👩🏽‍🚀",
    ] {
        assert_eq!(shown(&world, &mut browser, text).await, text);
    }
}

/// The emulator reads LinkedIn's text with code of its own, so a mistake on our side does not agree with itself.
#[test]
fn escaping_and_linkedins_own_reading_of_it_give_back_the_text() {
    let runtime = Runtime::new().expect("a runtime");
    let (world, browser) = runtime.block_on(async {
        let world = World::new().await;
        let browser = world.sharing("ada").await;
        (world, browser)
    });
    let reserved = prop::sample::select(little::RESERVED.chars().collect::<Vec<_>>());
    let letter = prop_oneof![
        3 => reserved,
        2 => any::<char>(),
        2 => prop::sample::select(vec!['a', ' ', '\n', 'é', '🎉']),
        1 => Just('\0'),
    ];
    let text = prop::collection::vec(letter, 1..40);
    // A member has 150 posts a day (LinkedIn reference §8.4).
    let mut runner = TestRunner::new(Config {
        cases: 100,
        max_shrink_iters: 40,
        ..Config::default()
    });
    let browser = RefCell::new(browser);
    let number = Cell::new(0);
    runner
        .run(&text, |text| {
            // No two posts are the same, or LinkedIn refuses the second.
            number.set(number.get() + 1);
            let text = format!("{} {}", number.get(), text.into_iter().collect::<String>());
            let shown = runtime.block_on(shown(&world, &mut browser.borrow_mut(), &text));
            prop_assert_eq!(shown, text);
            Ok(())
        })
        .expect("every text");
}

#[tokio::test]
async fn what_is_counted_as_fitting_fits_and_what_is_not_is_refused() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    for (piece, count) in [("x", 3000), ("#", 1500), ("🎉", 1500), ("é", 3000)] {
        let fits = piece.repeat(count);
        assert_eq!(little::length(&fits), little::LONGEST);
        let answer = post(&mut browser, &little::escaped(&fits)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{piece}");
        let answer = post(&mut browser, &little::escaped(&format!("{fits}x"))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{piece}");
    }
}
