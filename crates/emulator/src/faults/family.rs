//! What every family of defects has: a closed list, names, and how each defect is known.

use std::fmt;

/// How a behaviour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// LinkedIn's documentation says so.
    Documented,
    /// Others saw it at LinkedIn and published it.
    Observed,
    /// Nobody said so of LinkedIn; it happens to servers, or standards demand that clients bear it.
    Assumed,
}

impl Evidence {
    /// The label in the README: `D`, `O` or `A`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "D",
            Self::Observed => "O",
            Self::Assumed => "A",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares a family. Each defect is written once, with its name, how it is known and what happens, so that the list of
/// all cannot lack one.
macro_rules! family {
    (
        $(#[$about:meta])*
        pub enum $family:ident {
            $($(#[$doc:meta])* $variant:ident = $name:literal, $evidence:ident, $meaning:literal;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $family {
            $($(#[$doc])* $variant,)+
        }

        impl $family {
            /// Every defect of the family.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            pub(super) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            pub(super) const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                }
            }

            pub(super) const fn evidence(self) -> crate::faults::Evidence {
                match self {
                    $(Self::$variant => crate::faults::Evidence::$evidence,)+
                }
            }
        }
    };
}
