//! No spelling of a hostile address is accepted, and no escaping of one leads elsewhere.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot resolve an address must fail"
)]

mod hostile;
#[path = "../../../fuzz/judges/return_address.rs"]
mod judge;

use lapel_wire::LocalPath;
use proptest::prelude::*;
use proptest::sample::select;

/// Escapes every byte that the rule names, as often as it says.
fn escaped(address: &str, times: impl Fn(usize, u8) -> usize) -> String {
    let bytes = address.bytes().enumerate();
    bytes.fold(String::new(), |text, (at, byte)| {
        text + &match times(at, byte) {
            0 => String::from_utf8_lossy(&[byte]).into_owned(),
            // The `%` of an escape is what escaping once more escapes.
            times => format!("%{}{byte:02X}", "25".repeat(times - 1)),
        }
    })
}

fn all() -> Vec<String> {
    hostile::rows()
        .into_iter()
        .flat_map(|(_, row)| row)
        .collect()
}

#[test]
fn as_it_is_no_hostile_address_is_accepted() {
    for (row, addresses) in hostile::rows() {
        for address in addresses {
            assert!(LocalPath::parse(&address).is_err(), "{row}: {address:?}");
        }
    }
}

/// What a form or a careless link makes of them: everything escaped, or only what has a meaning.
#[test]
fn escaped_as_a_whole_no_hostile_address_is_accepted() {
    for (row, addresses) in hostile::rows() {
        for address in addresses.iter().filter(|address| !address.is_empty()) {
            for times in 1..=3 {
                let whole = escaped(address, |_, _| times);
                assert!(LocalPath::parse(&whole).is_err(), "{row}: {whole}");
            }
        }
    }
}

/// What is left of them behind a slash of their own is a name in this application, or refused.
#[test]
fn escaped_behind_their_first_slash_they_lead_nowhere_else() {
    for address in all().iter().filter(|address| address.len() < 200) {
        for times in 1..=3 {
            for meaning_only in [false, true] {
                let text = escaped(address, |at, byte| {
                    let spared = at == 0 || (meaning_only && byte.is_ascii_alphanumeric());
                    if spared { 0 } else { times }
                });
                judge::judge(text.as_bytes());
                judge::judge(format!("/{text}").as_bytes());
                judge::judge(format!("/account?next={text}").as_bytes());
            }
        }
    }
}

proptest! {
    /// Each byte as it is, escaped, or escaped twice, whatever its neighbours are.
    #[test]
    fn however_they_are_mixed_they_lead_nowhere_else(
        address in select(all()).prop_filter("short", |address| address.len() < 200),
        times in prop::collection::vec(0..=2_usize, 200),
    ) {
        let text = escaped(&address, |at, _| times.get(at).copied().unwrap_or_default());
        judge::judge(text.as_bytes());
        judge::judge(format!("/{text}").as_bytes());
    }

    /// Two of them in a row: what the one hides, the other may show.
    #[test]
    fn joined_they_lead_nowhere_else(one in select(all()), other in select(all())) {
        judge::judge(format!("{one}{other}").as_bytes());
        judge::judge(format!("/{one}?{other}").as_bytes());
    }
}
