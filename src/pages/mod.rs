//! The application's pages: they compose parts and kit, and have no looks of their own beyond their layout.

mod account;
mod home;
mod not_found;

pub use account::AccountPage;
pub use home::HomePage;
pub use not_found::NotFoundPage;
