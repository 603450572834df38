//! The app in this very program, where it was built with the feature `embedded-app`.

use std::borrow::Cow;

use axum::body::Bytes;
use rust_embed::RustEmbed;

use super::files::Files;

/// What `cargo xtask dist` had put there when the program was compiled.
#[derive(RustEmbed)]
#[folder = "../../target/app"]
struct Embedded;

pub(super) fn files() -> Files {
    Files::of(Embedded::iter().filter_map(|name| {
        let content = match Embedded::get(&name)?.data {
            Cow::Borrowed(content) => Bytes::from_static(content),
            Cow::Owned(content) => content.into(),
        };
        Some((name.into_owned(), content))
    }))
}
