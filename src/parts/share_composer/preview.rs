//! A post as LinkedIn will show it, more or less.

use lapel_wire::Member;

use crate::element::{Changing, Condition, Element, element};
use crate::ui::{AvatarSize, avatar};

/// Whose post it is, who can see it, what it says, and where it leads. The text is shown as text, whatever is in it.
pub(super) fn post_preview(
    member: Member,
    audience: Changing,
    text: Changing,
    blank: &Condition,
    link: Changing,
) -> Element {
    let name = element("bdi")
        .class("part-share-preview__name")
        .child(member.name.clone());
    let who = element("div")
        .class("part-share-preview__who")
        .child(avatar(
            &member.name,
            &member.id,
            member.picture,
            AvatarSize::Small,
        ))
        .child(
            element("div").child(name).child(
                element("p")
                    .class("part-share-preview__audience")
                    .child(audience),
            ),
        );
    let text = element("p")
        .class("part-share-preview__text")
        .flag("data-blank", blank)
        .child(text);
    let link = element("p")
        .class("part-share-preview__link")
        .attr("dir", "ltr")
        .child(link);
    element("div")
        .class("part-share-preview")
        .child(who)
        .child(text)
        .child(link)
}
