//! Members from a TOML file.

use serde::Deserialize;

use super::Member;

/// A file of members that cannot be used; the message has the line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct MembersFileError(#[from] toml::de::Error);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MembersFile {
    /// Whether the built-in members come after those of the file.
    #[serde(default = "super::yes")]
    built_in: bool,
    #[serde(default)]
    member: Vec<Member>,
}

/// Members from the text of a TOML file: one `[[member]]` table each, the built-in ones after them unless the file says
/// `built_in = false`. A member with the slug of a built-in one takes its place.
///
/// # Errors
/// [`MembersFileError`] where the text is no TOML, or has a field that members do not have, or lacks one that they need.
pub fn parse_members(text: &str) -> Result<Vec<Member>, MembersFileError> {
    let file: MembersFile = toml::from_str(text)?;
    Ok(if file.built_in {
        with_built_in(file.member)
    } else {
        file.member
    })
}

/// Members, and after them the built-in ones whose slugs they leave free.
pub(crate) fn with_built_in(mut members: Vec<Member>) -> Vec<Member> {
    let taken = |slug: &str| members.iter().any(|member| member.slug == slug);
    let rest: Vec<Member> = Member::built_in()
        .into_iter()
        .filter(|member| !taken(&member.slug))
        .collect();
    members.extend(rest);
    members
}
