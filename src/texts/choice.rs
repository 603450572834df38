//! Which language the application speaks: the first of the member's own that it has.

use super::{ENGLISH, Texts};

/// What this build has, the default first.
const LANGUAGES: &[&Texts] = &[
    &ENGLISH,
    #[cfg(feature = "arabic")]
    &super::ARABIC,
];

/// The texts in the first of the browser's languages (`navigator.languages`) that this build has, or English.
pub(crate) fn the_members_own() -> &'static Texts {
    // A build with one language has nothing to choose, and need not carry the choosing.
    if let [only] = LANGUAGES {
        return only;
    }
    let languages = web_sys::window().map(|window| window.navigator().languages());
    let wanted = languages.iter().flat_map(|languages| languages.iter());
    choose(LANGUAGES, wanted.filter_map(|tag| tag.as_string()))
}

/// Texts for the first wanted tag (BCP 47) whose language is among them. Regions do not matter: every language is there
/// once.
fn choose(offered: &[&'static Texts], wanted: impl IntoIterator<Item = String>) -> &'static Texts {
    let language = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    wanted
        .into_iter()
        .find_map(|tag| {
            offered
                .iter()
                .find(|texts| language(texts.language) == language(&tag))
        })
        .or(offered.first())
        .copied()
        .unwrap_or(&ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::super::Direction;
    use super::*;

    static HEBREW: Texts = Texts {
        language: "he",
        direction: Direction::RightToLeft,
        ..ENGLISH
    };

    #[test]
    fn the_first_language_that_is_there_is_spoken() {
        for (wanted, spoken) in [
            (&["he"][..], "he"),
            (&["he-IL", "en-GB"], "he"),
            (&["HE-il"], "he"),
            (&["de-CH", "fr", "he"], "he"),
            (&["de", "en-US", "he"], "en"),
            (&["hex"], "en"),
            (&["", "-", "x"], "en"),
            (&[], "en"),
        ] {
            let wanted = wanted.iter().map(|&tag| tag.to_owned());
            let chosen = choose(&[&ENGLISH, &HEBREW], wanted);
            assert_eq!(chosen.language, spoken);
        }
    }
}
