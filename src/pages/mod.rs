//! The application's pages: they compose parts and kit, and have no looks of their own beyond their layout.

mod account;
mod diagnostics;
mod home;
mod not_found;

pub(crate) use account::account_page;
pub(crate) use diagnostics::diagnostics_page;
pub(crate) use home::home_page;
pub(crate) use not_found::not_found_page;
