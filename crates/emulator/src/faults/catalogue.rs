//! The catalogue: every defect there is, by name.

use std::fmt;
use std::str::FromStr;

use axum::response::Response;

use super::{
    AccessDefect, BodyDefect, Call, ClockSkew, Evidence, IdTokenDefect, IntrospectionDefect,
    KeysDefect, Latency, Outage, PostsDefect, ProfileDefect, RefreshDefect, RevocationDefect,
    Throttle, Transport, UserinfoDefect,
};
use crate::endpoint::Endpoint;

/// Declares the catalogue. A family is named once; its defects come along by themselves.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $family:ident($defects:ty),)+) => {
        /// One way of being broken, named after the defect. A family each; [`Defect::ALL`] is the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Defect {
            $($(#[$doc])* $family($defects),)+
        }

        $(impl From<$defects> for Defect {
            fn from(defect: $defects) -> Self {
                Self::$family(defect)
            }
        })+

        impl Defect {
            const COUNT: usize = 0 $(+ <$defects>::ALL.len())+;

            /// The whole catalogue.
            pub const ALL: [Self; Self::COUNT] = {
                let mut all = [Self::Outage(Outage::Http500); Self::COUNT];
                let mut at = 0;
                $(
                    let mut next = 0;
                    while next < <$defects>::ALL.len() {
                        all[at] = Self::$family(<$defects>::ALL[next]);
                        at += 1;
                        next += 1;
                    }
                )+
                assert!(at == Self::COUNT);
                all
            };

            /// The name in files, in the control interface and in the ledger.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$family(defect) => defect.as_str(),)+
                }
            }

            /// What happens, in a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$family(defect) => defect.meaning(),)+
                }
            }

            /// How it is known that LinkedIn does this.
            #[must_use]
            pub const fn evidence(self) -> Evidence {
                match self {
                    $(Self::$family(defect) => defect.evidence(),)+
                }
            }

            /// Whether the defect can show itself at an endpoint. A call elsewhere does not use up a fault.
            #[must_use]
            pub const fn concerns(self, endpoint: Endpoint) -> bool {
                match self {
                    $(Self::$family(defect) => defect.concerns(endpoint),)+
                }
            }
        }
    };
}

catalogue! {
    /// LinkedIn answers, but not with what was asked for.
    Outage(Outage),
    /// LinkedIn's quota is spent.
    Throttle(Throttle),
    /// LinkedIn takes its time.
    Latency(Latency),
    /// The connection itself fails.
    Transport(Transport),
    /// The answer is not the JSON that it should be.
    Body(BodyDefect),
    /// The id_token is not what it should be.
    IdToken(IdTokenDefect),
    /// The keys that verify id_tokens are not what they were.
    Keys(KeysDefect),
    /// LinkedIn's clock is wrong.
    Skew(ClockSkew),
    /// The access token has ended, or seems to have.
    Access(AccessDefect),
    /// Refreshing fails.
    Refresh(RefreshDefect),
    /// Introspection fails.
    Introspection(IntrospectionDefect),
    /// Revocation fails.
    Revocation(RevocationDefect),
    /// Userinfo is not what it should be.
    Userinfo(UserinfoDefect),
    /// The legacy profile is not what it should be.
    Profile(ProfileDefect),
    /// The answer to a new post is not what it should be.
    Posts(PostsDefect),
}

/// What comes in place of an answer. The request then has no effect.
#[derive(Debug)]
pub(crate) enum Instead {
    /// Something else.
    Answer(Response),
    /// The end of the connection.
    HangUp,
}

impl Defect {
    /// What comes in place of the whole answer, if the defect is of that kind.
    pub(super) fn instead(self, endpoint: Endpoint) -> Option<Instead> {
        let answer = match self {
            Self::Transport(Transport::ConnectionClosed) => return Some(Instead::HangUp),
            Self::Outage(defect) => Some(defect.answer(endpoint)),
            Self::Throttle(defect) => defect.answer(),
            Self::Body(defect) => defect.answer(),
            Self::Access(defect) => defect.answer(),
            Self::Introspection(defect) => Some(defect.answer()),
            Self::Revocation(defect) => Some(defect.answer(endpoint)),
            Self::Latency(_)
            | Self::Transport(_)
            | Self::IdToken(_)
            | Self::Keys(_)
            | Self::Skew(_)
            | Self::Refresh(_)
            | Self::Userinfo(_)
            | Self::Profile(_)
            | Self::Posts(_) => None,
        };
        answer.map(Instead::Answer)
    }

    /// Whether the defect can show itself in this very call, at an endpoint that it concerns.
    pub(super) fn fits(self, call: &Call) -> bool {
        self.concerns(call.endpoint)
            && match self {
                Self::IdToken(_) | Self::Skew(_) => call.exchanges_code(),
                Self::Keys(_) => call.endpoint != Endpoint::Token || call.exchanges_code(),
                Self::Refresh(_) => call.refreshes(),
                Self::Access(_) => call.token.is_some(),
                Self::Posts(_) => call.creates(),
                Self::Outage(_)
                | Self::Throttle(_)
                | Self::Latency(_)
                | Self::Transport(_)
                | Self::Body(_)
                | Self::Introspection(_)
                | Self::Revocation(_)
                | Self::Userinfo(_)
                | Self::Profile(_) => true,
            }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no defect has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no defect {0:?}")]
pub struct UnknownDefect(pub String);

/// The inverse of [`Defect::as_str`].
impl FromStr for Defect {
    type Err = UnknownDefect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|defect| defect.as_str() == name)
            .ok_or_else(|| UnknownDefect(name.to_owned()))
    }
}
