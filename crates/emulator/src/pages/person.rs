//! A member's face: the portrait, or initials where there is none.

use maud::{Markup, html};

use crate::linkedin::LinkedIn;
use crate::members::Member;

/// Decoration beside the name, so hidden from screen readers.
pub(super) fn face(linkedin: &LinkedIn, member: &Member) -> Markup {
    html! {
        @if let Some(address) = linkedin.portrait_address(member, 200) {
            img.face src=(address) alt="" width="48" height="48";
        } @else {
            span.face.initials aria-hidden="true" { (initials(member)) }
        }
    }
}

fn initials(member: &Member) -> String {
    let names = [Some(&member.given_name), member.family_name.as_ref()];
    let first = |name: &String| name.chars().find(|letter| letter.is_alphanumeric());
    names
        .into_iter()
        .flatten()
        .filter_map(first)
        .flat_map(char::to_uppercase)
        .collect()
}
