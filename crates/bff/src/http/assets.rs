//! The app itself: the shell for navigations, its files by name, nothing else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tower_http::services::ServeDir;

use super::method_not_allowed;
use super::problem::Refused;
use crate::Bff;
use crate::config::Http;
use crate::linkedin::LinkedIn;

const SHELL: &str = "index.html";

/// Names with trunk's 16 hexadecimal digits change whenever their content does.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The built app, if this process serves one.
pub(super) struct App(Option<Arc<Loaded>>);

struct Loaded {
    files: ServeDir,
    shell: String,
    policy: HeaderValue,
}

/// The configured folder holds no app.
#[derive(Debug, thiserror::Error)]
#[error("LAPEL_APP_DIR: {path} cannot be read ({source}); build the app with `trunk build`")]
pub struct AppError {
    path: PathBuf,
    source: std::io::Error,
}

impl App {
    pub(super) fn load(http: &Http, linkedin: &LinkedIn) -> Result<Self, AppError> {
        let Some(folder) = &http.app_dir else {
            return Ok(Self(None));
        };
        let path = folder.join(SHELL);
        let shell = std::fs::read_to_string(&path).map_err(|source| AppError { path, source })?;
        let policy = policy(&shell, &linkedin.picture_sources());
        let files = ServeDir::new(folder).append_index_html_on_directories(false);
        Ok(Self(Some(Arc::new(Loaded {
            files,
            shell,
            policy,
        }))))
    }

    pub(super) fn router(self) -> Router<Bff> {
        Router::new().fallback(move |State(_): State<Bff>, request: Request| {
            let app = self.0.clone();
            async move { serve(app.as_deref(), request).await }
        })
    }
}

async fn serve(app: Option<&Loaded>, request: Request) -> Response {
    let Some(app) = app else {
        return Refused::new(
            StatusCode::NOT_FOUND,
            "only /bff is served here; `trunk serve` or LAPEL_APP_DIR serve the app",
        )
        .into_response();
    };
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return method_not_allowed().await.into_response();
    }
    let path = request.uri().path().to_owned();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    // A name with a dot asks for a file: a missing one is missing, and never the shell under a file's name, which a
    // cache could keep as one (web cache deception).
    if name.contains('.') && path != format!("/{SHELL}") {
        return file(app, &name, request).await;
    }
    if is_navigation(request.headers()) {
        return shell(app);
    }
    Refused::new(StatusCode::NOT_FOUND, "there is no such file").into_response()
}

async fn file(app: &Loaded, name: &str, request: Request) -> Response {
    let Ok(response) = app.files.clone().try_call(request).await else {
        return Refused::new(StatusCode::NOT_FOUND, "the file cannot be read").into_response();
    };
    if response.status() == StatusCode::NOT_FOUND {
        return Refused::new(StatusCode::NOT_FOUND, "there is no such file").into_response();
    }
    let mut response = response.map(Body::new);
    let cache = if has_content_hash(name) {
        IMMUTABLE
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

fn shell(app: &Loaded) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, app.policy.clone()),
    ];
    (headers, app.shell.clone()).into_response()
}

fn is_navigation(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match says("sec-fetch-dest") {
        Some(dest) => dest == "document",
        None => says("accept").is_some_and(|accept| accept.contains("text/html")),
    }
}

fn has_content_hash(name: &str) -> bool {
    Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| {
            stem.trim_end_matches("_bg")
                .rsplit('-')
                .next()
                .is_some_and(|last| {
                    last.len() == 16 && last.bytes().all(|byte| byte.is_ascii_hexdigit())
                })
        })
}

/// The app's content security policy. WebAssembly needs `wasm-unsafe-eval`, which allows compiling modules and not
/// `eval`; trunk's own inline loader is allowed by its hash and not by `unsafe-inline`.
fn policy(shell: &str, pictures: &str) -> HeaderValue {
    let scripts = inline_scripts(shell).fold(String::new(), |sources, script| {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, script.as_bytes());
        format!("{sources} 'sha256-{}'", STANDARD.encode(digest))
    });
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
         img-src 'self' data: {pictures}; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    #[expect(clippy::expect_used, reason = "hashes and origins are visible ASCII")]
    HeaderValue::from_str(&policy).expect("a header")
}

/// The contents of the shell's scripts that have no `src`. The shell is our own build's output, so its form is known.
fn inline_scripts(shell: &str) -> impl Iterator<Item = &str> {
    shell.split("<script").skip(1).filter_map(|rest| {
        let (tag, body) = rest.split_once('>')?;
        let script = body.split("</script").next()?;
        (!tag.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_ever() {
        assert!(has_content_hash("lapel-0123456789abcdef.js"));
        assert!(has_content_hash("lapel-0123456789abcdef_bg.wasm"));
        assert!(!has_content_hash("index.html"));
        assert!(!has_content_hash("favicon-small.svg"));
    }

    #[test]
    fn an_inline_script_is_allowed_by_its_hash_and_nothing_else_is() {
        let shell = "<script src=\"/a.js\"></script><script type=\"module\">1</script>";
        let policy = policy(shell, "https://*.licdn.com");
        let text = policy.to_str().expect("ASCII");
        // SHA-256 of "1".
        assert!(
            text.contains("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"),
            "{text}"
        );
        assert_eq!(text.matches("sha256-").count(), 1);
        assert!(!text.contains("'unsafe-inline'") && !text.contains("'unsafe-eval'"));
    }
}
