//! Where on a page a member was when they left it to sign in. The address travels with the sign-in; what no server is
//! told, the fragment and how far down they were, stays in this tab.

use crate::json::{Json, Misread, quoted};

/// Where it is kept, in the tab's own storage.
pub(super) const KEY: &str = "lapel.place.1";

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Path and query.
    pub(super) address: String,
    /// With its `#`, or empty.
    pub(super) fragment: String,
    /// How far down, in CSS pixels.
    pub(super) down: u64,
}

impl Place {
    /// The text to keep.
    pub(super) fn write(&self) -> String {
        format!(
            r#"{{"address":{},"fragment":{},"down":{}}}"#,
            quoted(&self.address),
            quoted(&self.fragment),
            self.down
        )
    }

    /// The place that a text tells, if it is at this address.
    pub(super) fn read(text: &str, address: &str) -> Option<Self> {
        Self::kept(text).ok().filter(|it| it.address == address)
    }

    fn kept(text: &str) -> Result<Self, Misread> {
        let kept = Json::parse(text)?;
        Ok(Self {
            address: kept.field("address").text()?,
            fragment: kept.field("fragment").text()?,
            down: kept.field("down").whole()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_at_its_own_address_only() {
        let place = Place {
            address: "/account?tab=\"1\"".to_owned(),
            fragment: "#part".to_owned(),
            down: 640,
        };
        let kept = place.write();
        assert_eq!(Place::read(&kept, "/account?tab=\"1\""), Some(place));
        assert_eq!(Place::read(&kept, "/"), None);
        for noise in [
            "",
            "{}",
            "null",
            r#"{"address":"/","fragment":"","down":-1}"#,
        ] {
            assert_eq!(Place::read(noise, "/"), None, "{noise}");
        }
    }
}
