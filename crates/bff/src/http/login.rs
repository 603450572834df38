//! `GET /bff/login`: sends the member to LinkedIn, or straight back where the live session suffices.

use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::response::Response;
use lapel_wire::{Feature, Kind, LocalPath, SignInOutcome, paths};
use url::form_urlencoded;

use super::callback::at;
use super::cookies::{Jar, LARGEST_PENDING, LARGEST_TOGETHER, MOST_PENDING};
use super::navigation::{AGAIN, Navigation, once_more};
use super::openapi;
use super::see_other;
use crate::Bff;
use crate::session::Held;
use crate::session::pending::Pending;

/// Starts a sign-in
///
/// Sends the member to LinkedIn, or straight back where a live session has all permissions already.
#[utoipa::path(
    get,
    path = paths::LOGIN,
    tag = openapi::SIGN_IN,
    security((), ("session" = [])),
    params(
        (
            "return_to" = Option<String>,
            Query,
            description = "Where to come back to: a path of the application, with its query. Anything else, and a \
                parameter that comes twice, means the start page",
            max_length = 1024,
        ),
        (
            "feature" = inline(Option<Feature>),
            Query,
            description = "What the member is about to use: its permissions are asked for too",
        ),
        (
            "renew" = Option<String>,
            Query,
            description = "`1` goes to LinkedIn although the live session would suffice, for one with its full life",
        ),
        ("again" = Option<String>, Query, description = "Set by the page that asks once more"),
    ),
    responses(
        (
            status = SEE_OTHER,
            description = "To LinkedIn, or back",
            headers(
                ("Location" = String, description = "LinkedIn's authorization page, or the return address"),
                (
                    "Set-Cookie" = String,
                    description = "The sign-in under way, sealed: for ten minutes, `SameSite=Lax`. Straight back, the \
                        session as it is now, where it has changed"
                ),
            ),
        ),
        (
            status = OK,
            description = "Another site led here, so that the browser kept the session's cookie back: a page that asks for \
                the same once more, from this site",
            body = String,
            content_type = "text/html; charset=utf-8",
        ),
        Navigation,
    ),
)]
pub(super) async fn login(
    State(bff): State<Bff>,
    navigation: Navigation,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Response {
    let wanted = Wanted::read(&query.unwrap_or_default());
    let shared = &bff.0;
    let hidden = jar.hides_session(shared.cookies)
        || navigation.from_elsewhere && jar.session_bytes(shared.cookies) == 0;
    if hidden && !wanted.again {
        return wanted.once_more();
    }
    let Ok(mut held) = bff.live_session(&jar).await else {
        // A navigation ends at the app, which knows how to say it and tries again.
        let outcome = SignInOutcome::Failed(Kind::Unreachable);
        return see_other(&at(&wanted.return_to, outcome, None), Vec::new());
    };
    let scopes = wanted.scopes(shared.linkedin.scopes(), held.as_ref());
    if let Some(held) = &mut held
        && held.session.covers(&scopes)
        && !wanted.renew
    {
        shared.sessions.used(held);
        return see_other(wanted.return_to.as_str(), bff.news(held));
    }
    let now = shared.clock.now_seconds();
    let mut pending = Pending::begin(wanted.return_to, scopes, shared.linkedin.bind(), now);
    if held.is_some() || hidden {
        pending = pending.beside_session();
    }
    let envelope = pending.seal(shared.sessions.keys());
    let mut cookies = surplus(&bff, &jar, envelope.len(), now);
    cookies.push(shared.cookies.set_pending(&pending.state, envelope));
    see_other(
        &shared
            .linkedin
            .authorization_url(&pending.state, &pending.binding, &pending.scopes),
        cookies,
    )
}

/// What the address of a sign-in asks for.
#[derive(Debug)]
struct Wanted {
    return_to: LocalPath,
    feature: Option<Feature>,
    renew: bool,
    again: bool,
}

impl Wanted {
    /// Parameters that are absent, doubled or nobody's count for nothing. Not an error: whoever follows a broken link
    /// still wants to sign in.
    fn read(query: &str) -> Self {
        let value = |name: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes())
                .filter(|(other, _)| other == name)
                .map(|(_, value)| value);
            match (values.next(), values.next()) {
                (Some(value), None) => Some(value),
                _ => None,
            }
        };
        Self {
            return_to: value(paths::RETURN_TO)
                .and_then(|path| LocalPath::parse(&path).ok())
                .unwrap_or_else(LocalPath::home),
            feature: value(paths::FEATURE).and_then(|name| name.parse().ok()),
            renew: value(paths::RENEW).is_some_and(|value| value == paths::RENEW_VALUE),
            again: value(AGAIN).is_some(),
        }
    }

    /// Asks for the same from this site: a member who is signed in would be sent to LinkedIn for nothing.
    fn once_more(&self) -> Response {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(paths::RETURN_TO, self.return_to.as_str());
        if let Some(feature) = self.feature {
            query.append_pair(paths::FEATURE, &feature.to_string());
        }
        if self.renew {
            query.append_pair(paths::RENEW, paths::RENEW_VALUE);
        }
        once_more(paths::LOGIN, query)
    }

    /// The union of what the application always needs, what the feature needs, and what the session has: LinkedIn ends
    /// tokens of another set of permissions (LinkedIn reference §1.5), so what was given before is asked for again.
    fn scopes(&self, usual: &[String], held: Option<&Held>) -> Vec<String> {
        let mut scopes = usual.to_vec();
        let feature = self.feature.map(Feature::scopes).unwrap_or_default();
        let granted = held.map_or(&[][..], |held| held.session.scopes.as_slice());
        let more = feature
            .iter()
            .copied()
            .chain(granted.iter().map(String::as_str));
        for scope in more {
            if !scopes.iter().any(|known| known == scope) {
                scopes.push(scope.to_owned());
            }
        }
        scopes
    }
}

