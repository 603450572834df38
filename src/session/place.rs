//! Where on a page a member was when they left it to sign in. The address travels with the sign-in; what no server is
//! told, the fragment and how far down they were, stays in this tab.

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
    /// The text to keep. No address has a line break in it.
    pub(super) fn write(&self) -> String {
        let Self {
            address,
            fragment,
            down,
        } = self;
        format!("{address}\n{fragment}\n{down}")
    }

    /// The place that a text tells, if it is at this address.
    pub(super) fn read(text: &str, address: &str) -> Option<Self> {
        let (at, rest) = text.split_once('\n')?;
        let (fragment, down) = rest.split_once('\n')?;
        (at == address).then_some(Self {
            address: at.to_owned(),
            fragment: fragment.to_owned(),
            down: down.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_at_its_own_address_only() {
        let place = Place {
            address: "/account?tab=1".to_owned(),
            fragment: "#part".to_owned(),
            down: 640,
        };
        let kept = place.write();
        assert_eq!(Place::read(&kept, "/account?tab=1"), Some(place));
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
