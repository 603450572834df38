//! What the address says.

use lapel::{Arrival, Kind, Reference, SignInOutcome};

use super::states::cancelled;

#[test]
fn the_address_gives_up_the_outcome_and_keeps_the_rest() {
    let failed = |kind, reference| Arrival {
        outcome: SignInOutcome::Failed(kind),
        reference: Reference::parse(reference),
    };
    let rows: Vec<(&str, Option<Arrival>, &str)> = vec![
        ("lapel_outcome=cancelled", Some(cancelled()), ""),
        (
            "a=1&lapel_outcome=cancelled&b=%20",
            Some(cancelled()),
            "a=1&b=%20",
        ),
        (
            "lapel_outcome=linkedin_down&lapel_reference=7f3a00c1d2e4",
            Some(failed(Kind::LinkedinDown, "7f3a00c1d2e4")),
            "",
        ),
        // Whatever is not on the closed list is not shown, and does not stay.
        ("lapel_outcome=you%20won", None, ""),
        ("lapel_outcome=CANCELLED&x", None, "x"),
        ("lapel_outcome", None, ""),
        ("lapel_reference=only", None, ""),
        (
            "lapel_outcome=cancelled&lapel_reference=<b>",
            Some(cancelled()),
            "",
        ),
        (
            "lapel_outcome=cancelled&lapel_reference=call%20me",
            Some(cancelled()),
            "",
        ),
        ("lapel_outcomes=cancelled", None, "lapel_outcomes=cancelled"),
        ("", None, ""),
        ("&&a", None, "&&a"),
    ];
    for (query, arrival, rest) in rows {
        assert_eq!(Arrival::take(query), (arrival, rest.to_owned()), "{query}");
    }
}

#[test]
fn a_reference_is_what_the_bff_writes_and_nothing_else() {
    let written = "0123456789ab";
    assert_eq!(Reference::parse(written).unwrap().as_str(), written);
    for other in [
        "",
        "0123456789a",
        "0123456789abc",
        "0123456789AB",
        "0123456789ag",
        "call-me-5551",
        "0123-456789a",
        " 123456789ab",
        "٠١٢٣٤٥",
    ] {
        assert_eq!(Reference::parse(other), None, "{other}");
    }
}
