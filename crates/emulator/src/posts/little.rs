//! "Little" text, in which posts of `/rest/posts` are written (LinkedIn reference §9.2).

/// Characters that mean something unless a backslash stands before them.
const RESERVED: &str = r"\|{}@[]()<>#*_~";

/// What LinkedIn shows of a text: escapes resolved, mentions and hashtags by their words. At the first reserved character
/// that is neither escaped nor part of those, the rest is silently cut off.
pub(crate) fn shown(sent: &str) -> String {
    let mut shown = String::new();
    let mut rest = sent;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        rest = if !RESERVED.contains(letter) {
            shown.push(letter);
            after
        } else if let Some(escaped) = escaped(rest) {
            shown.push(escaped);
            &after[escaped.len_utf8()..]
        } else if let Some((words, after)) = mention(rest).or_else(|| hashtag(rest)) {
            shown.push_str(&words);
            after
        } else {
            break;
        };
    }
    shown
}

fn escaped(text: &str) -> Option<char> {
    text.strip_prefix('\\')?
        .chars()
        .next()
        .filter(|letter| RESERVED.contains(*letter))
}

/// `@[Ada Example](urn:li:person:…)`: the words, and what follows.
fn mention(text: &str) -> Option<(String, &str)> {
    let (words, rest) = text.strip_prefix("@[")?.split_once("](")?;
    let (urn, rest) = rest.split_once(')')?;
    urn.starts_with("urn:li:")
        .then(|| (shown_fully(words), rest))
}

/// `{hashtag|\#|rust}`: the tag with its sign, and what follows.
fn hashtag(text: &str) -> Option<(String, &str)> {
    let (sign, rest) = text.strip_prefix(r"{hashtag|\")?.split_once('|')?;
    let (word, rest) = rest.split_once('}')?;
    matches!(sign, "#" | "＃").then(|| (format!("{sign}{}", shown_fully(word)), rest))
}

fn shown_fully(words: &str) -> String {
    words.replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn text_is_cut_at_the_first_reserved_character_that_is_not_escaped() {
        for (sent, expected) in [
            ("Hello", "Hello"),
            ("Hello (world)", "Hello "),
            (r"Hello \(world\)", "Hello (world)"),
            ("10 * 10", "10 "),
            ("a_b", "a"),
            ("#rust", ""),
            (r"\#rust \\ \~", r"#rust \ ~"),
            (r"back\slash", "back"),
            (r"ends with \", "ends with "),
            ("Grüße, 世界! 🎉 <3", "Grüße, 世界! 🎉 "),
            (
                r"{hashtag|\#|rust} by @[Ada Example](urn:li:person:x1) \@ home",
                "#rust by Ada Example @ home",
            ),
            ("@[Ada](nobody)", ""),
            ("{hashtag|rust}", ""),
            ("", ""),
        ] {
            assert_eq!(shown(sent), expected, "{sent}");
        }
    }

    #[test]
    fn every_reserved_character_cuts_and_every_one_can_be_escaped() {
        for letter in r"\|{}@[]()<>#*_~".chars() {
            assert_eq!(shown(&format!("a{letter}b")), "a", "{letter}");
            assert_eq!(shown(&format!("a\\{letter}b")), format!("a{letter}b"));
        }
    }
}
