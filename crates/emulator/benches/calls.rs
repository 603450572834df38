//! What a token call and a userinfo call cost: the round trip over loopback on one open connection, as an application
//! pays it. `floor` is the same with nothing to do, so the difference is the emulator's own time.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run has nothing to say"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use lapel_emulator::{Client, Emulator, KeySize, Quotas, Settings};
use tokio::runtime::Runtime;
use url::Url;
use url::form_urlencoded::Serializer;

const GROUP: &str = "emulator, one connection over loopback";

/// An emulator, an application with one open connection to it, and a member who always allows.
struct World {
    runtime: Runtime,
    linkedin: Emulator,
    connection: BufReader<TcpStream>,
}

impl World {
    fn new(key_size: KeySize) -> Self {
        let runtime = Runtime::new().unwrap();
        let settings = Settings {
            key_size,
            // More calls than LinkedIn answers in a day.
            quotas: Quotas {
                application: u32::MAX,
                ..Quotas::default()
            },
            ..Settings::default()
        };
        let linkedin = runtime.block_on(Emulator::start(settings)).unwrap();
        let connection = TcpStream::connect(linkedin.address()).unwrap();
        connection.set_nodelay(true).unwrap();
        Self {
            runtime,
            linkedin,
            connection: BufReader::new(connection),
        }
    }

    fn redirect_uri(client: &Client) -> &str {
        &client.redirect_uris[0]
    }

    /// The form of a token call with a fresh code.
    fn exchange(&self) -> String {
        let client = self.linkedin.client();
        let query = [
            ("response_type", "code"),
            ("client_id", &*client.id),
            ("redirect_uri", Self::redirect_uri(&client)),
            ("state", "xyz"),
            ("scope", "openid profile email"),
        ];
        let address = format!("{}/oauth/v2/authorization", self.linkedin.url());
        let page = Url::parse_with_params(&address, query).unwrap();
        let back = self.linkedin.allow(page.as_str(), "ada");
        let back = Url::parse(&self.runtime.block_on(back).unwrap()).unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap();
        Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", &code.1)
            .append_pair("client_id", &client.id)
            .append_pair("client_secret", &client.secret)
            .append_pair("redirect_uri", Self::redirect_uri(&client))
            .finish()
    }

    fn post(&mut self, path: &str, form: &str) -> String {
        let kind = "content-type: application/x-www-form-urlencoded";
        self.call(&format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\n{kind}\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        ))
    }

    fn get(&mut self, path: &str, token: &str) -> String {
        self.call(&format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n"
        ))
    }

    fn call(&mut self, request: &str) -> String {
        let stream = self.connection.get_mut();
        stream.write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        self.connection.read_line(&mut line).unwrap();
        assert!(line.contains(" 200 "), "{line}");
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            self.connection.read_line(&mut line).unwrap();
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap()
    }
}

fn floor(criterion: &mut Criterion) {
    let mut world = World::new(KeySize::Rsa2048);
    let mut group = criterion.benchmark_group(GROUP);
    group.bench_function("floor", |bencher| {
        bencher.iter(|| world.get("/emulator/style.css", "none"));
    });
}

fn userinfo(criterion: &mut Criterion) {
    let mut world = World::new(KeySize::Rsa2048);
    let form = world.exchange();
    let answer: serde_json::Value =
        serde_json::from_str(&world.post("/oauth/v2/accessToken", &form)).unwrap();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let mut group = criterion.benchmark_group(GROUP);
    group.bench_function("userinfo", |bencher| {
        bencher.iter(|| world.get("/v2/userinfo", &token));
    });
}

fn token(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(GROUP);
    for (name, key_size) in [
        ("token, key of 2048 bits", KeySize::Rsa2048),
        ("token, key of 4096 bits", KeySize::Rsa4096),
    ] {
        let world = std::cell::RefCell::new(World::new(key_size));
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || world.borrow().exchange(),
                |form| world.borrow_mut().post("/oauth/v2/accessToken", &form),
                BatchSize::PerIteration,
            );
        });
    }
}

criterion_group!(benches, floor, userinfo, token);
criterion_main!(benches);
