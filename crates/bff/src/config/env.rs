//! The only reader of the environment, and the table of what it understands.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use super::Faults;

const PREFIX: &str = "LAPEL_";

/// What an address to listen on looks like.
pub(super) const ADDRESS: &str = "an address and port such as 127.0.0.1:3000";

/// A setting: the environment variable, what it means, and what holds without it.
#[derive(Debug)]
pub struct Variable {
    /// Name of the environment variable.
    pub name: &'static str,
    /// What it means, with units.
    pub meaning: &'static str,
    /// What holds where it is not set.
    pub default: &'static str,
}

/// Every setting, in the order in which `lapel-bff --help` shows them.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "LAPEL_LISTEN",
        meaning: "address and port to listen on",
        default: "127.0.0.1:3000",
    },
    Variable {
        name: "LAPEL_PUBLIC_URL",
        meaning: "the address that members see; https, or http on loopback for development",
        default: "http://localhost:8080 (trunk serve), or the port of LAPEL_LISTEN where the app is served too",
    },
    Variable {
        name: "LAPEL_APP_DIR",
        meaning: "folder of the built app (trunk's dist) to serve",
        default: "the app in this program, if it was built with one; otherwise only /bff is served",
    },
    Variable {
        name: "LAPEL_SESSION_KEYS",
        meaning: "keys made by `lapel-bff keys new`, separated by commas; the first seals, all open",
        default: "none; in development a key that lasts until the process ends",
    },
    Variable {
        name: "LAPEL_SESSION_IDLE",
        meaning: "how long a session lasts in which the member does nothing, such as `14d` or `12h`",
        default: "60days",
    },
    Variable {
        name: "LAPEL_SESSION_LIFETIME",
        meaning: "how long a session lasts at most; LinkedIn's tokens may end it earlier",
        default: "365days",
    },
    Variable {
        name: "LAPEL_VALIDATE_EVERY",
        meaning: "how old the last proof that a token is alive may be before LinkedIn is asked; `never` to not ask",
        default: "1h",
    },
    Variable {
        name: "LAPEL_STORE_URL",
        meaning: "redis:// or rediss:// address of the Redis or Valkey that all instances share",
        default: "none: what one instance learns of a session's end, others do not",
    },
    Variable {
        name: "LAPEL_STORE_CA",
        meaning: "a file (PEM) of the authorities that vouch for the certificate of a rediss:// store",
        default: "the system's",
    },
    Variable {
        name: "LAPEL_LINKEDIN_CLIENT_ID",
        meaning: "the application's Client ID in LinkedIn's developer portal",
        default: "none; in development the embedded emulator stands in for LinkedIn",
    },
    Variable {
        name: "LAPEL_LINKEDIN_CLIENT_SECRET",
        meaning: "the application's Client Secret",
        default: "none",
    },
    Variable {
        name: "LAPEL_LINKEDIN_SCOPES",
        meaning: "permissions to ask for, separated by spaces",
        default: "openid profile email",
    },
    Variable {
        name: "LAPEL_LINKEDIN_ISSUERS",
        meaning: "issuers accepted in an id_token, separated by commas",
        default: "https://www.linkedin.com/oauth",
    },
    Variable {
        name: "LAPEL_LINKEDIN_AUTHORIZATION_ENDPOINT",
        meaning: "authorization page",
        default: "https://www.linkedin.com/oauth/v2/authorization",
    },
    Variable {
        name: "LAPEL_LINKEDIN_TOKEN_ENDPOINT",
        meaning: "token endpoint",
        default: "https://www.linkedin.com/oauth/v2/accessToken",
    },
    Variable {
        name: "LAPEL_LINKEDIN_JWKS_URI",
        meaning: "keys that sign id_tokens",
        default: "https://www.linkedin.com/oauth/openid/jwks",
    },
    Variable {
        name: "LAPEL_LINKEDIN_USERINFO_ENDPOINT",
        meaning: "userinfo endpoint",
        default: "https://api.linkedin.com/v2/userinfo",
    },
    Variable {
        name: "LAPEL_LINKEDIN_INTROSPECTION_ENDPOINT",
        meaning: "introspection endpoint; `none` to not ask whether tokens are alive",
        default: "https://www.linkedin.com/oauth/v2/introspectToken",
    },
    Variable {
        name: "LAPEL_LINKEDIN_REVOCATION_ENDPOINT",
        meaning: "revocation endpoint (undocumented by LinkedIn); `none` to not ask for revocation",
        default: "https://www.linkedin.com/oauth/v2/revoke",
    },
    Variable {
        name: "LAPEL_LINKEDIN_API",
        meaning: "TOML file of the calls to LinkedIn's API that the page may make, as api.example.toml",
        default: "GET /v2/userinfo and POST /rest/posts",
    },
    Variable {
        name: "LAPEL_LINKEDIN_API_BASE",
        meaning: "origin of LinkedIn's API",
        default: "https://api.linkedin.com",
    },
    Variable {
        name: "LAPEL_LINKEDIN_VERSION",
        meaning: "version of LinkedIn's versioned API, as a year and a month; LinkedIn supports each for a year",
        default: "202610; with the embedded emulator the month before its clock's",
    },
    Variable {
        name: "LAPEL_JS_SDK",
        meaning: "`on`: members whom LinkedIn's JavaScript SDK has signed in are taken over. LinkedIn switched it off in 2019",
        default: "off",
    },
    Variable {
        name: "LAPEL_OIDC_ISSUER",
        meaning: "issuer of another OpenID provider, to sign in with in LinkedIn's place; its endpoints are asked for at the start",
        default: "none: members sign in with LinkedIn",
    },
    Variable {
        name: "LAPEL_OIDC_CLIENT_ID",
        meaning: "the application's client id at that provider",
        default: "none",
    },
    Variable {
        name: "LAPEL_OIDC_CLIENT_SECRET",
        meaning: "the application's client secret at that provider",
        default: "none",
    },
    Variable {
        name: "LAPEL_OIDC_SCOPES",
        meaning: "permissions to ask that provider for, separated by spaces",
        default: "openid profile email",
    },
    Variable {
        name: "LAPEL_PICTURE_SOURCES",
        meaning: "origins that members' portraits may come from, separated by spaces, such as `https://*.media.example`; `none` for none",
        default: "LinkedIn's media hosts, https://*.licdn.com; the issuer's own origin for another provider",
    },
    Variable {
        name: "LAPEL_LOG",
        meaning: "what is logged, as tracing's filter directives",
        default: "info",
    },
    Variable {
        name: "LAPEL_EMULATOR_LISTEN",
        meaning: "loopback address and port of the embedded emulator",
        default: "127.0.0.1:3001",
    },
];

