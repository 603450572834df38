//! The application's addresses. Few and flat, so an enum over the History API serves.

mod navigation;

pub(crate) use navigation::provide_navigation;

/// A page of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// What the application is; sign in.
    Home,
    /// Who is signed in, and with what.
    Account,
    /// Write a post.
    Share,
    /// What went wrong in this browser.
    Diagnostics,
    /// Any other address.
    NotFound,
}

const HOME: &str = "/";
const ACCOUNT: &str = "/account";
const SHARE: &str = "/share";
const DIAGNOSTICS: &str = "/diagnostics";

impl Route {
    /// The page at a path.
    #[must_use]
    pub fn at(path: &str) -> Self {
        match path {
            HOME => Self::Home,
            ACCOUNT | "/account/" => Self::Account,
            SHARE | "/share/" => Self::Share,
            DIAGNOSTICS | "/diagnostics/" => Self::Diagnostics,
            _ => Self::NotFound,
        }
    }

    /// The path to link to; none for the page that only wrong addresses lead to.
    #[must_use]
    pub const fn path(self) -> Option<&'static str> {
        match self {
            Self::Home => Some(HOME),
            Self::Account => Some(ACCOUNT),
            Self::Share => Some(SHARE),
            Self::Diagnostics => Some(DIAGNOSTICS),
            Self::NotFound => None,
        }
    }
}
