//! The page's forms: each is an act, with a name, an address, and a sentence when it is done.

use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use jiff::Timestamp;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::control::acts::{self, End};
use crate::control::issued::{self, Which};
use crate::control::length::Length;
use crate::control::problem::Problem;
use crate::control::scenario::Scenario;
use crate::control::shelf::Shelf;
use crate::endpoint::path;
use crate::faults::{Defect, Fault, When};
use crate::linkedin::LinkedIn;
use crate::members::{Locale, Member};
use crate::switches::Switch;

/// What a form does.
macro_rules! acts {
    ($($act:ident = $name:literal, $part:literal, $told:literal;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::control) enum Act { $($act,)+ }

        impl Act {
            const ALL: [Self; [$($name),+].len()] = [$(Self::$act),+];

            const fn as_str(self) -> &'static str {
                match self { $(Self::$act => $name,)+ }
            }

            /// The part of the page where it shows.
            const fn part(self) -> &'static str {
                match self { $(Self::$act => $part,)+ }
            }

            /// What the page says when it is done.
            pub(super) const fn told(self) -> &'static str {
                match self { $(Self::$act => $told,)+ }
            }
        }
    };
}
acts! {
    Inject = "inject", "faults", "The fault is in force.";
    RemoveFault = "remove-fault", "faults", "The fault was removed.";
    ClearFaults = "clear-faults", "faults", "Every fault was removed.";
    Pause = "pause", "clock", "The clock stands still.";
    Resume = "resume", "clock", "The clock runs.";
    Advance = "advance", "clock", "The clock was advanced.";
    SetClock = "set-clock", "clock", "The clock was set.";
    Expire = "expire", "tokens", "The token has expired.";
    Revoke = "revoke", "tokens", "The token was revoked.";
    RevokeAll = "revoke-all", "tokens", "Every token was revoked.";
    RemoveApp = "remove-app", "tokens", "The member removed the application.";
    ClearLedger = "clear-ledger", "ledger", "Every request was forgotten.";
    PutMember = "put-member", "members", "The member can sign in.";
    Switch = "switch", "switches", "The switch was thrown.";
    Save = "save", "scenarios", "The scenario was saved.";
    Replay = "replay", "scenarios", "The scenario is in force.";
    Reset = "reset", "reset", "Everything is as it was at the start.";
}

/// The fields of a form or a query. Empty ones count as absent: that is how forms say nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled(Vec<(String, String)>);

impl Filled {
    pub(super) fn decode(text: &[u8]) -> Self {
        let pairs = url::form_urlencoded::parse(text).into_owned();
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A field of a closed list, by the names that files and the JSON interface use.
    pub(super) fn read<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: serde::de::DeserializeOwned,
    {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let value: StrDeserializer<'_, ValueError> = value.into_deserializer();
        let read = T::deserialize(value).map(Some);
        read.map_err(|error| Problem::unfit(error.to_string()))
    }

    fn needed(&self, name: &str) -> Result<&str, Problem> {
        let missing = || Problem::unfit(format!("the field {name:?} is empty"));
        self.get(name).ok_or_else(missing)
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        let text = self.needed(name)?;
        let unfit = |_| Problem::unfit(format!("{text:?} is not a number that fits {name:?}"));
        text.trim().parse().map_err(unfit)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

impl Act {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == name)
    }

    pub(super) fn names() -> impl Iterator<Item = String> {
        Self::ALL.into_iter().map(|act| act.as_str().to_owned())
    }

    pub(super) fn address(self) -> String {
        format!("{}/{}", path::CONTROL, self.as_str())
    }

    /// Back to the page, where it shows.
    pub(super) fn done(self) -> (StatusCode, [(HeaderName, String); 1]) {
        let page = format!("{}?done={}#{}", path::CONTROL, self.as_str(), self.part());
        (StatusCode::SEE_OTHER, [(LOCATION, page)])
    }

    pub(super) fn perform(self, linkedin: &LinkedIn, filled: &Filled) -> Result<(), Problem> {
        match self {
            Self::Inject => acts::inject(linkedin, fault(filled)?).map(drop)?,
            Self::RemoveFault => {
                let id = acts::fault(linkedin, filled.number("number")?)?;
                linkedin.faults.remove(id);
            }
            Self::ClearFaults => linkedin.faults.clear(),
            Self::Pause => linkedin.clock.pause(),
            Self::Resume => linkedin.clock.resume(),
            Self::Advance => {
                let by: Result<Length, _> = filled.needed("by")?.parse();
                acts::advance(
                    linkedin,
                    by.map_err(|error| Problem::unfit(error.to_string()))?,
                );
            }
            Self::SetClock => linkedin.clock.set(instant(filled.needed("now")?)?),
            Self::Expire => end(linkedin, filled, End::Expired)?,
            Self::Revoke => end(linkedin, filled, End::Revoked)?,
            Self::RevokeAll => {
                issued::revoke(linkedin, &Which::default());
            }
            Self::RemoveApp => {
                let (member, client) = (filled.needed("member")?, filled.needed("client")?);
                acts::remove_app(linkedin, member, client)?;
            }
            Self::ClearLedger => linkedin.ledger.clear(),
            Self::PutMember => acts::put_member(linkedin, member(filled)?).map(drop)?,
            Self::Switch => {
                filled.needed("switch")?;
                if let Some(switch) = filled.read::<Switch>("switch")? {
                    linkedin
                        .switches
                        .throw(switch, filled.get("on") == Some("true"));
                }
            }
            Self::Save => {
                let about = filled.text("description").unwrap_or_default();
                let scenario = Scenario::of(linkedin, about);
                Shelf::of(linkedin)?.save(filled.needed("scenario")?, &scenario)?;
            }
            Self::Replay => {
                let scenario = Shelf::of(linkedin)?.read(filled.needed("scenario")?)?;
                scenario.replay(linkedin);
            }
            Self::Reset => linkedin.reset(),
        }
        Ok(())
    }
}

fn fault(filled: &Filled) -> Result<Fault, Problem> {
    filled.needed("defect")?;
    let Some(defect) = filled.read::<Defect>("defect")? else {
        return Err(Problem::unfit("no defect is chosen"));
    };
    let when = match filled.get("when") {
        Some("share") => When::Share {
            percent: filled.number("percent")?,
            seed: filled.number("seed")?,
        },
        Some("until_removed") => When::UntilRemoved,
        Some(_) | None => When::NextCalls(filled.number("calls")?),
    };
    Ok(Fault {
        defect,
        when,
        endpoint: filled.read("endpoint")?,
        member: filled.text("member"),
        client: filled.text("client"),
    })
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    let unfit = |_| {
        Problem::unfit(format!(
            "{text:?} is not an instant such as 2026-03-01T12:00:00Z"
        ))
    };
    text.trim().parse().map_err(unfit)
}

fn end(linkedin: &LinkedIn, filled: &Filled, end: End) -> Result<(), Problem> {
    acts::end_token(linkedin, filled.needed("fingerprint")?, end).map(drop)
}

fn member(filled: &Filled) -> Result<Member, Problem> {
    let usual = Locale::default();
    Ok(Member {
        slug: filled.needed("slug")?.to_owned(),
        given_name: filled.needed("given_name")?.to_owned(),
        family_name: filled.text("family_name"),
        headline: filled.text("headline").unwrap_or_default(),
        email: filled.text("email"),
        email_verified: filled.get("email_unverified").is_none(),
        locale: Locale {
            language: filled.text("language").unwrap_or(usual.language),
            country: filled.text("country").unwrap_or(usual.country),
        },
        portrait: filled.read("portrait")?,
    })
}