/// The variables of this process. Values that are not Unicode are passed on with replacement characters, so that the
/// setting is refused for its value and not silently absent.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub(super) fn process() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().map(|(name, value)| {
        (
            name.to_string_lossy().into_owned(),
            value.to_string_lossy().into_owned(),
        )
    })
}

/// Hands out variables and collects what is wrong with them.
pub(super) struct Reader {
    variables: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Reader {
    pub(super) fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let variables: BTreeMap<_, _> = variables
            .into_iter()
            .filter(|(name, _)| name.starts_with(PREFIX))
            .collect();
        let faults = variables
            .keys()
            .filter(|name| !VARIABLES.iter().any(|known| known.name == name.as_str()))
            .map(|name| format!("{name} is not a setting; `lapel-bff --help` lists them"))
            .collect();
        Self { variables, faults }
    }

    /// The value, trimmed; an empty one counts as not set, as it is in a compose file with an unset placeholder.
    pub(super) fn text(&self, name: &'static str) -> Option<&str> {
        debug_assert!(
            VARIABLES.iter().any(|known| known.name == name),
            "{name} is not in the table"
        );
        self.variables
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Names of the settings that begin like this and are set.
    pub(super) fn set(&self, prefix: &'static str) -> impl Iterator<Item = &'static str> {
        VARIABLES
            .iter()
            .map(|variable| variable.name)
            .filter(move |name| name.starts_with(prefix) && self.text(name).is_some())
    }

    /// The value parsed, or the default where it is not set or wrong; what is wrong is noted, with the value: not for
    /// secrets. `form` says what is understood.
    pub(super) fn parsed<T: FromStr<Err: Display>>(
        &mut self,
        name: &'static str,
        form: &str,
        default: T,
    ) -> T {
        let Some(text) = self.text(name) else {
            return default;
        };
        match text.parse() {
            Ok(value) => value,
            Err(error) => {
                let fault = format!("{name}: {text:?} is not {form} ({error})");
                self.fault(fault);
                default
            }
        }
    }

    /// Notes that something is wrong. Never with the value of a secret.
    pub(super) fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    /// The settings, if nothing was wrong.
    pub(super) fn finish<T>(self, settings: T) -> Result<T, Faults> {
        if self.faults.is_empty() {
            Ok(settings)
        } else {
            Err(Faults(self.faults))
        }
    }
}
