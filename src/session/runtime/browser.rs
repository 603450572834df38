//! What the runtime reads from the browser: the address, the clock, and whether the page is seen.

use std::time::Duration;

use js_sys::{Date, Math};
use lapel_wire::{LocalPath, SessionView, paths};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, PageTransitionEvent, VisibilityState};

use crate::api::session_in_document;
use crate::session::{Arrival, Moment, Surroundings};

/// The page's monotonic clock.
pub(super) fn now() -> Moment {
    let milliseconds = web_sys::window()
        .and_then(|window| window.performance())
        .map(|it| it.now());
    Moment::after(time(milliseconds.unwrap_or_default()))
}

/// The device's own clock, as time since 1970. It may be wrong by years.
pub(super) fn device_time() -> Duration {
    time(Date::now())
}

/// The same for people and programs: RFC 3339, UTC.
pub(super) fn device_time_in_words() -> String {
    Date::new_0().to_iso_string().into()
}

/// What is the case around the page.
pub(super) fn surroundings() -> Surroundings {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is drawn is from 0 to just below 256"
    )]
    let chance = (Math::random() * 256.0) as u8;
    Surroundings {
        now: now(),
        chance,
        seen: is_visible(),
        online: is_online(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "fractions do not matter, and a clock before its start stands at it"
)]
const fn time(milliseconds: f64) -> Duration {
    Duration::from_millis(milliseconds as u64)
}

/// Whether the device says that it has a network.
pub(crate) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// The address to come back to, or home where this one cannot be one.
pub(super) fn here() -> LocalPath {
    let address = address().and_then(|address| LocalPath::parse(&address).ok());
    address.unwrap_or_else(LocalPath::home)
}

/// Path and query, as they are.
pub(super) fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let (path, query) = (location.pathname().ok()?, location.search().ok()?);
    Some(format!("{path}{query}"))
}

/// How the last sign-in ended, taken out of the address so that a reload or a shared link does not say it again.
pub(super) fn take_arrival() -> Option<Arrival> {
    let window = web_sys::window()?;
    let location = window.location();
    let search = location.search().ok()?;
    let query = search.strip_prefix('?')?;
    let (arrival, rest) = Arrival::take(query);
    if rest != query {
        let mark = if rest.is_empty() { "" } else { "?" };
        let (path, fragment) = (location.pathname().ok()?, location.hash().ok()?);
        let address = format!("{path}{mark}{rest}{fragment}");
        let history = window.history().ok()?;
        let state = history.state().unwrap_or(JsValue::NULL);
        // Refused only where an address is changed a hundred times in a row; then the words stay in it.
        drop(history.replace_state_with_url(&state, "", Some(&address)));
    }
    arrival
}

/// What the document says of the session.
pub(super) struct Told {
    pub(super) view: SessionView,
    /// Whether the BFF is to be asked all the same.
    pub(super) check_is_due: bool,
}

/// What the BFF put into the document about the session, taken out of it: it is about this moment, and the document
/// stays. None where another server served the document, or the BFF was not certain.
pub(super) fn take_told() -> Option<Told> {
    let document = web_sys::window()?.document()?;
    let element = document.get_element_by_id(paths::SESSION_ELEMENT)?;
    element.remove();
    Some(Told {
        view: session_in_document(&element.text_content()?)?,
        check_is_due: element.has_attribute(paths::SESSION_CHECK_IS_DUE),
    })
}

/// Whether the browser keeps cookies for this page, as far as it tells. Chromium says that it does although the member
/// has blocked them, but then it refuses Web Storage too, and so do the others: one setting governs both.
pub(super) fn keeps_cookies() -> bool {
    let Some(window) = web_sys::window() else {
        return true;
    };
    let told = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("cookieEnabled"));
    let refused = told.is_ok_and(|told| told == JsValue::FALSE);
    !refused && window.session_storage().is_ok()
}

/// Whether this is the page as it was when it was left, brought up again by the back button.
pub(super) fn is_restored(event: &Event) -> bool {
    event
        .dyn_ref::<PageTransitionEvent>()
        .is_some_and(PageTransitionEvent::persisted)
}

/// Whether the member can see the page.
pub(super) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
