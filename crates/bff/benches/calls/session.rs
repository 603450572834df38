//! `GET /bff/session`, the call that every page begins with.

use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use criterion::{Criterion, SamplingMode, Throughput};
use lapel_wire::paths;

use crate::connection::Connection;
use crate::world::World;

/// Pages that ask at once. Both sides run on this machine, so more of them measure its scheduler.
const CONNECTIONS: u64 = 4;

/// An address that is answered with nothing: what axum and the loopback cost.
const NOTHING: &str = "/nothing";

/// Through the router, without a socket.
pub(crate) fn in_process(criterion: &mut Criterion) {
    let world = World::new();
    let mut group = criterion.benchmark_group("session read, in process");
    let floor = Router::new().route(NOTHING, get(async || "{}"));
    for (name, app, address, cookie) in [
        ("a route of axum", &floor, NOTHING, ""),
        ("nobody signed in", &world.app, paths::SESSION, ""),
        (
            "a member signed in",
            &world.app,
            paths::SESSION,
            &*world.cookie,
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| world.runtime.block_on(World::ask(app, address, cookie)));
        });
    }
}

/// Over loopback, by several pages at once.
pub(crate) fn over_loopback(criterion: &mut Criterion) {
    let world = World::new();
    let mut group = criterion.benchmark_group("session read, four connections over loopback");
    group.throughput(Throughput::Elements(1));
    group.sampling_mode(SamplingMode::Flat).sample_size(20);
    let app = world.app.clone().route(NOTHING, get(async || "{}"));
    let server = world.serve(app);
    for (name, address, cookie) in [
        ("a route of axum", NOTHING, ""),
        ("nobody signed in", paths::SESSION, ""),
        ("a member signed in", paths::SESSION, &*world.cookie),
    ] {
        let request = format!(
            "GET {address} HTTP/1.1\r\nhost: localhost\r\nx-lapel: 1\r\ncookie: {cookie}\r\n\r\n"
        );
        let mut connections: Vec<_> = (0..CONNECTIONS).map(|_| Connection::open(server)).collect();
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|calls| load(&mut connections, &request, calls));
        });
    }
}

/// So many calls, shared among the connections, each of which waits for one answer before it asks again.
#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures the machine's own time"
)]
fn load(connections: &mut [Connection], request: &str, calls: u64) -> Duration {
    let since = Instant::now();
    thread::scope(|scope| {
        for (at, connection) in (0..).zip(connections) {
            let share = (calls + at) / CONNECTIONS;
            scope.spawn(move || (0..share).for_each(|_| connection.ask(request)));
        }
    });
    since.elapsed()
}
