//! What must hold of the cookies: no header makes the BFF stumble, and what opens was sealed by this ring for this
//! purpose. Nobody forges an envelope by chance, so the input may name genuine ones: `{a}` and `{b}` are two sessions,
//! `{l}` a long one, `{q}` one that an older key of the ring sealed, `{p}` a sign-in under way, `{o}` a session of
//! another ring. `{a<9}` are the first 9 characters of one, `{a>9}` the rest, and in `{a~9}` one character is another.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::header::{COOKIE, LOCATION};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use lapel_bff::clock::Clock;
use lapel_bff::config::{Settings, Upstream};
use lapel_bff::linkedin::{Binding, Grant, Identity};
use lapel_bff::secret::{AccessToken, RefreshToken};
use lapel_bff::session::Session;
use lapel_bff::session::pending::Pending;
use lapel_bff::session::seal::{KeyRing, Purpose};
use lapel_bff::{Bff, router};
use lapel_wire::{LocalPath, Member, SessionView, paths};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const NOW: i64 = 1_795_000_000;

/// Panics where a cookie is believed that is not ours, or where one makes the BFF stumble.
pub(crate) fn judge(data: &[u8]) {
    let world = &*WORLD;
    let cookies = world.spelt_out(data);
    if let Ok(text) = str::from_utf8(&cookies) {
        world.judge_opening(text);
    }
    if let Ok(header) = HeaderValue::from_bytes(&cookies) {
        world.runtime.block_on(world.judge_answers(&header));
    }
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

struct World {
    keys: KeyRing,
    genuine: Vec<Genuine>,
    app: Router,
    runtime: Runtime,
}

struct Genuine {
    /// How inputs name it.
    name: u8,
    purpose: Purpose,
    /// Whose session, where this ring opens it.
    member: Option<&'static str>,
    envelope: String,
}

impl World {
    fn new() -> Self {
        let (new, old) = (KeyRing::new_key(), KeyRing::new_key());
        let ring = |keys: &str| KeyRing::parse(keys).expect("keys");
        let both = format!("{new},{old}");
        let keys = ring(&both);
        let session = |name, member: &'static str, length, keys: &KeyRing| Genuine {
            name,
            purpose: Purpose::Session,
            member: Some(member),
            envelope: session(member, length).seal(keys),
        };
        let pending = Pending::begin(LocalPath::home(), Vec::new(), Binding::default(), NOW);
        let genuine = vec![
            session(b'a', "a", 400, &keys),
            session(b'b', "b", 400, &keys),
            session(b'l', "l", 1600, &keys),
            session(b'q', "q", 400, &ring(&old)),
            Genuine {
                member: None,
                ..session(b'o', "o", 400, &KeyRing::random())
            },
            Genuine {
                name: b'p',
                purpose: Purpose::Pending,
                member: None,
                envelope: pending.seal(&keys),
            },
        ];
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        Self {
            keys,
            genuine,
            app: app(both),
            runtime,
        }
    }

    /// The input with every name of an envelope replaced by what it stands for.
    fn spelt_out(&self, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = data;
        while let [first, after @ ..] = rest {
            if *first == b'{'
                && let Some(end) = after.iter().position(|byte| *byte == b'}')
                && let Some(text) = self.named(&after[..end])
            {
                out.extend(text);
                rest = &after[end + 1..];
            } else {
                out.push(*first);
                rest = after;
            }
        }
        out
    }

    fn named(&self, name: &[u8]) -> Option<Vec<u8>> {
        let [name, how @ ..] = name else { return None };
        let genuine = self.genuine.iter().find(|one| one.name == *name)?;
        let mut text = genuine.envelope.clone().into_bytes();
        let [how, number @ ..] = how else {
            return Some(text);
        };
        let at: usize = str::from_utf8(number).ok()?.parse().ok()?;
        let at = at % text.len();
        match how {
            b'<' => text.truncate(at),
            b'>' => drop(text.drain(..at)),
            b'~' => text[at] = if text[at] == b'A' { b'B' } else { b'A' },
            _ => return None,
        }
        Some(text)
    }

    /// Whose session a text is: an envelope of this ring, unchanged to the last bit.
    fn member(&self, envelope: &str) -> Option<&'static str> {
        let one = self.genuine.iter().find(|one| one.envelope == envelope)?;
        one.member
    }

    fn judge_opening(&self, text: &str) {
        for purpose in [Purpose::Session, Purpose::Pending] {
            let ours = self
                .genuine
                .iter()
                .any(|one| one.envelope == text && one.purpose == purpose && one.name != b'o');
            assert_eq!(self.keys.open(purpose, text).is_ok(), ours, "{purpose:?}");
        }
        let session = Session::unseal(text, &self.keys).ok();
        assert_eq!(
            session.map(|session| session.identity.member.id).as_deref(),
            self.member(text)
        );
        let is_pending = self.keys.open(Purpose::Pending, text).is_ok();
        assert_eq!(Pending::unseal(text, &self.keys).is_some(), is_pending);
    }

    async fn judge_answers(&self, cookies: &HeaderValue) {
        let carried = carried(cookies).and_then(|envelope| self.member(&envelope));
        let answer = self.ask(paths::SESSION, cookies).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let body = answer.into_body().collect().await.expect("a body");
        let view = serde_json::from_slice(&body.to_bytes()).expect("a session view");
        match view {
            SessionView::SignedIn(signed_in) => {
                assert_eq!(Some(&*signed_in.member.id), carried);
            }
            // A browser may carry the name of a session that it has ended beside the session.
            SessionView::SignedOut(_) => {}
        }
        let answer = self.ask(paths::LOGIN, cookies).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let target = answer.headers()[LOCATION].to_str().expect("text");
        assert!(
            target.starts_with("https://www.linkedin.com/") || (target == "/" && carried.is_some())
        );
    }

    async fn ask(&self, address: &str, cookies: &HeaderValue) -> Response {
        let request = Request::get(address)
            .header(paths::ANTI_FORGERY_HEADER, paths::ANTI_FORGERY_VALUE)
            .header(COOKIE, cookies)
            .body(Body::empty())
            .expect("a request");
        self.app.clone().oneshot(request).await.expect("an answer")
    }
}

