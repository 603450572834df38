//! A date as the member writes dates.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// A point in time, given in seconds since 1970: in the page's language, and as it is written in the member's country. In
/// the time zone of the device. None for what is no date.
pub(super) fn date(seconds: u64, language: &str) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond what is exact, no browser knows a date"
    )]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    // Asked to write an end that is beyond the calendar, browsers throw.
    if date.get_time().is_nan() {
        return None;
    }
    let style = Object::new();
    for (part, length) in [("dateStyle", "long"), ("timeStyle", "short")] {
        // Refused only by frozen objects.
        drop(Reflect::set(&style, &part.into(), &length.into()));
    }
    let member = web_sys::window().and_then(|window| window.navigator().language());
    let locale = locale(language, member.as_deref().unwrap_or_default());
    Some(date.to_locale_string(locale, &style).into())
}

/// The member's language where it is the page's, with its country. A date in another language than the sentence around it
/// would be read out wrongly.
fn locale<'a>(page: &'a str, member: &'a str) -> &'a str {
    let country = member.strip_prefix(page);
    if country.is_some_and(|rest| rest.starts_with('-')) {
        member
    } else {
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_the_pages_language_and_as_the_member_writes_them() {
        for (member, expected) in [
            ("en-GB", "en-GB"),
            ("en", "en"),
            ("de-AT", "en"),
            ("eng", "en"),
            ("", "en"),
        ] {
            assert_eq!(locale("en", member), expected, "{member}");
        }
    }
}
