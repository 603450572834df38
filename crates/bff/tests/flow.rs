//! The BFF against the emulator, in one process with a virtual clock: what a person does and sees.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

#[path = "flow/callback.rs"]
mod callback;
#[path = "flow/discovery.rs"]
mod discovery;
#[path = "flow/first_paint.rs"]
mod first_paint;
#[path = "flow/headers.rs"]
mod headers;
#[path = "flow/hostile.rs"]
mod hostile;
#[path = "flow/identity.rs"]
mod identity;
#[path = "flow/js_sdk.rs"]
mod js_sdk;
#[path = "flow/lifetimes.rs"]
mod lifetimes;
#[path = "flow/login.rs"]
mod login;
#[path = "flow/logout.rs"]
mod logout;
#[path = "flow/openapi.rs"]
mod openapi;
#[path = "flow/openid.rs"]
mod openid;
#[path = "flow/outage.rs"]
mod outage;
#[path = "flow/proxy/mod.rs"]
mod proxy;
#[path = "flow/refresh.rs"]
mod refresh;
#[path = "flow/secrets.rs"]
mod secrets;
#[path = "flow/session.rs"]
mod session;
#[path = "flow/standard_tokens.rs"]
mod standard_tokens;
#[path = "flow/store/mod.rs"]
mod store;
#[path = "flow/switching.rs"]
mod switching;
mod world;
