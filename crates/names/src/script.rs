//! The same names in the script that wasm-bindgen writes beside the module.

use std::collections::BTreeMap;

/// What a name of wasm-bindgen's begins with. All others could be words of the script's, too.
const ITS_OWN: [&str; 3] = ["__wb", "__externref", "wasm_bindgen__"];

/// Short names for those of the module's that the script says, in the module's order.
pub(crate) fn chosen(names: &[String], script: &str) -> BTreeMap<String, String> {
    let said: Vec<&str> = words(script).map(|(_, word)| word).collect();
    let mut short = BTreeMap::new();
    for name in names {
        let is_its_own = ITS_OWN.iter().any(|beginning| name.starts_with(beginning));
        if is_its_own && said.contains(&&**name) && !short.contains_key(name) {
            short.insert(name.clone(), nth(short.len(), names));
        }
    }
    short
}

/// The script under the short names.
pub(crate) fn renamed(script: &str, short: &BTreeMap<String, String>) -> String {
    let mut written = String::with_capacity(script.len());
    let mut done = 0;
    for (at, word) in words(script) {
        if let Some(short) = short.get(word) {
            written.push_str(script.get(done..at).unwrap_or_default());
            written.push_str(short);
            done = at + word.len();
        }
    }
    written.push_str(script.get(done..).unwrap_or_default());
    written
}

/// Every word of the script, with where it begins.
fn words(script: &str) -> impl Iterator<Item = (usize, &str)> {
    script
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr().addr() - script.as_ptr().addr(), word))
}

/// a, b, … z, aa, ba, …: the first that no other name of the module's is.
fn nth(number: usize, taken: &[String]) -> String {
    let name = |mut number: usize| {
        let mut name = String::new();
        loop {
            let letter = u8::try_from(number % 26).unwrap_or_default();
            name.push(char::from(b'a' + letter));
            match number / 26 {
                0 => return name,
                rest => number = rest - 1,
            }
        }
    };
    // Of this length and longer there are more than enough; a name that is taken is passed over with a mark.
    let name = name(number);
    if taken.contains(&name) {
        format!("{name}_")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_both_say_gets_a_short_name_and_nothing_else_does() {
        let names = names(&[
            "__wbg_now_0123456789abcdef",
            "memory",
            "__wbindgen_start",
            "__wbg_unsaid_0123456789abcdef",
        ]);
        let script = "let x={__wbg_now_0123456789abcdef:()=>Date.now()};e.memory;e.__wbindgen_start();\
                      // not __wbg_now_0123456789abcdef2 or x__wbindgen_start";
        let short = chosen(&names, script);
        let expected = [
            ("__wbg_now_0123456789abcdef", "a"),
            ("__wbindgen_start", "b"),
        ];
        let expected = expected.map(|(long, short)| (long.to_owned(), short.to_owned()));
        assert_eq!(short, expected.into());
        assert_eq!(
            renamed(script, &short),
            "let x={a:()=>Date.now()};e.memory;e.b();\
             // not __wbg_now_0123456789abcdef2 or x__wbindgen_start"
        );
    }

    #[test]
    fn no_two_names_are_the_same() {
        let taken = names(&["b", "ba"]);
        let all: BTreeSet<_> = (0..2_000).map(|number| nth(number, &taken)).collect();
        assert_eq!(all.len(), 2_000);
        assert!(taken.iter().all(|name| !all.contains(name)));
    }
}
