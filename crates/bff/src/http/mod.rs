//! The routes, and what every answer carries.

mod anti_forgery;
mod assets;
mod callback;
pub mod cookies;
mod first_paint;
mod headers;
mod js_sdk;
mod linkedin;
mod login;
mod logout;
mod navigation;
mod openapi;
mod problem;
mod session;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, any};
use lapel_wire::{SignedOutReason, paths};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use crate::Bff;
use crate::session::{Found, Held, StoreDown, Unreadable};
use assets::App;
pub use assets::AppError;
use cookies::Jar;
use problem::Refused;

/// The whole BFF as one service.
///
/// # Errors
/// When the folder of the app is configured and holds no app.
pub fn router(bff: Bff) -> Result<Router, AppError> {
    let app = App::load(&bff.0.http, &bff.0.linkedin)?;
    let (described, _) = routes().split_for_parts();
    let bff_routes = described
        .route(paths::PREFIX, any(unknown))
        .route(&format!("{}/{{*rest}}", paths::PREFIX), any(unknown))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::map_response(headers::never_stored));
    Ok(Router::new()
        .merge(bff_routes)
        .merge(app.router())
        .layer(middleware::from_fn(no_trace))
        .layer(CatchPanicLayer::custom(panicked))
        // Outermost: refusals and defects go through it too.
        .layer(middleware::map_response(headers::hardened))
        .with_state(bff))
}

/// The routes, each with its description: method, path and answers stand at the handler (`#[utoipa::path]`).
fn routes() -> OpenApiRouter<Bff> {
    openapi::router()
        .routes(routes!(login::login).map(without_head))
        .routes(routes!(callback::callback).map(without_head))
        .routes(routes!(session::session))
        .routes(routes!(js_sdk::js_sdk))
        .routes(routes!(logout::logout))
        .routes(routes!(linkedin::ask))
        .routes(routes!(linkedin::write).map(|route| route.fallback(linkedin::other)))
}

/// The OpenAPI document of the routes (OpenAPI 3.1), as JSON.
pub fn openapi() -> String {
    openapi::document(routes().into_openapi())
}

/// `GET` and nothing else: axum would answer `HEAD` by running the handler, and a link preview must not begin a sign-in.
fn without_head(route: MethodRouter<Bff>) -> MethodRouter<Bff> {
    route.on(MethodFilter::HEAD, method_not_allowed)
}

async fn unknown() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is no such route")
}

async fn method_not_allowed() -> Refused {
    Refused::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this route does not answer that method",
    )
}

/// `TRACE` reflects cookies into a body; `CONNECT` asks for a tunnel. Neither has a use here.
async fn no_trace(request: Request, next: Next) -> Response {
    use axum::http::Method;
    if [Method::TRACE, Method::CONNECT].contains(request.method()) {
        return method_not_allowed().await.into_response();
    }
    next.run(request).await
}

/// A defect of ours ends one request and not the process.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Refused::defect().into_response()
}

impl Bff {
    /// The session that the request's cookies carry, if they carry any.
    async fn session(&self, jar: &Jar) -> Result<Option<Found>, StoreDown> {
        let shared = &self.0;
        Ok(match jar.session(shared.cookies) {
            cookies::Carried::Nothing => None,
            cookies::Carried::Broken => {
                Some(self.seen_by(jar, Found::Unreadable(Unreadable::Incomplete)))
            }
            cookies::Carried::Envelope(envelope) => {
                Some(self.seen_by(jar, shared.sessions.find(&envelope).await?))
            }
        })
    }

    /// The session that the request's cookies carry, as far as this process knows: for a sign-out while the store cannot
    /// be asked.
    fn session_here(&self, jar: &Jar) -> Option<Found> {
        match jar.session(self.0.cookies) {
            cookies::Carried::Nothing | cookies::Carried::Broken => None,
            cookies::Carried::Envelope(envelope) => {
                Some(self.seen_by(jar, self.0.sessions.find_here(&envelope)))
            }
        }
    }

    /// What was found, with what the browser remembers beside it.
    fn seen_by(&self, jar: &Jar, found: Found) -> Found {
        match found {
            Found::Unreadable(why) => {
                tracing::info!(error = %why, "a session cookie cannot be opened");
                Found::Unreadable(why)
            }
            Found::Alive(held) if jar.has_ended(self.0.cookies, &held.session.id) => {
                Found::Ended(held.session, SignedOutReason::NoSession)
            }
            found @ (Found::Alive(_) | Found::Expired(_) | Found::Ended(..)) => found,
        }
    }

    /// The session that the request's cookies carry, if it is alive.
    async fn live_session(&self, jar: &Jar) -> Result<Option<Held>, StoreDown> {
        Ok(match self.session(jar).await? {
            Some(Found::Alive(held)) => Some(held),
            Some(Found::Expired(_) | Found::Ended(..) | Found::Unreadable(_)) | None => None,
        })
    }

    /// The cookies that bring the browser up to date with what became of its session; none where it is, or where the
    /// session has ended since.
    fn news(&self, held: &Held) -> Vec<header::HeaderValue> {
        let Some((envelope, seconds)) = self.0.sessions.news(held) else {
            return Vec::new();
        };
        let set = self.0.cookies.set_session(&envelope, seconds);
        set.unwrap_or_else(|| {
            self.0.sessions.outgrown(&held.session);
            Vec::new()
        })
    }
}

/// 303 with cookies. 303 and not 302 or 307: what follows is a `GET`, and no body goes along (RFC 9110 §15.4.4).
fn see_other(location: &str, cookies: Vec<header::HeaderValue>) -> Response {
    let Ok(location) = header::HeaderValue::from_str(location) else {
        return Refused::new(
            StatusCode::BAD_REQUEST,
            "the address cannot be redirected to",
        )
        .into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    cookies::add(response.headers_mut(), cookies);
    response
}
