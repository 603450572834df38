//! Reading what is asked: JSON bodies and queries, in which nothing unknown is passed over.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Value, json};

use super::problem::Problem;

/// A body that says what it accepts.
pub(super) trait Order: DeserializeOwned {
    /// Each field and what may stand in it.
    fn accepted() -> Value;
}

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: Order> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|refusal| Problem::unreadable(refusal.body_text()))?;
        read(&body).map(Self)
    }
}

pub(super) fn read<T: Order>(body: &[u8]) -> Result<T, Problem> {
    // Nothing at all stands for an object without fields.
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| {
        let problem = match error.classify() {
            Category::Data => Problem::unfit(error.to_string()),
            Category::Io | Category::Syntax | Category::Eof => {
                Problem::unreadable(format!("the body is not JSON: {error}"))
            }
        };
        problem.accepting(T::accepted())
    })
}

/// Parameters of the query.
pub(super) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: Order> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = Query::try_from_uri(&parts.uri);
        query
            .map(|Query(asked)| Self(asked))
            .map_err(|refusal| Problem::unreadable(refusal.body_text()).accepting(T::accepted()))
    }
}

/// Names in the address.
pub(super) struct Named<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(named)| Self(named)).map_err(|refusal| {
            let problem = Problem::unreadable(refusal.body_text());
            problem.accepting(json!("names in UTF-8, percent-encoded"))
        })
    }
}
