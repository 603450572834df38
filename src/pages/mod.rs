//! The application's pages: they compose parts and kit, and have no looks of their own beyond their layout.

mod account;
mod diagnostics;
mod home;
mod not_found;
mod share;

pub(crate) use account::account_page;
pub(crate) use diagnostics::diagnostics_page;
pub(crate) use home::home_page;
pub(crate) use not_found::not_found_page;
pub(crate) use share::share_page;

use crate::element::{Element, element};
use crate::texts::Texts;

/// LinkedIn's page where a member takes an application's access back.
const PERMITTED_SERVICES: &str = "https://www.linkedin.com/psettings/permitted-services";

fn permitted_services(texts: &Texts) -> Element {
    element("a")
        .attr("href", PERMITTED_SERVICES)
        .attr("rel", "noreferrer")
        .child(texts.home.permitted_services)
}

fn section(heading: &'static str) -> Element {
    element("section").child(element("h2").child(heading))
}

fn points(sentences: &[&'static str]) -> Element {
    sentences
        .iter()
        .map(|sentence| element("li").child(*sentence))
        .fold(element("ul").class("page-points"), Element::child)
}
