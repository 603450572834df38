//! The people, and the form that adds or changes one.

use maud::{Markup, html};

use super::forms::Act;
use crate::linkedin::LinkedIn;
use crate::members::{Member, Portrait};

pub(super) fn section(linkedin: &LinkedIn) -> Markup {
    html! {
        section #members aria-labelledby="members-title" {
            h2 #members-title { "Members" }
            div.scroll role="region" aria-labelledby="people" tabindex="0" {
                table {
                    caption #people { "Everybody who can sign in" }
                    thead { tr {
                        th scope="col" { "Slug" }
                        th scope="col" { "Name" }
                        th scope="col" { "E-mail" }
                        th scope="col" { "Locale" }
                        th scope="col" { "Portrait" }
                    } }
                    tbody { @for member in linkedin.members.all() { (row(&member)) } }
                }
            }
            (form())
        }
    }
}

fn row(member: &Member) -> Markup {
    html! {
        tr data-key={ "member-" (member.slug) } {
            th scope="row" { code { (member.slug) } }
            td.wrap { bdi { (member.name()) } }
            td.wrap {
                @match &member.email {
                    Some(email) => { (email) @if !member.email_verified { " (not confirmed)" } },
                    None => "–",
                }
            }
            td { (member.locale.language) "-" (member.locale.country) }
            td { (member.portrait.map_or("–", Portrait::as_str)) }
        }
    }
}

fn form() -> Markup {
    html! {
        details {
            summary { "Add or replace a member" }
            form.inject method="post" action=(Act::PutMember.address()) {
                (field("slug", "Slug", true, "lower-case letters, digits and hyphens; one that exists is replaced"))
                (field("given_name", "Given name", true, "all of it, for those who have one name"))
                (field("family_name", "Family name", false, ""))
                (field("headline", "Headline", false, ""))
                (field("email", "E-mail", false, ""))
                p.choice {
                    input #email_unverified type="checkbox" name="email_unverified" value="yes";
                    label for="email_unverified" { "The e-mail address is not confirmed" }
                }
                (field("language", "Language", false, "ISO 639; en, if empty"))
                (field("country", "Country", false, "ISO 3166; US, if empty"))
                p.field {
                    label for="portrait" { "Portrait" }
                    select #portrait name="portrait" {
                        option value="" { "None" }
                        @for portrait in Portrait::ALL { option value=(portrait.as_str()) { (portrait.as_str()) } }
                    }
                }
                button.loud { "Put" }
            }
        }
    }
}

fn field(name: &str, label: &str, required: bool, hint: &str) -> Markup {
    let about = format!("{name}-hint");
    html! {
        p.field {
            label for=(name) { (label) }
            input id=(name) name=(name) required[required] autocomplete="off" aria-describedby=[(!hint.is_empty()).then_some(&about)];
            @if !hint.is_empty() { span.hint id=(about) { (hint) } }
        }
    }
}
