//! Whether the BFF has the emulator in it, and where that listens.

use std::net::SocketAddr;

const LISTEN: &str = "LAPEL_EMULATOR_LISTEN";

/// What `LAPEL_…` says about the emulator, and what `--emulator-port` does where it says nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Emulator {
    /// Members sign in with LinkedIn itself.
    None,
    /// Members sign in with another provider, which calls itself this.
    OtherProvider(String),
    /// Where the flag says.
    Flag(u16),
    /// Where whoever runs the task has said. The BFF judges whether that is an address.
    Chosen(String),
}

impl Emulator {
    pub(crate) fn of(port: u16, setting: impl Fn(&str) -> Option<String>) -> Self {
        if setting("LAPEL_LINKEDIN_CLIENT_ID").is_some() {
            return Self::None;
        }
        if let Some(issuer) = setting("LAPEL_OIDC_ISSUER") {
            return Self::OtherProvider(issuer);
        }
        setting(LISTEN).map_or(Self::Flag(port), Self::Chosen)
    }

    /// The setting that the BFF still lacks.
    pub(crate) fn lacking(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Flag(port) => Some((LISTEN, format!("127.0.0.1:{port}"))),
            Self::None | Self::OtherProvider(_) | Self::Chosen(_) => None,
        }
    }

    /// Where it listens, and what says so.
    pub(crate) fn listens(&self) -> Option<(SocketAddr, &'static str)> {
        match self {
            Self::None | Self::OtherProvider(_) => None,
            Self::Flag(port) => Some((([127, 0, 0, 1], *port).into(), "--emulator-port")),
            Self::Chosen(address) => Some((address.parse().ok()?, LISTEN)),
        }
    }

    /// A sentence on whom members sign in with.
    pub(crate) fn whose_linkedin(&self) -> String {
        let address = match self {
            Self::None => return "Members sign in with LinkedIn itself".to_owned(),
            Self::OtherProvider(issuer) => return format!("Members sign in with {issuer}"),
            Self::Flag(port) => format!("127.0.0.1:{port}"),
            Self::Chosen(address) => address.clone(),
        };
        format!("Members sign in with the emulator at http://{address}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(settings: &[(&str, &str)]) -> Emulator {
        Emulator::of(3001, |wanted| {
            let found = settings.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_flag_says_where_unless_a_setting_does() {
        let flag = of(&[]);
        assert_eq!(flag.lacking(), Some((LISTEN, "127.0.0.1:3001".to_owned())));
        assert_eq!(
            flag.listens(),
            Some((([127, 0, 0, 1], 3001).into(), "--emulator-port"))
        );
        let chosen = of(&[(LISTEN, "127.0.0.1:4001")]);
        assert_eq!(chosen.lacking(), None);
        assert_eq!(
            chosen.listens(),
            Some((([127, 0, 0, 1], 4001).into(), LISTEN))
        );
    }

    #[test]
    fn with_linkedin_itself_nobody_needs_the_emulators_port() {
        let none = of(&[
            ("LAPEL_LINKEDIN_CLIENT_ID", "app"),
            (LISTEN, "127.0.0.1:4001"),
        ]);
        assert_eq!(none, Emulator::None);
        assert_eq!(none.lacking(), None);
        assert_eq!(none.listens(), None);
    }

    #[test]
    fn another_provider_needs_no_emulator_either() {
        let other = of(&[("LAPEL_OIDC_ISSUER", "https://id.example")]);
        assert_eq!(other.lacking(), None);
        assert_eq!(other.listens(), None);
        assert!(other.whose_linkedin().contains("https://id.example"));
    }
}
