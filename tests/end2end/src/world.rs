//! LinkedIn and Lapel as one journey knows them: its own emulator and its own BFF, on ports that nobody else has.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use lapel_bff::config::{Settings, Upstream};
use lapel_bff::{Bff, embedded, router};
use lapel_emulator::Emulator;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::between::Between;
use crate::environment::variable;
use crate::mishap::{Mishap, Outcome};

/// The emulator and the BFF of one journey. Both end with it.
pub struct World {
    /// LinkedIn: its clock, faults, ledger and tokens are a journey's to read and to set.
    pub linkedin: Emulator,
    /// What stands between the browser and the BFF.
    pub between: Between,
    origin: String,
    serving: JoinHandle<()>,
}

impl World {
    /// A world whose LinkedIn has its quirks and no faults.
    ///
    /// # Errors
    /// When the page was not built, or a part does not start.
    pub async fn start() -> Outcome<Self> {
        Self::with(lapel_emulator::Settings::default()).await
    }

    /// A world with another LinkedIn.
    ///
    /// # Errors
    /// As [`World::start`].
    pub async fn with(linkedin: lapel_emulator::Settings) -> Outcome<Self> {
        Self::serving(page()?, linkedin).await
    }

    /// A world whose BFF serves the gallery in the page's place, under the same policy.
    ///
    /// # Errors
    /// As [`World::start`].
    pub async fn of_the_gallery() -> Outcome<Self> {
        let gallery = built("END2END_GALLERY", "gallery")?;
        Self::serving(gallery, lapel_emulator::Settings::default()).await
    }

    /// A world whose BFF serves the example of an application of one's own.
    ///
    /// # Errors
    /// As [`World::start`].
    pub async fn of_the_example() -> Outcome<Self> {
        let example = built("END2END_EXAMPLE", "example")?;
        Self::serving(example, lapel_emulator::Settings::default()).await
    }

    async fn serving(page: PathBuf, linkedin: lapel_emulator::Settings) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        // The page is at `localhost` and LinkedIn at `127.0.0.1`: two sites, as in life, so that what browsers do with
        // cookies between sites is part of every journey.
        let origin = format!("http://localhost:{port}");
        let linkedin = Emulator::start(linkedin)
            .await
            .map_err(|cause| Mishap::caused("the emulator does not start", &cause))?;
        let between = Between::default();
        let app = between.in_front_of(app(&page, &linkedin, &origin)?);
        let serving = tokio::spawn(async move {
            if let Err(cause) = axum::serve(listener, app).await {
                eprintln!("the BFF stopped serving: {cause}");
            }
        });
        Ok(Self {
            linkedin,
            between,
            origin,
            serving,
        })
    }

    /// The address of a path of Lapel's, as a person would type it.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The BFF, set up through its own settings: what they refuse, no journey can have.
fn app(page: &Path, linkedin: &Emulator, origin: &str) -> Outcome<axum::Router> {
    let variables = [
        ("LAPEL_PUBLIC_URL", origin.to_owned()),
        ("LAPEL_APP_DIR", page.display().to_string()),
    ];
    let Settings {
        http,
        session,
        upstream,
        ..
    } = Settings::read(variables.map(|(name, value)| (name.to_owned(), value)))
        .map_err(|cause| Mishap::caused("the BFF's settings", &cause))?;
    let Upstream::Emulator { scopes, api, .. } = upstream else {
        return Err(Mishap::new(
            "the BFF of a journey would ask LinkedIn itself",
        ));
    };
    linkedin.register_redirect(&linkedin.client().id, &http.redirect_uri());
    let client = embedded::linkedin(linkedin, scopes, api)
        .map_err(|cause| Mishap::caused("the emulator's address", &cause))?;
    let bff = Bff::new(http, &session, client, embedded::clock(linkedin))
        .map_err(|cause| Mishap::caused("the BFF does not start", &cause))?;
    router(bff).map_err(|cause| Mishap::caused("the BFF cannot serve the page", &cause))
}

fn page() -> Outcome<PathBuf> {
    built("END2END_PAGE", "page")
}

/// A page as trunk built it for release: where the variable says, or where `cargo xtask test` puts it by default.
fn built(variable_name: &str, folder: &str) -> Outcome<PathBuf> {
    let target = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target"));
    let page = variable(variable_name).map_or_else(|| target.join(folder), PathBuf::from);
    if page.join("index.html").is_file() {
        return Ok(page);
    }
    Err(Mishap::new(format!(
        "there is no built page in {}; `cargo xtask test --only journeys` builds it",
        page.display()
    )))
}
