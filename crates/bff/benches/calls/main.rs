//! What the BFF's own work costs: sealing, judging what comes from outside, answering. The first of each group is what
//! the others are compared with, since times of one machine say little about another.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run has nothing to say"
)]

mod connection;
mod envelope;
mod outside;
mod proxy;
mod session;
mod world;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    benches,
    envelope::envelope,
    outside::return_address,
    outside::reply,
    session::in_process,
    session::over_loopback,
    proxy::passed_on
);
criterion_main!(benches);
