//! Settings from a TOML file.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::{Client, KeySize, Lifetimes, Settings};
use crate::api::ApiVersions;
use crate::control::Length;
use crate::js_sdk::JsSdkExchange;
use crate::members::{Member, with_built_in};
use crate::quirks::Quirks;
use crate::quotas::Quotas;

/// What is wrong with a settings file: each fault with its line, where it has one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct SettingsFileError(pub Vec<FileFault>);

/// One fault of a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The line, counted from 1; absent where the fault is in how settings fit together.
    pub line: Option<usize>,
    /// What is wrong, and what would be accepted.
    pub message: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// What a settings file says. Paths are as they stand in the file; whoever reads it knows where it is.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    /// The settings, without what is in the files that the file names.
    pub settings: Settings,
    /// A file of members, as of `--members`; in place of the members of this one.
    pub members: Option<PathBuf>,
    /// A scenario to be in force from the start.
    pub scenario: Option<PathBuf>,
}

/// The top of the file. Every field has the meaning and the default of [`Settings`].
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Top {
    listen: Option<SocketAddr>,
    danger_beyond_loopback: bool,
    public_url: Option<String>,
    textbook: bool,
    /// Bits of the signing key's modulus: 2048 or 4096.
    key_size: Option<KeySize>,
    members: Option<PathBuf>,
    scenario: Option<PathBuf>,
    scenarios: Option<PathBuf>,
    client: Vec<ClientTable>,
    member: Vec<Member>,
    /// Whether the built-in members come after those of the file.
    built_in_members: Option<bool>,
    native_clients: Option<Vec<String>>,
    js_sdk: Option<JsSdkExchange>,
    api_versions: Option<ApiVersions>,
    switches: SwitchTable,
    lifetimes: LifetimeTable,
    quotas: Option<Quotas>,
    quirks: Quirks,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientTable {
    id: String,
    secret: String,
    redirect_uris: Vec<String>,
    scopes: Option<Vec<String>>,
    name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SwitchTable {
    revocation: Option<bool>,
    refresh_tokens: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LifetimeTable {
    code: Option<Length>,
    access_token: Option<Length>,
    refresh_token: Option<Length>,
    id_token: Option<Length>,
    portrait: Option<Length>,
    fresh_token_refused: Option<Length>,
    scope_lag: Option<Length>,
}

impl SettingsFile {
    /// Reads the TOML text of a settings file. What it does not say is as in `usual`. Whether the settings fit together
    /// is asked when an emulator starts with them.
    ///
    /// # Errors
    /// [`SettingsFileError`] with everything that is wrong: what is no TOML, every unknown setting, every value of the
    /// wrong kind (of a `[[client]]` or `[[member]]` the first), and also what of the rest does not fit together.
    pub fn parse(text: &str, usual: Settings) -> Result<Self, SettingsFileError> {
        let mut faults = Faults {
            text,
            found: Vec::new(),
        };
        let (document, broken) = DeTable::parse_recoverable(text);
        for error in &broken {
            faults.add(error);
        }
        if !broken.is_empty() {
            return Err(faults.in_order());
        }
        let mut top = document.into_inner();
        faults.take_from_table::<SwitchTable>(&mut top, "switches");
        faults.take_from_table::<LifetimeTable>(&mut top, "lifetimes");
        faults.take_from_table::<Quotas>(&mut top, "quotas");
        faults.take_from_table::<Quirks>(&mut top, "quirks");
        faults.take_from::<Top>(&mut top);
        match read::<Top>(top) {
            Ok(top) => {
                let file = top.over(usual);
                if faults.found.is_empty() {
                    return Ok(file);
                }
                let unfit = file.settings.faults().into_iter();
                faults.found.extend(unfit.map(|fault| FileFault {
                    line: None,
                    message: fault.to_string(),
                }));
                Err(faults.in_order())
            }
            Err(error) => {
                faults.add(&error);
                Err(faults.in_order())
            }
        }
    }
}

impl Top {
    fn over(self, usual: Settings) -> SettingsFile {
        let clients: Vec<Client> = self.client.into_iter().map(ClientTable::client).collect();
        let settings = Settings {
            listen: self.listen.unwrap_or(usual.listen),
            danger_beyond_loopback: self.danger_beyond_loopback || usual.danger_beyond_loopback,
            public_url: self.public_url.or(usual.public_url),
            textbook: self.textbook || usual.textbook,
            key_size: self.key_size.unwrap_or(usual.key_size),
            clients: if clients.is_empty() {
                usual.clients
            } else {
                clients
            },
            members: if self.member.is_empty() && self.built_in_members.unwrap_or(true) {
                usual.members
            } else if self.built_in_members.unwrap_or(true) {
                with_built_in(self.member)
            } else {
                self.member
            },
            revocation: self.switches.revocation.unwrap_or(usual.revocation),
            refresh_tokens: self.switches.refresh_tokens.unwrap_or(usual.refresh_tokens),
            lifetimes: self.lifetimes.over(usual.lifetimes),
            quirks: self.quirks,
            quotas: self.quotas.unwrap_or(usual.quotas),
            api_versions: self.api_versions.unwrap_or(usual.api_versions),
            js_sdk: self.js_sdk.unwrap_or(usual.js_sdk),
            native_clients: self.native_clients.unwrap_or(usual.native_clients),
            scenarios: self.scenarios.or(usual.scenarios),
            ..usual
        };
        SettingsFile {
            settings,
            members: self.members,
            scenario: self.scenario,
        }
    }
}

impl ClientTable {
    fn client(self) -> Client {
        let usual = Client::default();
        Client {
            name: self.name.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            secret: self.secret,
            redirect_uris: self.redirect_uris,
            scopes: self.scopes.unwrap_or(usual.scopes),
        }
    }
}

impl LifetimeTable {
    fn over(self, usual: Lifetimes) -> Lifetimes {
        let or = |length: Option<Length>, usual: SignedDuration| length.map_or(usual, |it| it.0);
        Lifetimes {
            code: or(self.code, usual.code),
            access_token: or(self.access_token, usual.access_token),
            refresh_token: or(self.refresh_token, usual.refresh_token),
            id_token: or(self.id_token, usual.id_token),
            portrait: or(self.portrait, usual.portrait),
            fresh_token_refused: or(self.fresh_token_refused, usual.fresh_token_refused),
            scope_lag: or(self.scope_lag, usual.scope_lag),
        }
    }
}

/// Collects faults, where serde alone would stop at the first.
struct Faults<'t> {
    text: &'t str,
    found: Vec<FileFault>,
}

impl Faults<'_> {
    /// Reads each setting of a table by itself, and takes out those that cannot be read.
    fn take_from<T: DeserializeOwned>(&mut self, table: &mut DeTable<'_>) {
        let mut good = DeTable::new();
        for (key, value) in std::mem::take(table) {
            let mut alone = DeTable::new();
            alone.insert(key.clone(), value.clone());
            match read::<T>(alone) {
                Ok(_) => {
                    good.insert(key, value);
                }
                Err(error) => self.add(&error),
            }
        }
        *table = good;
    }

    /// Likewise in a table within.
    fn take_from_table<T: DeserializeOwned>(&mut self, top: &mut DeTable<'_>, name: &str) {
        let found = top.iter_mut().find(|(key, _)| key.get_ref() == name);
        if let Some((_, value)) = found
            && let DeValue::Table(table) = value.get_mut()
        {
            self.take_from::<T>(table);
        }
    }

    fn add(&mut self, error: &toml::de::Error) {
        let line = error.span().map(|span| {
            let before = self.text.get(..span.start).unwrap_or_default();
            before.matches('\n').count() + 1
        });
        let message = error.message().to_owned();
        self.found.push(FileFault { line, message });
    }

    /// In the order of the file. What has no line comes last.
    fn in_order(mut self) -> SettingsFileError {
        self.found
            .sort_by_key(|fault| fault.line.unwrap_or(usize::MAX));
        SettingsFileError(self.found)
    }
}

fn read<T: DeserializeOwned>(table: DeTable<'_>) -> Result<T, toml::de::Error> {
    let spanned = toml::Spanned::new(0..0, table);
    T::deserialize(Deserializer::from(spanned))
}
