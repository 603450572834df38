//! `GET /bff/linkedin/v2/userinfo`, a call that is passed on: what it costs beside asking LinkedIn without a BFF in
//! between, as a page could if it held a token. LinkedIn is the emulator, which answers at once; LinkedIn itself takes a
//! thousand times as long.

use criterion::Criterion;
use lapel_wire::paths;

use crate::connection::Connection;
use crate::world::World;

const USERINFO: &str = "/v2/userinfo";

pub(crate) fn passed_on(criterion: &mut Criterion) {
    let world = World::new();
    let mut group = criterion.benchmark_group("userinfo, one connection over loopback");
    let mut linkedin = Connection::open(world.emulator.address());
    let directly = format!(
        "GET {USERINFO} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\r\n",
        world.token()
    );
    group.bench_function("the emulator, directly", |bencher| {
        bencher.iter(|| linkedin.ask(&directly));
    });
    let mut bff = Connection::open(world.serve(world.app.clone()));
    let through = format!(
        "GET {}{USERINFO} HTTP/1.1\r\nhost: localhost\r\nx-lapel: 1\r\ncookie: {}\r\n\r\n",
        paths::LINKEDIN,
        world.cookie
    );
    group.bench_function("the emulator, through the BFF", |bencher| {
        bencher.iter(|| bff.ask(&through));
    });
}