/// The one session that a header carries, as a reader without haste finds it: each piece there once, in its place. A
/// neighbour's cookie that is no text is nobody's business.
fn carried(cookies: &HeaderValue) -> Option<String> {
    let pairs: Vec<_> = cookies
        .as_bytes()
        .split(|byte| *byte == b';')
        .filter_map(|pair| str::from_utf8(pair).ok())
        .filter(|pair| pair.chars().all(|symbol| (' '..='~').contains(&symbol)))
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let one = |name: &str| {
        let mut values = pairs.iter().filter(|(other, _)| *other == name);
        values.next().filter(|_| values.next().is_none())
    };
    let (_, first) = one("lapel")?;
    match first.split_once('.')? {
        ("1", envelope) => Some(envelope.to_owned()),
        ("2", envelope) => Some(format!("{envelope}{}", one("lapel-1")?.1)),
        _ => None,
    }
}

fn session(member: &str, length: usize) -> Session {
    let member = Member {
        id: member.to_owned(),
        name: "Ada".to_owned(),
        picture: None,
        email: None,
    };
    let identity = Identity {
        member,
        complete: true,
    };
    let grant = Grant {
        access_token: AccessToken::new("x".repeat(length)),
        refresh_token: Some(RefreshToken::new("y".repeat(length))),
        expires_in: 60 * 24 * 60 * 60,
        refresh_expires_in: None,
        scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
    };
    Session::begin(identity, grant, NOW)
}

/// A BFF whose time stands still, so that it never has a reason to ask LinkedIn.
fn app(keys: String) -> Router {
    let variables = [
        ("LAPEL_SESSION_KEYS", keys.as_str()),
        ("LAPEL_LINKEDIN_CLIENT_ID", "id"),
        ("LAPEL_LINKEDIN_CLIENT_SECRET", "secret"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read(variables).expect("settings");
    let Upstream::LinkedIn(linkedin) = settings.upstream else {
        panic!("LinkedIn is set")
    };
    let now = Timestamp::from_second(NOW).expect("a moment");
    let clock = Clock::from_fn(move || now);
    let bff = Bff::new(settings.http, &settings.session, *linkedin, clock).expect("a BFF");
    router(bff).expect("routes")
}
