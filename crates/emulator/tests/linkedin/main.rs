//! The emulator from outside: one file per endpoint, a browser-like client, and only the clock moves time.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail as loudly as the test"
)]

mod authorization;
mod catalogue;
mod defects;
mod faults;
mod introspection;
mod js_sdk;
mod member_apis;
mod native;
mod openid;
mod pages;
mod people;
mod permitted_services;
mod posts;
mod quotas;
mod refresh;
mod revocation;
mod start;
mod textbook;
mod token;
mod tolerances;
mod world;
