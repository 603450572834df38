//! A date as the member writes dates.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::element::{Element, element};

/// A point in time, given in seconds since 1970: in the page's language, and where the member's browser has a country for
/// that language, as they write it there. In the time zone of the device.
pub(crate) fn date(seconds: u64, language: &'static str) -> Element {
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond what is exact, no browser knows a date"
    )]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    // An end that is no date of this calendar is left out; asked to write it, browsers throw.
    if date.get_time().is_nan() {
        return element("time");
    }
    let style = Object::new();
    for (part, length) in [("dateStyle", "long"), ("timeStyle", "short")] {
        // Refused only by frozen objects.
        drop(Reflect::set(&style, &part.into(), &length.into()));
    }
    let languages: Vec<String> = web_sys::window()
        .map(|window| window.navigator().languages())
        .into_iter()
        .flat_map(|languages| languages.to_vec())
        .filter_map(|language| language.as_string())
        .collect();
    let shown = date.to_locale_string(locale(language, &languages), &style);
    element("time")
        .attr("datetime", String::from(date.to_iso_string()))
        .child(String::from(shown))
}

/// The first of the member's languages that is the page's, with its country. A date in another language than the sentence
/// around it would be read out wrongly.
fn locale<'a>(page: &'a str, member: &'a [String]) -> &'a str {
    let same = |tag: &&String| tag.split('-').next() == Some(page);
    member.iter().find(same).map_or(page, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_the_pages_language_and_as_the_member_writes_them() {
        let members = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>();
        for (tags, expected) in [
            (&["en-GB", "en-US"][..], "en-GB"),
            (&["de-AT", "en-IN", "en"], "en-IN"),
            (&["de-AT", "eng"], "en"),
            (&[], "en"),
        ] {
            assert_eq!(locale("en", &members(tags)), expected, "{tags:?}");
        }
    }
}
