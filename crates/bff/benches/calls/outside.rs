//! Judging what anyone can send: return addresses, and answers that claim to be LinkedIn's. A hostile one must not cost
//! more than a good one of its length.

use std::hint::black_box;

use criterion::Criterion;
use lapel_bff::linkedin::AuthorizationReply;
use lapel_wire::LocalPath;

pub(crate) fn return_address(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("return address");
    // As long as an address may be, but for a few characters.
    let longest = format!("/{}", "abcdefg/".repeat(127));
    let escaping = format!("{longest}..");
    let absurd = "/a".repeat(1 << 20);
    for (name, address, good) in [
        ("a short one", "/share?draft=1&x=%20y", true),
        ("the longest", &longest, true),
        ("//evil.example", "//evil.example", false),
        ("/%2f%2fevil.example", "/%2f%2fevil.example", false),
        ("`..` at the end of the longest", &escaping, false),
        ("two megabytes", &absurd, false),
    ] {
        assert_eq!(LocalPath::parse(address).is_ok(), good, "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| LocalPath::parse(black_box(address)));
        });
    }
}

pub(crate) fn reply(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer that claims to be LinkedIn's");
    let state = "s".repeat(43);
    let code = format!("code={}&state={state}", "c".repeat(215));
    let refusal = format!("error=user_cancelled_authorize&error_description=No&state={state}");
    let doubled = format!("code=a&state={state}&code=b");
    let unknown = "x=1&".repeat(1000);
    for (name, query, good) in [
        ("a code", &code, true),
        ("a refusal", &refusal, true),
        ("a doubled parameter", &doubled, false),
        ("a thousand unknown parameters", &unknown, false),
    ] {
        assert_eq!(AuthorizationReply::parse(query).is_ok(), good, "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| AuthorizationReply::parse(black_box(query)));
        });
    }
}
