//! Where the BFF listens, what its public address is, what it serves.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use lapel_wire::paths;
use url::{Host, Url};

use super::env::{ADDRESS, Reader};

const LISTEN: &str = "LAPEL_LISTEN";
const PUBLIC_URL: &str = "LAPEL_PUBLIC_URL";
const APP_DIR: &str = "LAPEL_APP_DIR";

/// The port on which `trunk serve` shows the page in development.
const TRUNK_PORT: u16 = 8080;

/// Settings of the HTTP side.
#[derive(Clone, Debug)]
pub struct Http {
    /// `LAPEL_LISTEN`: address and port to listen on.
    pub listen: SocketAddr,
    /// `LAPEL_PUBLIC_URL`: origin that members see. Redirects and cookies follow this and never a request's headers,
    /// which anyone can write.
    pub public_url: Url,
    /// `LAPEL_APP_DIR`: folder of the built app, if this process serves it from one.
    pub app_dir: Option<PathBuf>,
}

impl Http {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let listen = reader.parsed(
            LISTEN,
            ADDRESS,
            SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
        );
        let app_dir = reader.text(APP_DIR).map(PathBuf::from);
        let serves_app = app_dir.is_some() || cfg!(feature = "embedded-app");
        let port = if serves_app {
            listen.port()
        } else {
            TRUNK_PORT
        };
        let public_url = reader.parsed(
            PUBLIC_URL,
            "an address such as https://app.example",
            local(port),
        );
        for fault in public_url_faults(&public_url) {
            reader.fault(format!("{PUBLIC_URL}: {fault}"));
        }
        let http = Self {
            listen,
            public_url,
            app_dir,
        };
        if http.development() && !listen.ip().is_loopback() {
            reader.fault(format!(
                "{LISTEN}: others than this machine would reach it, so {PUBLIC_URL} must be set, to https"
            ));
        }
        http
    }

    /// Whether this is a development set-up: members come by plain HTTP on loopback. Everything that is allowed in
    /// development only hangs on this one answer.
    #[must_use]
    pub fn development(&self) -> bool {
        self.public_url.scheme() == "http" && is_loopback(&self.public_url)
    }

    /// The origin of the public address, as browsers write it in an `Origin` header (RFC 6454 §6.2).
    #[must_use]
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// The redirect address that is registered in LinkedIn's developer portal. LinkedIn compares it byte for byte
    /// between the authorization and the token request (LinkedIn reference §1.4).
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("{}{}", self.origin(), paths::CALLBACK)
    }
}

/// Whether the address names this machine.
#[must_use]
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn local(port: u16) -> Url {
    #[expect(
        clippy::expect_used,
        reason = "a constant with a port in it is always a URL"
    )]
    Url::parse(&format!("http://localhost:{port}")).expect("a URL")
}

fn public_url_faults(url: &Url) -> Vec<&'static str> {
    let mut faults = Vec::new();
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(url) => {}
        "http" => faults.push("plain http is for loopback only; members' sessions need https"),
        _ => faults.push("must be an https address"),
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        faults.push("must be an origin, without path, query or fragment");
    }
    if !url.username().is_empty() || url.password().is_some() {
        faults.push("must not carry a user name or password");
    }
    faults
}
