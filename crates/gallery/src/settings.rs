//! How the exhibits are shown, as the address says it.

use lapel::texts::Direction;
use lapel::{ARABIC, ENGLISH, Texts};

use crate::scheme::Scheme;

/// How the exhibits are shown.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) texts: &'static Texts,
    /// The language's own where none is chosen.
    pub(crate) direction: Option<Direction>,
    /// The system's where none is chosen.
    pub(crate) scheme: Option<Scheme>,
}

/// A setting that can be switched, with a name for each of its positions and the address that each is at.
pub(crate) struct Switch {
    pub(crate) name: &'static str,
    pub(crate) positions: Vec<Position>,
}

pub(crate) struct Position {
    pub(crate) name: &'static str,
    pub(crate) address: String,
    pub(crate) is_on: bool,
}

const LANGUAGES: [(&str, &Texts); 2] = [("English", &ENGLISH), ("العربية", &ARABIC)];

const DIRECTIONS: [(&str, Option<Direction>); 3] = [
    ("As the language", None),
    ("Left to right", Some(Direction::LeftToRight)),
    ("Right to left", Some(Direction::RightToLeft)),
];

const SCHEMES: [(&str, Option<Scheme>); 3] = [
    ("As the system", None),
    ("Light", Some(Scheme::Light)),
    ("Dark", Some(Scheme::Dark)),
];

impl Settings {
    /// Reads a query (without its question mark). What it does not say, or says wrongly, is left as it is by default.
    pub(crate) fn read(query: &str) -> Self {
        let value = |name| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .filter(|(found, _)| *found == name)
                .map(|(_, value)| value)
                .next_back()
                .unwrap_or_default()
        };
        let language = value("language");
        let texts = LANGUAGES.iter().find(|(_, it)| it.language == language);
        let direction = value("direction");
        let scheme = value("scheme");
        Self {
            texts: texts.map_or(&ENGLISH, |(_, texts)| texts),
            direction: DIRECTIONS
                .iter()
                .filter_map(|(_, it)| *it)
                .find(|it| it.as_str() == direction),
            scheme: SCHEMES
                .iter()
                .filter_map(|(_, it)| *it)
                .find(|it| it.as_str() == scheme),
        }
    }

    fn address(self) -> String {
        let chosen = [
            Some(("language", self.texts.language)),
            self.direction.map(|it| ("direction", it.as_str())),
            self.scheme.map(|it| ("scheme", it.as_str())),
        ];
        let pairs = chosen.into_iter().flatten();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("?{}", pairs.join("&"))
    }

    /// The document's `dir`.
    pub(crate) fn dir(self) -> &'static str {
        self.direction.unwrap_or(self.texts.direction).as_str()
    }

    /// Everything that can be switched.
    pub(crate) fn switches(self) -> [Switch; 3] {
        let language = LANGUAGES.map(|(name, texts)| Position {
            name,
            address: Self { texts, ..self }.address(),
            is_on: texts.language == self.texts.language,
        });
        let direction = DIRECTIONS.map(|(name, direction)| Position {
            name,
            address: Self { direction, ..self }.address(),
            is_on: direction == self.direction,
        });
        let scheme = SCHEMES.map(|(name, scheme)| Position {
            name,
            address: Self { scheme, ..self }.address(),
            is_on: scheme == self.scheme,
        });
        [
            Switch {
                name: "Language",
                positions: language.into(),
            },
            Switch {
                name: "Direction",
                positions: direction.into(),
            },
            Switch {
                name: "Colours",
                positions: scheme.into(),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_on_at_its_own_address() {
        for switch in Settings::read("").switches() {
            for position in switch.positions {
                let query = position.address.trim_start_matches('?');
                let there = Settings::read(query).switches();
                let same = there.iter().find(|it| it.name == switch.name);
                let is_on = same
                    .into_iter()
                    .flat_map(|it| &it.positions)
                    .any(|it| it.name == position.name && it.is_on);
                assert!(is_on, "{} at {query}", position.name);
            }
        }
    }

    #[test]
    fn an_address_that_says_nothing_of_use_changes_nothing() {
        for query in ["", "language=xx", "direction=up&scheme", "a=b&=&&"] {
            let read = Settings::read(query);
            assert_eq!((read.texts.language, read.dir()), ("en", "ltr"), "{query}");
            assert!(read.scheme.is_none(), "{query}");
        }
    }
}
