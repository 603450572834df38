//! JSON without a parser of our own: the browser's, which costs the first load nothing. Natively, where only tests run,
//! `serde_json` takes its place under the same few questions, so that whoever asks them is tested without a browser.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::{Json, quoted};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{Json, quoted};

/// JSON that is none, or not what was asked for. What exactly is wrong with it interests nobody who could do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misread;

/// The largest whole number that every reader of JSON understands alike (RFC 7493 §2.2).
const LARGEST: f64 = 9_007_199_254_740_991.0;

impl Json {
    /// A whole number from 0 that is the same for every reader.
    pub(crate) fn whole(&self) -> Result<u64, Misread> {
        let number = self.number().ok_or(Misread)?;
        let whole = (0.0..=LARGEST).contains(&number) && number.fract() == 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole and in the range that a u64 holds exactly"
        )]
        whole.then_some(number as u64).ok_or(Misread)
    }

    /// A list of nothing but texts.
    pub(crate) fn texts(&self) -> Result<Vec<String>, Misread> {
        self.list()?.iter().map(Self::text).collect()
    }

    /// A whole number that a smaller type holds.
    pub(crate) fn small<T: TryFrom<u64>>(&self) -> Result<T, Misread> {
        T::try_from(self.whole()?).map_err(|_| Misread)
    }

    /// What may be left out, or be null.
    pub(crate) fn if_any<T>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, Misread>,
    ) -> Result<Option<T>, Misread> {
        if self.is_nothing() {
            return Ok(None);
        }
        read(self).map(Some)
    }
}
