//! What stands in for a member's portrait: initials on a colour. The BFF's document and the page draw the same badge, so
//! both ask here.
//!
//! Initials are of any name that a member may have, without the tables of the Unicode standard: they would weigh more than
//! the rest of the portrait. Capitals are left to the style.

/// How many colours the style has for initials: `data-tone` is less than this.
const TONES: u32 = 8;

/// The colour for a member, by their identifier: the same wherever they appear, on every device and in every version.
/// A number less than eight.
#[must_use]
pub fn tone(seed: &str) -> u32 {
    // FNV-1a: spreads well over a few colours.
    let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash % TONES
}

/// The letters to stand for a name: the first of its first and of its last word where the script has capitals, and the
/// first alone where letters would join (Arabic) or each is a syllable or word (Hangul, Han).
#[must_use]
pub fn initials(name: &str) -> String {
    // "Ada Lovelace, PhD (she/her)": what follows the comma or stands in brackets is no part of the name.
    let name = name
        .split(',')
        .find(|part| part.contains(is_letter))
        .unwrap_or(name);
    let mut words = name
        .split(' ')
        .filter(|word| word.contains(is_letter) && !word.starts_with(['(', '[', '{']))
        .map(|word| word.trim_start_matches(|letter| !is_letter(letter)));
    match (words.next().map(cluster), words.next_back().map(cluster)) {
        (Some(first), Some(last)) if has_capitals(first) && has_capitals(last) => {
            [first, last].concat()
        }
        (Some(first), _) => first.to_owned(),
        // No letter anywhere: an emoji, or punctuation.
        (None, _) => match cluster(name.trim_start_matches(' ')) {
            "" => "?".to_owned(),
            sign => sign.to_owned(),
        },
    }
}

/// Latin, Greek, Cyrillic, Armenian: the scripts of living languages that have capitals.
fn has_capitals(letter: &str) -> bool {
    letter.starts_with(
        |first| matches!(first, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{58F}' | '\u{1E00}'..='\u{1FFF}'),
    )
}

/// What names are spelt with. Beyond ASCII that is everything but the blocks of signs, symbols and emoji.
const fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\u{7F}' => letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{A9}'
        | '\u{AB}'..='\u{B4}'
        | '\u{B6}'..='\u{B9}'
        | '\u{BB}'..='\u{BF}'
        | '\u{2000}'..='\u{2BFF}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FE00}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF0F}'
        | '\u{1F000}'..='\u{1FAFF}'
        | '\u{E0000}'.. => false,
        _ => !extends(letter),
    }
}

/// The first character that a reader would count as one: a letter with its marks, a flag, a family of emoji joined to
/// one. Covers what names are made of, without the tables of the full rule (Unicode Standard Annex 29).
fn cluster(text: &str) -> &str {
    let mut end = 0;
    let mut joined = false;
    let mut flag_halves = 0;
    for letter in text.chars() {
        let flag = is_flag_half(letter);
        let goes_on = end == 0 || joined || extends(letter) || (flag && flag_halves == 1);
        if !goes_on {
            break;
        }
        // Letters are joined by other means in the scripts that use the joiner; in emoji it makes one of two.
        joined = letter == ZERO_WIDTH_JOINER && !text.starts_with(is_letter);
        flag_halves += u8::from(flag);
        end += letter.len_utf8();
    }
    text.get(..end).unwrap_or_default()
}

const ZERO_WIDTH_JOINER: char = '\u{200D}';

const fn is_flag_half(letter: char) -> bool {
    matches!(letter, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Combining marks of the scripts that names come in, variation selectors, skin tones, keycaps, tags of flags.
const fn extends(mark: char) -> bool {
    matches!(
        mark,
        '\u{0300}'..='\u{036F}'
            | '\u{0483}'..='\u{0489}'
            | '\u{0591}'..='\u{05BD}'
            | '\u{05BF}'..='\u{05C7}'
            | '\u{0610}'..='\u{061A}'
            | '\u{064B}'..='\u{065F}'
            | '\u{0670}'
            | '\u{0900}'..='\u{0903}'
            | '\u{093A}'..='\u{094F}'
            | '\u{0981}'..='\u{0983}'
            | '\u{09BC}'..='\u{09CD}'
            | '\u{0B82}'
            | '\u{0BBE}'..='\u{0BCD}'
            | '\u{0E31}'
            | '\u{0E34}'..='\u{0E3A}'
            | '\u{0E47}'..='\u{0E4E}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | ZERO_WIDTH_JOINER
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0020}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_initials_that_stand_for_it() {
        for (name, expected) in [
            ("Ada Lovelace", "AL"),
            ("ada king lovelace", "al"),
            ("Madonna", "M"),
            ("  Ana   Čović ", "AČ"),
            ("E\u{301}mile Zola", "E\u{301}Z"),
            ("Ada Lovelace, PhD", "AL"),
            ("Ada Lovelace (she/her)", "AL"),
            ("Ada 🦄", "A"),
            ("ß straße", "ßs"),
            ("Иван Петров", "ИП"),
            ("محمد علي", "م"),
            ("מרים כהן", "מ"),
            ("山田 太郎", "山"),
            ("김민준", "김"),
            ("🦄🌈", "🦄"),
            ("👩🏽‍🚀 🚀", "👩🏽‍🚀"),
            ("🇨🇭 🇫🇷", "🇨🇭"),
            ("<script>alert(1)</script>", "s"),
            ("O'Neil-Smith", "O"),
            ("...", "."),
            (",", ","),
            ("", "?"),
            ("   ", "?"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn a_member_keeps_their_colour() {
        assert_eq!(tone("782bbtaQ"), tone("782bbtaQ"));
        let tones: std::collections::HashSet<_> = (0..200)
            .map(|number| tone(&format!("member-{number}")))
            .collect();
        assert_eq!(tones.len(), TONES as usize, "every colour is somebody's");
    }
}
