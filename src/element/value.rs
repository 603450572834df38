//! What an attribute says.

use super::Words;

/// A value, or none: then the attribute is absent.
pub(crate) enum Value {
    Fixed(Option<Words>),
    Changing(Changing),
}

/// Words that are looked up again when a signal that they came from has changed.
pub(crate) struct Changing(Box<dyn FnMut() -> Option<Words> + Send>);

impl Changing {
    pub(super) fn new(words: impl FnMut() -> Option<Words> + Send + 'static) -> Self {
        Self(Box::new(words))
    }

    pub(super) fn words(&mut self) -> Option<Words> {
        (self.0)()
    }
}

/// Words that change.
pub(crate) fn changing<W: Into<Words>>(mut words: impl FnMut() -> W + Send + 'static) -> Changing {
    Changing::new(move || Some(words().into()))
}

impl From<&'static str> for Value {
    fn from(words: &'static str) -> Self {
        Self::Fixed(Some(words.into()))
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Fixed(Some(words.into()))
    }
}

impl From<Option<&'static str>> for Value {
    fn from(words: Option<&'static str>) -> Self {
        Self::Fixed(words.map(Into::into))
    }
}

impl From<Changing> for Value {
    fn from(words: Changing) -> Self {
        Self::Changing(words)
    }
}
