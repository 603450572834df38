//! Sealing and opening a session, which every request of a signed-in member needs.

use std::hint::black_box;

use criterion::Criterion;
use lapel_bff::linkedin::{Grant, Identity};
use lapel_bff::secret::{AccessToken, RefreshToken};
use lapel_bff::session::Session;
use lapel_bff::session::seal::KeyRing;
use lapel_wire::Member;

const NOW: i64 = 1_795_000_000;

pub(crate) fn envelope(criterion: &mut Criterion) {
    let keys = KeyRing::random();
    let mut group = criterion.benchmark_group("session envelope");
    // LinkedIn says to plan for 1000 characters (LinkedIn reference §1.5); tokens that were seen have fewer.
    for characters in [400, 1000] {
        let session = session(characters);
        let sealed = session.seal(&keys);
        group.bench_function(
            format!("open, two tokens of {characters} characters"),
            |bencher| {
                bencher.iter(|| Session::unseal(black_box(&sealed), &keys).unwrap());
            },
        );
        group.bench_function(
            format!("seal, two tokens of {characters} characters"),
            |bencher| bencher.iter(|| black_box(&session).seal(&keys)),
        );
    }
}

/// A session as it is after a sign-in.
fn session(characters: usize) -> Session {
    let member = Member {
        id: "aB3dE5fG7h".to_owned(),
        name: "Ada Example".to_owned(),
        picture: Some(format!("https://media.licdn.com/{}", "x".repeat(150))),
        email: Some("ada@example.com".to_owned()),
    };
    let identity = Identity {
        member,
        complete: true,
    };
    let grant = Grant {
        access_token: AccessToken::new("x".repeat(characters)),
        refresh_token: Some(RefreshToken::new("y".repeat(characters))),
        expires_in: 60 * 24 * 60 * 60,
        refresh_expires_in: Some(365 * 24 * 60 * 60),
        scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
    };
    Session::begin(identity, grant, NOW)
}
