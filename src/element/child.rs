//! What an element holds.

use leptos::prelude::*;

use super::{Changing, Element, Words};

/// Words, or anything else that can be seen.
pub(crate) enum Child {
    Words(Words),
    Changing(Changing),
    View(AnyView),
}

/// A view that is made anew whenever `of` has changed. Whatever else the view reads is not followed.
pub(crate) fn live<T>(
    mut of: impl FnMut() -> T + Send + 'static,
    mut view: impl FnMut(T) -> AnyView + Send + 'static,
) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || {
        let of = of();
        untrack(|| view(of))
    });
    view.into_any()
}

impl From<&'static str> for Child {
    fn from(words: &'static str) -> Self {
        Self::Words(words.into())
    }
}

impl From<String> for Child {
    fn from(words: String) -> Self {
        Self::Words(words.into())
    }
}

impl From<Words> for Child {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

impl From<Changing> for Child {
    fn from(words: Changing) -> Self {
        Self::Changing(words)
    }
}

impl From<AnyView> for Child {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

impl From<Element> for Child {
    fn from(element: Element) -> Self {
        Self::View(element.view())
    }
}

/// What is not there is held as no words, so that what follows it stays the same element when it comes.
impl<C: Into<Self>> From<Option<C>> for Child {
    fn from(child: Option<C>) -> Self {
        child.map_or(Self::Words(Words::Borrowed("")), Into::into)
    }
}
