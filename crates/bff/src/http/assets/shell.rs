//! The app's document: what trunk built, with what is known of whoever opens it put in.

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lapel_wire::{LocalPath, SessionView, paths};

use super::corner::with_session;
use crate::http::cookies;
use crate::http::first_paint::FirstPaint;

/// What trunk writes where its own server puts a nonce. This document is allowed by hashes; a word that stays the same
/// is no nonce. The space before it stays: it may be all that parts two attributes.
const NO_NONCE: &str = "nonce=\"{{__TRUNK NONCE__}}\"";

/// Ends the body. Without it, what is added goes to the document's end, which is the body's too.
const END_OF_BODY: &str = "</body>";

/// A shared cache's own instruction (RFC 9213), where an operator's configuration overrides `Cache-Control`.
const CDN_CACHE_CONTROL: &str = "cdn-cache-control";

/// The document and its content security policy.
pub(super) struct Shell {
    text: String,
    policy: HeaderValue,
}

impl Shell {
    pub(super) fn new(text: &str, pictures: &str) -> Self {
        let text = text.replace(NO_NONCE, "");
        let policy = policy(&text, pictures);
        Self { text, policy }
    }

    /// The document for this address. Nobody keeps it: it may name a member.
    pub(super) fn answer(&self, address: &Uri, first_paint: FirstPaint) -> Response {
        let FirstPaint { told, cookies } = first_paint;
        let text = with_return_address(&self.text, &return_address(address));
        let mut text = with_session(&text, told.as_ref().map(|told| &told.view));
        // Last: nothing is looked for in it.
        if let Some(told) = told {
            let end = text.rfind(END_OF_BODY).unwrap_or(text.len());
            text.insert_str(end, &element(&told.view, told.check_is_due));
        }
        let headers = [
            (header::CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
            (header::CACHE_CONTROL.as_str(), "no-store"),
            (CDN_CACHE_CONTROL, "no-store"),
            (header::VARY.as_str(), "cookie"),
        ];
        let policy = [(header::CONTENT_SECURITY_POLICY, self.policy.clone())];
        let mut response = (headers, policy, text).into_response();
        cookies::add(response.headers_mut(), cookies);
        response
    }
}

/// Lets the sign-in link, which works without WebAssembly, come back to the address that the member is at.
fn with_return_address(text: &str, return_to: &LocalPath) -> String {
    let home = paths::login(&LocalPath::home());
    // All of it is unreserved characters, escapes, `/`, `?` and `=`: nothing that ends an attribute, quoted or not.
    let here = paths::login(return_to);
    let mut parts = text.split(&home);
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_whole = part.starts_with(['"', '\'', ' ', '>']);
        page.push_str(if is_whole { &here } else { &home });
        page.push_str(part);
    }
    page
}

/// The address to come back to: this one without what it says of the last sign-in, or home where it cannot be one.
fn return_address(address: &Uri) -> LocalPath {
    let said = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        [paths::OUTCOME, paths::REFERENCE].contains(&name)
    };
    let query = address.query().unwrap_or_default();
    let kept: Vec<_> = query.split('&').filter(|pair| !said(pair)).collect();
    let mark = if kept.concat().is_empty() { "" } else { "?" };
    let address = format!("{}{mark}{}", address.path(), kept.join("&"));
    LocalPath::parse(&address).unwrap_or_else(|_| LocalPath::home())
}

/// The session as the page finds it at its start. A block of data is no script to the content security policy.
fn element(view: &SessionView, check_is_due: bool) -> String {
    let due = if check_is_due {
        format!(" {}", paths::SESSION_CHECK_IS_DUE)
    } else {
        String::new()
    };
    let id = paths::SESSION_ELEMENT;
    let json = harmless(view);
    format!("<script type=\"application/json\" id=\"{id}\"{due}>{json}</script>")
}

