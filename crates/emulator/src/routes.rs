//! Which path leads where.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{any, get, post, put};

use crate::api::posts::{rest, ugc};
use crate::api::{self, assets, email_address, gone, profile};
use crate::control;
use crate::endpoint::{Endpoint, Speaks, path};
use crate::js_sdk;
use crate::linkedin::Shared;
use crate::oauth::{authorize, introspect, revoke, token};
use crate::openid::{discovery, keys, userinfo};
use crate::pages::{self, permitted};
use crate::portraits;

pub(crate) fn router(linkedin: Shared) -> Router {
    Router::new()
        .route(
            path::AUTHORIZATION,
            get(authorize::arrive).post(authorize::arrive),
        )
        .route(path::NATIVE_AUTHORIZATION, get(authorize::arrive_natively))
        .route(path::LOGIN, post(authorize::log_in))
        .route(
            path::CONSENT,
            get(authorize::review).post(authorize::decide),
        )
        .route(path::TOKEN, post(token::issue))
        .route(path::INTROSPECTION, post(introspect::look_up))
        .route(path::REVOCATION, post(revoke::revoke))
        .route(path::DISCOVERY, get(discovery::document))
        .route(path::KEYS, get(keys::published))
        .route(
            path::USERINFO,
            get(userinfo::show).post(userinfo::show_for_post),
        )
        .route(path::JS_SDK_TOKEN, post(js_sdk::exchange))
        .route(
            path::PERMITTED_SERVICES,
            get(permitted::show).post(permitted::act),
        )
        .route(path::PROFILE, get(profile::show))
        .route(path::EMAIL_ADDRESS, get(email_address::find))
        .route(path::POSTS, post(rest::create))
        .route(path::POST, get(rest::read).delete(rest::delete))
        .route(path::UGC_POSTS, post(ugc::create))
        .route(path::ASSETS, post(assets::register))
        .route(path::UPLOAD, put(assets::upload).post(assets::upload))
        .route(path::OLD_APIS, any(gone::v1))
        .route(path::PORTRAIT, get(portraits::show))
        .route("/", get(pages::front::show))
        .route(path::STYLE, get(pages::style))
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing_here)
        .merge(control::router(&linkedin))
        .with_state(linkedin)
}

/// No path answers `OPTIONS` with CORS headers: LinkedIn has none (LinkedIn reference §12).
async fn wrong_method(request: Request) -> Response {
    match Endpoint::of(request.uri().path()).speaks() {
        Speaks::Html => pages::trouble(axum::http::StatusCode::METHOD_NOT_ALLOWED, "Not like this"),
        Speaks::OAuth | Speaks::Api | Speaks::Picture => api::error::method_not_allowed(),
    }
}

async fn nothing_here(request: Request) -> Response {
    let path = request.uri().path();
    match Endpoint::of(path).speaks() {
        Speaks::Html => pages::trouble(axum::http::StatusCode::NOT_FOUND, "Page not found"),
        Speaks::OAuth | Speaks::Api | Speaks::Picture => api::error::no_such_resource(path),
    }
}
