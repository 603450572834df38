//! Somebody who answers in LinkedIn's place whatever the test wants, with a signing key of its own.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::KeyPair as _;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use lapel_bff::config::LinkedIn;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The name under which the impostor's key is published.
pub(crate) const KEY_ID: &str = "impostor";

/// Where it listens; it stops when this is dropped.
pub(crate) struct Impostor {
    address: String,
    serving: AbortHandle,
}

/// What it answers.
pub(crate) struct Answers {
    /// To the exchange of a code.
    pub(crate) token: Value,
    /// To the question for keys.
    pub(crate) keys: Value,
    /// To the question who the member is.
    pub(crate) userinfo: Value,
}

impl Impostor {
    /// Begins to answer.
    pub(crate) async fn start(answers: Answers) -> Self {
        let Answers {
            token,
            keys,
            userinfo,
        } = answers;
        let say = |answer: Value| {
            any(move || {
                let answer = answer.clone();
                async move { Json(answer) }
            })
        };
        let app = axum::Router::new()
            .route("/token", say(token))
            .route("/keys", say(keys))
            .route("/userinfo", say(userinfo))
            .route("/elsewhere", any(elsewhere));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await }).abort_handle();
        Self { address, serving }
    }

    /// An address of the impostor's.
    pub(crate) fn at(&self, path: &str) -> url::Url {
        format!("{}{path}", self.address)
            .parse()
            .expect("an address")
    }

    /// Takes LinkedIn's place, all but the page that the member sees.
    pub(crate) fn replaces(&self, linkedin: &mut LinkedIn) {
        linkedin.endpoints.token = self.at("/token");
        linkedin.endpoints.jwks = self.at("/keys");
        linkedin.endpoints.userinfo = self.at("/userinfo");
    }
}

impl Drop for Impostor {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn elsewhere() -> Response {
    (
        StatusCode::FOUND,
        [("location", "http://127.0.0.1:1/collect")],
    )
        .into_response()
}

/// A token response with this id_token.
pub(crate) fn token_response(id_token: Option<String>) -> Value {
    json!({"access_token": "AQXimpostor", "expires_in": 3600, "scope": "email,openid,profile", "id_token": id_token})
}

/// The key set with the impostor's own key.
pub(crate) fn key_set() -> Value {
    let components: PublicKeyComponents<Vec<u8>> = key().public_key().into();
    json!({"keys": [{
        "kty": "RSA", "kid": KEY_ID,
        "n": URL_SAFE_NO_PAD.encode(components.n), "e": URL_SAFE_NO_PAD.encode(components.e),
    }]})
}

/// An id_token, signed with the impostor's own key.
pub(crate) fn id_token(claims: &Value, header: impl FnOnce(&mut Header)) -> String {
    let mut head = Header::new(Algorithm::RS256);
    head.kid = Some(KEY_ID.to_owned());
    header(&mut head);
    let der = key().as_der().expect("a private key");
    // PKCS#8 wraps the RSA key that is wanted here, in its last field.
    let key = EncodingKey::from_rsa_der(rsa_private_key(der.as_ref()));
    jsonwebtoken::encode(&head, claims, &key).expect("a token")
}

/// What an id_token of LinkedIn's says of a member `m`.
pub(crate) fn claims(issuer: &str) -> Value {
    let now: Timestamp = super::BEGINNING.parse().expect("a moment");
    let now = now.as_second();
    let client = lapel_emulator::Client::default().id;
    json!({"iss": issuer, "aud": client, "iat": now, "exp": now + 3600, "sub": "m"})
}

/// Answers with which `m` signs in.
pub(crate) fn honest(issuer: &str) -> Answers {
    Answers {
        token: token_response(Some(id_token(&claims(issuer), |_| {}))),
        keys: key_set(),
        userinfo: json!({"sub": "m", "name": "M"}),
    }
}

fn key() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate(KeySize::Rsa2048).expect("a key"))
}

/// RFC 5208 §5: version, algorithm, and the key as an octet string, which for 2048 bits has a length of two bytes.
fn rsa_private_key(pkcs8: &[u8]) -> &[u8] {
    let at = pkcs8
        .windows(2)
        .position(|two| two == [0x04, 0x82])
        .expect("an octet string");
    &pkcs8[at + 4..]
}
