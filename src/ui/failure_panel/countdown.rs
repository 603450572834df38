//! When a failed call is made again, in words.

use std::sync::Arc;
use std::time::Duration;

use js_sys::{Date, Function, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::element::{Changing, Element, changing, paragraph};
use crate::failure::NextTry;
use crate::texts::{Failures, use_texts};

/// From here on a length of time says less than a time of day.
const LONG: Duration = Duration::from_mins(15);

/// When a failed call is made again, for views to follow: a [`NextTry`], or a closure that reads signals.
#[derive(Clone)]
pub struct Countdown(Arc<dyn Fn() -> NextTry + Send + Sync>);

/// When the member says so.
impl Default for Countdown {
    fn default() -> Self {
        Self::from(NextTry::ByHand)
    }
}

impl From<NextTry> for Countdown {
    fn from(next: NextTry) -> Self {
        Self::from(move || next)
    }
}

impl<F: Fn() -> NextTry + Send + Sync + 'static> From<F> for Countdown {
    fn from(next: F) -> Self {
        Self(Arc::new(next))
    }
}

impl Countdown {
    pub(super) fn is_under_way(&self) -> bool {
        (self.0)() == NextTry::UnderWay
    }

    /// The words of the button that makes it now.
    pub(super) fn action(&self, texts: &'static Failures) -> Changing {
        let countdown = self.clone();
        changing(move || match (countdown.0)() {
            NextTry::ByHand => texts.try_again,
            NextTry::In(_) | NextTry::WhenOnline => texts.try_now,
            NextTry::UnderWay => texts.trying,
        })
    }

    /// A timer in the sense of ARIA: there to be read, and not announced each second.
    pub(super) fn timer(self) -> Element {
        let texts = use_texts();
        let words = changing(move || match (self.0)() {
            NextTry::ByHand => String::new(),
            NextTry::In(wait) if wait < LONG => (texts.failures.next_in)(wait),
            NextTry::In(wait) => match time_of_day(Date::now(), wait) {
                Some(time) => (texts.failures.next_at)(&time),
                None => (texts.failures.next_in)(wait),
            },
            NextTry::WhenOnline => texts.failures.when_online.to_owned(),
            NextTry::UnderWay => texts.failures.trying_now.to_owned(),
        });
        paragraph(words)
            .class("ui-failure-panel__timer")
            .attr("role", "timer")
    }
}

/// The time of day after a wait from a moment on, in milliseconds since 1970, as the member's browser writes it; with the day
/// where that is not today.
pub(crate) fn time_of_day(from: f64, wait: Duration) -> Option<String> {
    let now = Date::new_0();
    let milliseconds = from + wait.as_secs_f64() * 1000.0;
    let then = Date::new(&JsValue::from_f64(milliseconds));
    let form = if then.get_day() == now.get_day() {
        r#"{"hour":"numeric","minute":"2-digit"}"#
    } else {
        r#"{"weekday":"long","hour":"numeric","minute":"2-digit"}"#
    };
    // Without a language it is the browser's own, which js-sys cannot say.
    let write = Reflect::get(&then, &JsValue::from_str("toLocaleString")).ok()?;
    let write: Function = write.dyn_into().ok()?;
    let form = JSON::parse(form).ok()?;
    let written = write.call2(&then, &JsValue::UNDEFINED, &form).ok()?;
    written.as_string()
}
