//! The looks of the kit and the parts, as text, for applications that do not link the files.

/// All styles that the parts need, in cascade order: layers, tokens, kit, parts. Serve it as a file; a strict content
/// security policy refuses it inline, and nothing here asks for that. The application's own reset, base and pages are
/// not in it.
pub const STYLESHEET: &str = concat!(
    include_str!("../style/layers.css"),
    include_str!("../style/tokens.css"),
    include_str!("../style/ui/avatar.css"),
    include_str!("../style/ui/busy.css"),
    include_str!("../style/ui/button.css"),
    include_str!("../style/ui/dialog.css"),
    include_str!("../style/ui/failure_panel.css"),
    include_str!("../style/ui/member_badge.css"),
    include_str!("../style/ui/notice.css"),
    include_str!("../style/ui/permission_list.css"),
    include_str!("../style/ui/record.css"),
    include_str!("../style/ui/sign_in_button.css"),
    include_str!("../style/parts/developer_error.css"),
    include_str!("../style/parts/session_notice.css"),
    include_str!("../style/parts/share.css"),
    include_str!("../style/parts/share_field.css"),
    include_str!("../style/parts/share_preview.css"),
    include_str!("../style/parts/sign_in_prompt.css"),
    include_str!("../style/state.css"),
);
