//! What the document shows of the session by itself, before the page's module has run: the badge, or the way to sign in.
//! How either looks is `index.html`'s; it holds both, and this chooses.

use lapel_wire::{Member, SessionView, stand_in};

/// What is for visitors only, as it is shown and as it is not.
const VISITOR: (&str, &str) = ("<lapel-visitor>", "<lapel-visitor hidden>");

/// What is for members only, likewise.
const MEMBER: (&str, &str) = ("<lapel-member>", "<lapel-member hidden>");

/// The document with the right parts of it shown, and the member in their places. Where nothing is known the document
/// stays as it was built: it invites nobody by name, and offers a sign-in only when the page has not come for a while.
pub(super) fn with_session(text: &str, view: Option<&SessionView>) -> String {
    match view {
        None => with_member(text, None),
        Some(SessionView::SignedOut(_)) => with_member(text, None).replace(VISITOR.1, VISITOR.0),
        Some(SessionView::SignedIn(signed_in)) => with_member(text, Some(&signed_in.member))
            .replace(VISITOR.0, VISITOR.1)
            .replace(MEMBER.1, MEMBER.0),
    }
}

/// Puts the member in the places that are for them; nothing, where there is none. What is put in has no braces and no
/// angle brackets of a name's, so no place is made by what was put into another.
fn with_member(text: &str, member: Option<&Member>) -> String {
    let known = |what: fn(&Member) -> String| member.map(what).unwrap_or_default();
    text.replace("{{name}}", &known(|member| escaped(&member.name)))
        .replace("{{initials}}", &known(initials))
        .replace("{{tone}}", &known(|it| stand_in::tone(&it.id).to_string()))
        .replace("{{portrait}}", &known(portrait))
}

fn initials(member: &Member) -> String {
    escaped(&stand_in::initials(&member.name))
}

/// The portrait as `lapel::Avatar` has it. It cannot stand in `index.html`: a browser would load it, whoever it shows.
fn portrait(member: &Member) -> String {
    let Some(address) = &member.picture else {
        return String::new();
    };
    let address = escaped(address);
    format!(
        "<img class=\"ui-avatar__portrait\" alt=\"\" decoding=\"async\" referrerpolicy=\"no-referrer\" src=\"{address}\">"
    )
}

/// A text as HTML, between elements as well as in an attribute, with quotes around it or without, since the build takes
/// quotes away: of ASCII only letters and digits stay what they are (OWASP, "HTML attribute encoding").
fn escaped(text: &str) -> String {
    let escape = |symbol: char| {
        if symbol.is_ascii() && !symbol.is_ascii_alphanumeric() {
            format!("&#{};", u32::from(symbol))
        } else {
            symbol.to_string()
        }
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use lapel_wire::{SignedIn, SignedOut, SignedOutReason};
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "<lapel-visitor hidden>in</lapel-visitor>\
                        <lapel-member hidden><i data-tone={{tone}}>{{initials}}{{portrait}}</i>{{name}}</lapel-member>\
                        <lapel-visitor>please</lapel-visitor>";

    fn signed_in(name: &str, picture: Option<&str>) -> SessionView {
        SessionView::SignedIn(SignedIn {
            member: Member {
                id: "m1".to_owned(),
                name: name.to_owned(),
                picture: picture.map(str::to_owned),
                email: None,
            },
            permissions: Vec::new(),
            expires_in: 60,
            ends_at: None,
        })
    }

    #[test]
    fn a_member_sees_the_badge_and_no_invitation() {
        let view = signed_in("Ada Lovelace", Some("https://a.example/p?x=1&y"));
        assert_eq!(
            with_session(TEXT, Some(&view)),
            "<lapel-visitor hidden>in</lapel-visitor>\
             <lapel-member><i data-tone=3>AL<img class=\"ui-avatar__portrait\" alt=\"\" decoding=\"async\" \
             referrerpolicy=\"no-referrer\" src=\"https&#58;&#47;&#47;a&#46;example&#47;p&#63;x&#61;1&#38;y\"></i>\
             Ada&#32;Lovelace</lapel-member><lapel-visitor hidden>please</lapel-visitor>"
        );
        let view = signed_in("Ada", None);
        assert!(!with_session(TEXT, Some(&view)).contains("<img"));
    }

    #[test]
    fn a_visitor_sees_the_invitation_and_nobody_knows_who_sees_neither_name_nor_badge() {
        let view = SessionView::SignedOut(SignedOut {
            reason: SignedOutReason::NoSession,
            asks: Vec::new(),
        });
        let nobody = "<lapel-member hidden><i data-tone=></i></lapel-member><lapel-visitor>please</lapel-visitor>";
        assert_eq!(
            with_session(TEXT, Some(&view)),
            format!("<lapel-visitor>in</lapel-visitor>{nobody}")
        );
        assert_eq!(
            with_session(TEXT, None),
            format!("<lapel-visitor hidden>in</lapel-visitor>{nobody}")
        );
    }

    proptest! {
        #[test]
        fn whatever_a_member_is_called_adds_no_element_attribute_or_place(
            name in prop_oneof![
                any::<String>(),
                "(</script>|<!--|<lapel-member>|\\{\\{portrait\\}\\}|\\{\\{name\\}\\}|\"|'|`|=|&|[ \t\n\u{c}\r]|\u{2028}|[a-z]){0,12}",
            ],
        ) {
            let text = escaped(&name);
            let plain = |symbol: char| symbol.is_ascii_alphanumeric() || "&#;".contains(symbol) || !symbol.is_ascii();
            prop_assert!(text.chars().all(plain), "{}", text);
            let page = with_session(TEXT, Some(&signed_in(&name, Some(&name))));
            let elements = |page: &str| page.matches('<').count();
            let known = with_session(TEXT, Some(&signed_in("Ada", Some("https://a.example"))));
            prop_assert_eq!(elements(&page), elements(&known));
            prop_assert!(!page.contains("{{"));
        }
    }
}