/// Removes pending sign-ins that are dead, and the oldest where there are too many beside a new one of this size, so
/// that a page that opens sign-in after sign-in cannot fill the browser's cookie header until no server takes it.
fn surplus(bff: &Bff, jar: &Jar, new: usize, now: i64) -> Vec<HeaderValue> {
    let shared = &bff.0;
    let mut alive = Vec::new();
    let mut removed = Vec::new();
    for (name, envelope) in jar.all_pending(shared.cookies) {
        match Pending::unseal(envelope, shared.sessions.keys()) {
            Some(pending) if !pending.expired(now) => {
                alive.push((pending.started_at, name, name.len() + envelope.len()));
            }
            Some(_) | None => removed.push(name),
        }
    }
    // The newest first: it is the tab that the member looks at.
    alive.sort_unstable_by_key(|(started_at, ..)| std::cmp::Reverse(*started_at));
    let session = jar.sessions_bytes(shared.cookies);
    let mut room = LARGEST_PENDING
        .min(LARGEST_TOGETHER.saturating_sub(session))
        .saturating_sub(new + LONGEST_NAME);
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
            assert_eq!(Wanted::read(query).return_to, LocalPath::home(), "{query}");
        }
        assert_eq!(
            Wanted::read("return_to=/account%3Fx=1").return_to.as_str(),
            "/account?x=1"
        );
    }

    #[test]
    fn a_feature_adds_its_permissions_to_the_usual_ones_once() {
        let usual = ["openid", "profile"].map(str::to_owned);
        let scopes = |query: &str| Wanted::read(query).scopes(&usual, None).join(" ");
        assert_eq!(scopes("feature=share"), "openid profile w_member_social");
        assert_eq!(scopes("feature=unknown"), "openid profile");
        assert_eq!(scopes("feature=share&feature=share"), "openid profile");
    }

    #[test]
    fn only_its_one_value_asks_for_a_renewal() {
        assert!(Wanted::read("renew=1").renew);
        for query in ["", "renew=", "renew=0", "renew=true", "renew=1&renew=1"] {
            assert!(!Wanted::read(query).renew, "{query}");
        }
    }
}
