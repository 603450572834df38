//! Closures that views follow, in a few common types. Leptos compiles its machinery anew for every type of closure; a box
//! costs nothing that anyone notices, and a shared type saves kilobytes of the module each time.

use leptos::prelude::AnyView;

/// Children that change.
pub(crate) type Live = Box<dyn FnMut() -> AnyView + Send>;

/// An attribute or text that changes.
pub(crate) type Word = Box<dyn FnMut() -> &'static str + Send>;

/// An attribute that comes and goes.
pub(crate) type Mark = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// Text that changes, in words of its own.
pub(crate) type Text = Box<dyn FnMut() -> String + Send>;

pub(crate) fn live(view: impl FnMut() -> AnyView + Send + 'static) -> Live {
    Box::new(view)
}

pub(crate) fn word(word: impl FnMut() -> &'static str + Send + 'static) -> Word {
    Box::new(word)
}

/// The attribute is "true" while it holds, and absent otherwise.
pub(crate) fn when(mut holds: impl FnMut() -> bool + Send + 'static) -> Mark {
    Box::new(move || holds().then_some("true"))
}

pub(crate) fn text(text: impl FnMut() -> String + Send + 'static) -> Text {
    Box::new(text)
}