/// JSON in which nothing ends a script, begins a comment, or is a line end to some and not to others. Outside of strings
/// JSON has none of these characters, and inside them an escape means the same.
fn harmless(view: &SessionView) -> String {
    #[expect(clippy::expect_used, reason = "texts, lists and numbers are JSON")]
    let json = serde_json::to_string(view).expect("JSON");
    let mut safe = String::with_capacity(json.len());
    for symbol in json.chars() {
        match symbol {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

/// The app's content security policy. WebAssembly needs `wasm-unsafe-eval`, which allows compiling modules and not
/// `eval`; trunk's own inline loader is allowed by its hash and not by `unsafe-inline`.
fn policy(shell: &str, pictures: &str) -> HeaderValue {
    let scripts = inline_scripts(shell).fold(String::new(), |sources, script| {
        let digest = digest(&SHA256, script.as_bytes());
        format!("{sources} 'sha256-{}'", STANDARD.encode(digest))
    });
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
         img-src 'self' data: {pictures}; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    #[expect(clippy::expect_used, reason = "hashes and origins are visible ASCII")]
    HeaderValue::from_str(&policy).expect("a header")
}

/// The contents of the shell's scripts that have no `src`. The shell is our own build's output, so its form is known.
fn inline_scripts(shell: &str) -> impl Iterator<Item = &str> {
    shell.split("<script").skip(1).filter_map(|rest| {
        let (tag, body) = rest.split_once('>')?;
        let script = body.split("</script").next()?;
        (!tag.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lapel_wire::{Member, SignedIn};
    use proptest::prelude::*;

    use super::*;

    fn signed_in(name: String) -> SessionView {
        SessionView::SignedIn(SignedIn {
            member: Member {
                id: "m1".to_owned(),
                picture: Some(name.clone()),
                name,
                email: None,
            },
            permissions: vec!["openid".to_owned()],
            expires_in: 60,
            ends_at: None,
        })
    }

    proptest! {
        #[test]
        fn whatever_a_member_is_called_stays_inside_the_element_and_reads_the_same(
            name in prop_oneof![
                any::<String>(),
                "(</script>|<!--|-->|<script|]]>|&lt;|\\\\|\"|\u{2028}|\u{2029}|\u{0}|[a-z]){0,12}",
            ],
        ) {
            let view = signed_in(name);
            let json = harmless(&view);
            let dangerous = ['<', '>', '&', '\u{2028}', '\u{2029}', '\n'];
            prop_assert!(!json.contains(dangerous), "{}", json);
            let read: SessionView = serde_json::from_str(&json).expect("JSON");
            prop_assert_eq!(read, view);
        }

        #[test]
        fn whatever_address_is_asked_for_the_link_stays_a_link(
            address in "/[a-z0-9%?&='\"<>/:.\\\\@-]{0,40}",
        ) {
            let Ok(address) = address.parse::<Uri>() else { return Ok(()) };
            let text = "<a href=\"/bff/login?return_to=/\">in</a>";
            let page = with_return_address(text, &return_address(&address));
            let link = page
                .strip_prefix("<a href=\"/bff/login?return_to=/")
                .and_then(|rest| rest.strip_suffix("\">in</a>"));
            let link = link.expect("a link").to_owned();
            prop_assert!(!link.contains(['"', '\'', '<', '>', ' ', '&']), "{}", link);
        }
    }

    #[test]
    fn a_sign_in_comes_back_to_the_address_without_what_it_says_of_the_last_one() {
        let returns =
            |address: &'static str| return_address(&Uri::from_static(address)).to_string();
        assert_eq!(returns("/account?tab=1"), "/account?tab=1");
        assert_eq!(
            returns("/account?lapel_outcome=cancelled&tab=1&lapel_reference=7f3a00c1d2e4"),
            "/account?tab=1"
        );
        assert_eq!(returns("/account?lapel_outcome=cancelled"), "/account");
        assert_eq!(returns("/a//b"), "/");
        assert_eq!(returns("//evil.example"), "/");
    }

    #[test]
    fn only_the_link_to_the_start_page_is_another_afterwards() {
        let here = LocalPath::parse("/account").expect("a path");
        let text = "<a href='/bff/login?return_to=/'><a href=/bff/login?return_to=/>\
                    <a href=\"/bff/login?return_to=/share\">";
        assert_eq!(
            with_return_address(text, &here),
            "<a href='/bff/login?return_to=/account'><a href=/bff/login?return_to=/account>\
             <a href=\"/bff/login?return_to=/share\">"
        );
    }

    #[test]
    fn an_inline_script_is_allowed_by_its_hash_and_nothing_else_is() {
        let text =
            format!("<script src=\"/a.js\"></script><script type=\"module\" {NO_NONCE}>1</script>");
        let shell = Shell::new(&text, "https://*.licdn.com");
        assert!(!shell.text.contains("nonce"));
        let text = shell.policy.to_str().expect("ASCII");
        // SHA-256 of "1".
        assert!(
            text.contains("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"),
            "{text}"
        );
        assert_eq!(text.matches("sha256-").count(), 1);
        assert!(!text.contains("'unsafe-inline'") && !text.contains("'unsafe-eval'"));
    }

    /// Directives by name, each with its sources.
    fn directives<'a>(policy: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, Vec<&'a str>> {
        let words = policy.map(|directive| directive.split_whitespace());
        words
            .filter_map(|mut words| Some((words.next()?, words.collect())))
            .collect()
    }

    #[test]
    fn trunk_serves_the_page_under_the_same_policy() {
        let settings = include_str!("../../../../../Trunk.toml");
        let settings: toml::Table = settings.parse().expect("TOML");
        assert_eq!(settings["build"]["create_nonce"].as_bool(), Some(true));
        let theirs = settings["serve"]["csp"].as_array().expect("a list");
        let mut theirs = directives(theirs.iter().filter_map(toml::Value::as_str));

        let shell = Shell::new("<script>1</script>", "https://*.licdn.com");
        let ours = shell.policy.to_str().expect("ASCII");
        let mut ours = directives(ours.split(';'));

        // The loader by its hash here, by trunk's nonce there.
        let scripts = |policy: &mut BTreeMap<&str, Vec<&str>>| {
            let sources = policy.get_mut("script-src").expect("scripts");
            sources.pop().expect("the loader's").to_owned()
        };
        assert!(scripts(&mut ours).starts_with("'sha256-"));
        assert_eq!(scripts(&mut theirs), "'nonce-{{NONCE}}'");
        // The emulator's portraits.
        let pictures = theirs.get_mut("img-src").expect("pictures").pop();
        assert_eq!(pictures, Some("http://127.0.0.1:*"));
        assert_eq!(ours, theirs);
    }
}
