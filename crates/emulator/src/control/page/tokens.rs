//! Who allowed what, and the tokens that came of it.

use jiff::Timestamp;
use maud::{Markup, html};

use super::forms::Act;
use super::words;
use crate::control::issued::{self, GrantView, TokenView, Which};
use crate::linkedin::LinkedIn;

/// Tokens and grants shown; the JSON interface shows more.
const MOST: usize = 50;

pub(super) fn section(linkedin: &LinkedIn, now: Timestamp) -> Markup {
    let grants = issued::grants(linkedin);
    let (tokens, count) = issued::tokens(linkedin, &Which::default(), MOST);
    html! {
        section #tokens aria-labelledby="tokens-title" {
            h2 #tokens-title { "Tokens" }
            @if tokens.is_empty() {
                p.empty { "None yet. They appear when a member signs in to an application." }
            } @else {
                @if grants.is_empty() {
                    p.empty { "No application may do anything any more: every token has ended." }
                } @else {
                    (grants_table(&grants, now))
                }
                (tokens_table(&tokens, count, now))
                form method="post" action=(Act::RevokeAll.address()) {
                    button { "Revoke every token" }
                }
            }
        }
    }
}

fn grants_table(grants: &[GrantView], now: Timestamp) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="grants" tabindex="0" {
            table {
                caption #grants { "Grants: what members allow applications, while a token lives" }
                thead { tr {
                    th scope="col" { "Member" }
                    th scope="col" { "Application" }
                    th scope="col" { "Permissions" }
                    th scope="col" { "Allowed" }
                    th scope="col" { span.unseen { "Act" } }
                } }
                tbody { @for grant in grants.iter().take(MOST) {
                    tr data-key={ "grant-" (grant.member) "-" (grant.client) } {
                        th scope="row" { (grant.member) }
                        td { code { (grant.client) } }
                        td { (grant.scopes.join(", ")) }
                        td { (words::from_now(grant.authorized_at, now)) }
                        td.acts { form method="post" action=(Act::RemoveApp.address()) {
                            input type="hidden" name="member" value=(grant.member);
                            input type="hidden" name="client" value=(grant.client);
                            button aria-label={ "Remove the app " (grant.client) " as " (grant.member) } { "Remove the app" }
                        } }
                    }
                } }
            }
        }
    }
}

fn tokens_table(tokens: &[TokenView], count: usize, now: Timestamp) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="issued" tabindex="0" {
            table {
                caption #issued {
                    "Tokens, newest first"
                    @if count > tokens.len() { " (" (tokens.len()) " of " (count) ")" }
                }
                thead { tr {
                    th scope="col" { "Token" }
                    th scope="col" { "Status" }
                    th scope="col" { "Member" }
                    th scope="col" { "Ends" }
                    th scope="col" { span.unseen { "Act" } }
                } }
                tbody { @for token in tokens { (row(token, now)) } }
            }
        }
    }
}

fn row(token: &TokenView, now: Timestamp) -> Markup {
    let named = format!(
        "{} token {} of {}",
        token.kind, token.fingerprint, token.member
    );
    html! {
        tr data-key={ "token-" (token.fingerprint) } {
            th scope="row" { (token.kind) " " code { (token.fingerprint) } }
            td { span.badge data-status=(token.status) { (token.status) } }
            td { (token.member) }
            td {
                (words::instant(token.expires_at))
                @if token.status == "active" { br; span.hint { (words::from_now(token.expires_at, now)) } }
            }
            td.acts { @if token.status == "active" {
                @for (act, verb) in [(Act::Expire, "Expire"), (Act::Revoke, "Revoke")] {
                    form method="post" action=(act.address()) {
                        input type="hidden" name="fingerprint" value=(token.fingerprint);
                        button aria-label={ (verb) " " (named) } { (verb) }
                    }
                }
            } }
        }
    }
}
