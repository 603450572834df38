//! LinkedIn on loopback: sign-in, consent, tokens and member APIs with LinkedIn's quirks, for development without
//! credentials, for tests without a network, and for rehearsing its bad days.
//!
//! ```
//! use lapel_emulator::{Emulator, Endpoint, Fault, Outage, Settings};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let linkedin = Emulator::start(Settings::default()).await?;
//! linkedin.register_redirect(&linkedin.client().id, "http://127.0.0.1:8080/callback");
//!
//! // Where the application sends the member's browser …
//! let page = format!(
//!     "{}/oauth/v2/authorization?response_type=code&client_id={}&state=xyz&scope=openid%20profile\
//!      &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback",
//!     linkedin.url(),
//!     linkedin.client().id,
//! );
//! // … and where LinkedIn sends it back to.
//! let back = linkedin.allow(&page, "ada").await?;
//! assert!(back.starts_with("http://127.0.0.1:8080/callback?code=AQ"));
//!
//! linkedin.faults().inject(Fault::next(Outage::Http503).at(Endpoint::Token));
//! linkedin.clock().advance(jiff::SignedDuration::from_hours(61 * 24));
//! assert_eq!(linkedin.ledger().count(Endpoint::Token), 0);
//! # linkedin.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! It depends on nothing else of this workspace: a mistake about LinkedIn that a client makes must not be shared here.
//! The README says for each behaviour how it is known. "LinkedIn reference" in the documentation is the project's
//! description of LinkedIn's wire; its sections are the README's.

mod api;
mod clock;
mod control;
mod emulator;
mod endpoint;
mod entropy;
mod faults;
mod gateway;
mod grants;
mod js_sdk;
mod ledger;
mod linkedin;
mod lock;
mod members;
mod oauth;
mod openid;
mod pages;
mod portraits;
mod posts;
mod quirks;
mod quotas;
mod routes;
mod scopes;
mod serve;
mod settings;
mod switches;
mod tokens;
mod visitor;

pub use api::ApiVersions;
pub use clock::Clock;
pub use control::{Scenario, ScenarioError};
pub use emulator::{Emulator, StartError};
pub use endpoint::{Endpoint, UnknownEndpoint};
pub use entropy::NoEntropy;
pub use faults::{
    AccessDefect, ActiveFault, BodyDefect, ClockSkew, Defect, Evidence, Fault, FaultId, Faults,
    IdTokenDefect, IntrospectionDefect, KeysDefect, Latency, Outage, PostsDefect, ProfileDefect,
    RefreshDefect, RevocationDefect, Throttle, Transport, UnknownDefect, UserinfoDefect, When,
};
pub use js_sdk::{JsSdk, JsSdkCookie, JsSdkExchange};
pub use ledger::{Entry, Ledger};
pub use members::{Locale, Member, Members, MembersFileError, Portrait, parse_members};
pub use openid::KeyError;
pub use posts::{Post, Posts};
pub use quirks::{
    CodeMismatch, CodeReuse, CodeVerifier, ExpiresIn, Issuer, Quirks, RefusalPageStatus,
    ScopeSeparator, UnauthorizedScope,
};
pub use quotas::Quotas;
pub use settings::{Client, KeySize, Lifetimes, Settings, SettingsFault};
pub use settings::{FileFault, SettingsFile, SettingsFileError};
pub use switches::Switch;
pub use tokens::{LiveToken, TokenKind, Tokens};
pub use visitor::AuthorizationPageError;
