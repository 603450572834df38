//! An emulator, a BFF in front of it, and a member who has signed in.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use lapel_bff::config::ApiSettings;
use lapel_bff::session::seal::KeyRing;
use lapel_bff::session::{Lifetimes, Session};
use lapel_bff::{Bff, config, embedded, router};
use lapel_emulator::{Emulator, Quotas, Settings};
use lapel_wire::paths;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const ORIGIN: &str = "https://app.example";

pub(crate) struct World {
    pub(crate) runtime: Runtime,
    pub(crate) app: Router,
    /// The signed-in member's `Cookie` header.
    pub(crate) cookie: String,
    /// LinkedIn.
    pub(crate) emulator: Emulator,
    keys: KeyRing,
}

impl World {
    pub(crate) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let settings = Settings {
            // More calls than LinkedIn answers in a day.
            quotas: Quotas {
                application: u32::MAX,
                ..Quotas::default()
            },
            ..Settings::default()
        };
        let emulator = runtime.block_on(Emulator::start(settings)).unwrap();
        let redirect_uri = format!("{ORIGIN}{}", paths::CALLBACK);
        emulator.register_redirect(&emulator.client().id, &redirect_uri);
        let keys = KeyRing::random();
        let app = app(&emulator, keys.clone());
        let cookie = runtime.block_on(sign_in(&app, &emulator));
        Self {
            runtime,
            app,
            cookie,
            emulator,
            keys,
        }
    }

    /// The member's token, which no page ever has.
    pub(crate) fn token(&self) -> String {
        // One cookie, which says so before its envelope.
        let (_, envelope) = self.cookie.split_once("=1.").unwrap();
        let session = Session::unseal(envelope, &self.keys).unwrap();
        session.tokens.access.expose().to_owned()
    }

    /// Serves on a port of its own.
    pub(crate) fn serve(&self, app: Router) -> SocketAddr {
        let listening = TcpListener::bind("127.0.0.1:0");
        let listener = self.runtime.block_on(listening).unwrap();
        let server = listener.local_addr().unwrap();
        self.runtime
            .spawn(async { axum::serve(listener, app).await.unwrap() });
        server
    }

    /// Asks as the page does; an empty cookie is none.
    pub(crate) async fn ask(app: &Router, address: &str, cookie: &str) -> String {
        let request = Request::get(address).header(paths::ANTI_FORGERY_HEADER, "1");
        let response = send(app, request, cookie).await;
        assert_eq!(response.status(), StatusCode::OK);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(body.to_vec()).unwrap()
    }
}

fn app(emulator: &Emulator, keys: KeyRing) -> Router {
    let http = config::Http {
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: ORIGIN.parse().unwrap(),
        app_dir: None,
    };
    let session = config::Session {
        keys,
        keys_are_ephemeral: false,
        lifetimes: Lifetimes::default(),
        store: None,
    };
    let scopes = ["openid", "profile", "email"].map(str::to_owned).into();
    let linkedin = embedded::linkedin(emulator, scopes, ApiSettings::default()).unwrap();
    router(Bff::new(http, &session, linkedin, embedded::clock(emulator)).unwrap()).unwrap()
}

/// A whole sign-in; what it leaves in the browser.
async fn sign_in(app: &Router, emulator: &Emulator) -> String {
    let begun = send(app, Request::get(paths::LOGIN), "").await;
    let pending = cookies(&begun);
    let answer = emulator.allow(location(&begun), "ada").await.unwrap();
    let callback = answer.strip_prefix(ORIGIN).unwrap();
    let entered = send(app, Request::get(callback), &pending).await;
    assert_eq!(location(&entered), "/");
    cookies(&entered)
}

async fn send(app: &Router, request: Builder, cookie: &str) -> Response {
    let request = if cookie.is_empty() {
        request
    } else {
        request.header(COOKIE, cookie)
    };
    let request = request.body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap()
}

fn location(response: &Response) -> &str {
    response.headers()[LOCATION].to_str().unwrap()
}

/// The cookies that an answer sets and does not remove, as a browser sends them back.
fn cookies(response: &Response) -> String {
    let set = response.headers().get_all(SET_COOKIE).iter();
    let pairs = set.filter_map(|cookie| {
        let (pair, attributes) = cookie.to_str().unwrap().split_once(';')?;
        (!attributes.contains("Max-Age=0")).then_some(pair)
    });
    pairs.collect::<Vec<_>>().join("; ")
}
