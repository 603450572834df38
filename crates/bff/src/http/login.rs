//! `GET /bff/login`: sends the member to LinkedIn, or straight back where the live session suffices.

use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::response::Response;
use lapel_wire::{LocalPath, paths};
use url::form_urlencoded;

use super::cookies::{Jar, LARGEST_PENDING, MOST_PENDING};
use super::navigation::Navigation;
use super::see_other;
use crate::Bff;
use crate::session::pending::Pending;

pub(super) async fn login(
    State(bff): State<Bff>,
    _: Navigation,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Response {
    let return_to = return_to(&query.unwrap_or_default());
    let scopes = bff.0.linkedin.scopes();
    if bff
        .live_session(&jar)
        .is_some_and(|session| session.covers(scopes))
    {
        return see_other(return_to.as_str(), Vec::new());
    }
    let shared = &bff.0;
    let now = shared.clock.now_seconds();
    let pending = Pending::begin(return_to, scopes.to_vec(), now);
    let envelope = pending.seal(&shared.keys);
    let mut cookies = surplus(&bff, &jar, envelope.len(), now);
    cookies.push(shared.cookies.set_pending(&pending.state, envelope));
    see_other(
        &shared.linkedin.authorization_url(&pending.state, scopes),
        cookies,
    )
}

/// Where to come back to; home where the address is absent, doubled, or not one of the application's own. Not an error:
/// whoever follows a broken link still wants to sign in.
fn return_to(query: &str) -> LocalPath {
    let mut values = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == paths::RETURN_TO)
        .map(|(_, value)| LocalPath::parse(&value));
    match (values.next(), values.next()) {
        (Some(Ok(path)), None) => path,
        _ => LocalPath::home(),
    }
}

/// Removes pending sign-ins that are dead, and the oldest where there are too many beside a new one of this size, so
/// that a page that opens sign-in after sign-in cannot fill the browser's cookie header until no server takes it.
fn surplus(bff: &Bff, jar: &Jar, new: usize, now: i64) -> Vec<HeaderValue> {
    let shared = &bff.0;
    let mut alive = Vec::new();
    let mut removed = Vec::new();
    for (name, envelope) in jar.all_pending(shared.cookies) {
        match Pending::unseal(envelope, &shared.keys) {
            Some(pending) if !pending.expired(now) => {
                alive.push((pending.started_at, name, name.len() + envelope.len()));
            }
            Some(_) | None => removed.push(name),
        }
    }
    // The newest first: it is the tab that the member looks at.
    alive.sort_unstable_by_key(|(started_at, ..)| std::cmp::Reverse(*started_at));
    let mut room = LARGEST_PENDING.saturating_sub(new + LONGEST_NAME);
    for (at, (_, name, size)) in alive.into_iter().enumerate() {
        match room.checked_sub(size) {
            Some(rest) if at + 1 < MOST_PENDING => room = rest,
            Some(_) | None => {
                room = 0;
                removed.push(name);
            }
        }
    }
    removed
        .into_iter()
        .map(|name| shared.cookies.clear_pending_named(name))
        .collect()
}

/// More than the name of a pending sign-in's cookie has.
const LONGEST_NAME: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_not_ours_leads_home() {
        for query in [
            "",
            "return_to=",
            "return_to=//evil.example",
            "return_to=%2F%2Fevil.example",
            "return_to=https://evil.example",
            "return_to=/bff/login",
            "return_to=/a&return_to=/b",
        ] {
            assert_eq!(return_to(query), LocalPath::home(), "{query}");
        }
        assert_eq!(
            return_to("return_to=/account%3Fx=1").as_str(),
            "/account?x=1"
        );
    }
}
