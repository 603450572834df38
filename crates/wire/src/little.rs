//! "Little" text, in which posts on LinkedIn are written (LinkedIn reference §9.2).

/// Characters that mean something to LinkedIn unless a backslash stands before them. The text is silently cut at one that
/// means nothing where it stands.
pub const RESERVED: &str = r"\|{}@[]()<>#*_~";

/// Longest text of a post, as [`length`] counts (LinkedIn reference §9.3).
pub const LONGEST: usize = 3000;

/// Not looked for in [`RESERVED`]: a search through a text is a kilobyte of the page.
const fn is_reserved(letter: char) -> bool {
    matches!(
        letter,
        '\\' | '|' | '{' | '}' | '@' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '*' | '_' | '~'
    )
}

/// A text that LinkedIn shows exactly as it is: every reserved character escaped. Nothing in it becomes a mention or a
/// hashtag of LinkedIn's.
///
/// ```
/// use lapel_wire::little;
/// assert_eq!(little::escaped("C# (and more)"), r"C\# \(and more\)");
/// ```
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_reserved(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// How long LinkedIn takes a text to be that is sent [`escaped`]: UTF-16 units, with the backslashes (LinkedIn reference
/// §9.4).
///
/// ```
/// use lapel_wire::little;
/// assert_eq!(little::length("C#"), 3);
/// assert_eq!(little::length("🎉"), 2);
/// ```
#[must_use]
pub fn length(text: &str) -> usize {
    let of = |letter: char| letter.len_utf16() + usize::from(is_reserved(letter));
    text.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reserved_is_so_in_both_ways_of_saying_it() {
        for letter in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_reserved(letter), RESERVED.contains(letter), "{letter}");
        }
    }

    #[test]
    fn every_reserved_character_is_escaped_and_no_other() {
        for letter in RESERVED.chars() {
            assert_eq!(escaped(&format!("a{letter}b")), format!("a\\{letter}b"));
        }
        for text in ["", "Hello, world! \"&%$+-=/:;?^`'.\n\t", "Grüße, 世界 🎉"] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn the_length_is_that_of_what_is_sent() {
        for text in ["", "plain", r"\|{}@[]()<>#*_~", "a_b\\c", "👩🏽‍🚀 #1", "世界"] {
            assert_eq!(length(text), escaped(text).encode_utf16().count(), "{text}");
        }
    }
}
