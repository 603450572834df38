//! What a key means to a menu button and its menu (WAI-ARIA Authoring Practices, "Menu Button" and "Menu").

/// What a key asks for while the button has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnButton {
    /// Open the menu at its first item. Enter and Space do so by pressing the button, as they do on any.
    OpenFirst,
    /// Open the menu at its last item.
    OpenLast,
    /// Close the menu, if it is open.
    Close,
    /// Nothing to the menu.
    Other,
}

/// What a key asks for while an item has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnItem {
    /// Go to the item with this index.
    GoTo(usize),
    /// Do what the item does. Enter does that by itself; Space does not on a link.
    Activate,
    /// Close the menu and go back to the button.
    Close,
    /// Close the menu and let the focus go where the key takes it.
    Leave,
    /// Nothing to the menu.
    Other,
}

pub(super) fn on_button(key: &str) -> OnButton {
    match key {
        "ArrowDown" => OnButton::OpenFirst,
        "ArrowUp" => OnButton::OpenLast,
        "Escape" => OnButton::Close,
        _ => OnButton::Other,
    }
}

/// `at` is the item that has the focus, `count` how many there are.
pub(super) fn on_item(key: &str, at: usize, count: usize) -> OnItem {
    match key {
        "ArrowDown" => OnItem::GoTo(if at + 1 < count { at + 1 } else { 0 }),
        "ArrowUp" => OnItem::GoTo(at.checked_sub(1).unwrap_or(count.saturating_sub(1))),
        "Home" => OnItem::GoTo(0),
        "End" => OnItem::GoTo(count.saturating_sub(1)),
        " " => OnItem::Activate,
        "Escape" => OnItem::Close,
        "Tab" => OnItem::Leave,
        _ => OnItem::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_round() {
        for (key, at, expected) in [
            ("ArrowDown", 0, OnItem::GoTo(1)),
            ("ArrowDown", 1, OnItem::GoTo(0)),
            ("ArrowUp", 1, OnItem::GoTo(0)),
            ("ArrowUp", 0, OnItem::GoTo(1)),
            ("Home", 1, OnItem::GoTo(0)),
            ("End", 0, OnItem::GoTo(1)),
            (" ", 0, OnItem::Activate),
            ("Escape", 1, OnItem::Close),
            ("Tab", 1, OnItem::Leave),
            ("Enter", 0, OnItem::Other),
            ("x", 0, OnItem::Other),
        ] {
            assert_eq!(on_item(key, at, 2), expected, "{key} at {at}");
        }
    }
}
