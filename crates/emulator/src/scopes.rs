//! Permissions, in LinkedIn's names.

use std::collections::BTreeSet;

/// A set of permissions (OAuth scopes). Sorted, which is the order LinkedIn answers in whatever was asked
/// (LinkedIn reference §1.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Scopes(BTreeSet<String>);

impl Scopes {
    pub(crate) const OPENID: &str = "openid";
    pub(crate) const PROFILE: &str = "profile";
    pub(crate) const EMAIL: &str = "email";
    pub(crate) const SHARE: &str = "w_member_social";
    /// Of products that are retired (LinkedIn reference §10).
    pub(crate) const LEGACY_PROFILE: [&str; 2] = ["r_liteprofile", "r_basicprofile"];
    pub(crate) const LEGACY_EMAIL: &str = "r_emailaddress";

    /// Requests separate scopes by spaces (RFC 6749 §3.3).
    pub(crate) fn parse(text: &str) -> Self {
        Self(text.split_ascii_whitespace().map(str::to_owned).collect())
    }

    pub(crate) fn of(names: &[String]) -> Self {
        Self(names.iter().cloned().collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.0.contains(scope)
    }

    pub(crate) fn is_only(&self, scope: &str) -> bool {
        self.0.len() == 1 && self.has(scope)
    }

    /// Those of the scopes that `allowed` has.
    pub(crate) fn within(&self, allowed: &Self) -> Self {
        Self(self.0.intersection(&allowed.0).cloned().collect())
    }

    pub(crate) fn extend(&mut self, more: &Self) {
        self.0.extend(more.0.iter().cloned());
    }

    /// The first scope that `allowed` lacks.
    pub(crate) fn first_beyond(&self, allowed: &Self) -> Option<&str> {
        self.iter().find(|scope| !allowed.has(scope))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(crate) fn join(&self, separator: &str) -> String {
        self.iter().collect::<Vec<_>>().join(separator)
    }
}
