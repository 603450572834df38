//! Every request that reached LinkedIn.

use maud::{Markup, html};

use super::forms::Act;
use super::words;
use crate::control::api::Filter;
use crate::endpoint::{Endpoint, path};
use crate::ledger::Entry;
use crate::linkedin::LinkedIn;

/// Requests shown; the JSON interface shows more.
const MOST: usize = 50;

pub(super) fn section(linkedin: &LinkedIn, filter: &Filter) -> Markup {
    let (entries, count) = filter.entries(linkedin, MOST);
    html! {
        section #ledger aria-labelledby="ledger-title" {
            h2 #ledger-title { "Requests" }
            (controls(linkedin, filter))
            @if entries.is_empty() && *filter == Filter::default() {
                p.empty { "None yet. Point an application at the emulator, and its calls appear here." }
            } @else if entries.is_empty() {
                p.empty { "None of this kind." }
            } @else {
                (table(&entries, count))
                form method="post" action=(Act::ClearLedger.address()) {
                    button { "Forget every request" }
                }
            }
        }
    }
}

fn controls(linkedin: &LinkedIn, filter: &Filter) -> Markup {
    html! {
        form.row #filter method="get" action=(path::CONTROL) {
            p.field {
                label for="only-endpoint" { "Only endpoint" }
                select #only-endpoint name="endpoint" {
                    option value="" { "All" }
                    @for endpoint in Endpoint::ALL {
                        option value=(endpoint) selected[filter.endpoint == Some(endpoint)] { (endpoint) }
                    }
                }
            }
            p.field {
                label for="only-member" { "Only member" }
                select #only-member name="member" {
                    option value="" { "All" }
                    @for member in linkedin.members.all() {
                        option value=(member.slug) selected[filter.member.as_ref() == Some(&member.slug)] {
                            (member.slug)
                        }
                    }
                }
            }
            button { "Filter" }
        }
    }
}

fn table(entries: &[Entry], count: usize) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="requests" tabindex="0" {
            table.requests {
                caption #requests {
                    "Newest first"
                    @if count > entries.len() { " (" (entries.len()) " of " (count) ")" }
                }
                thead { tr {
                    th scope="col" { "No." }
                    th scope="col" { "Time" }
                    th scope="col" { "Answer" }
                    th scope="col" { "Request" }
                    th scope="col" { "Member" }
                } }
                tbody { @for entry in entries { (row(entry)) } }
            }
        }
    }
}

fn row(entry: &Entry) -> Markup {
    html! {
        tr data-key={ "request-" (entry.number) } {
            th scope="row" { (entry.number) }
            td { (words::time_of_day(entry.at)) }
            td { (answer(entry)) }
            td {
                details {
                    summary { (entry.endpoint) }
                    (contents(entry))
                }
            }
            td { (entry.member.as_deref().unwrap_or("–")) }
        }
    }
}

fn answer(entry: &Entry) -> Markup {
    html! {
        @match entry.status {
            Some(status) => span.badge data-status=(kind(status)) { (status) },
            None => span.badge data-status="failed" { "closed" },
        }
        @for defect in &entry.defects { " " span.struck { (defect) } }
    }
}

const fn kind(status: u16) -> &'static str {
    match status {
        0..400 => "fine",
        400..500 => "refused",
        500.. => "failed",
    }
}

/// The ids are those that LinkedIn's support asks for.
fn contents(entry: &Entry) -> Markup {
    html! {
        dl.contents {
            dt { "Asked" } dd { code { (entry.method) " " (entry.path) } }
            dt { "At" } dd { (words::instant(entry.at)) " UTC" }
            @if let Some(client) = &entry.client { dt { "Application" } dd { code { (client) } } }
            @if let Some(uuid) = &entry.li_uuid { dt { code { "x-li-uuid" } } dd { code { (uuid) } } }
            @if !entry.fields.is_empty() { dt { "Parameters" } dd { (pairs(&entry.fields)) } }
            dt { "Headers" } dd { (pairs(&entry.headers)) }
        }
    }
}

fn pairs(pairs: &[(String, String)]) -> Markup {
    html! {
        ul { @for (name, value) in pairs { li { code { (name) ": " (value) } } } }
    }
}
