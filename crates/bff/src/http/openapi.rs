//! The OpenAPI document of the public routes. It is made of the items that the router is made of: a route's description
//! stands at its handler, so that no route is served without one. What all routes share is said here.

use std::collections::BTreeMap;

use lapel_wire::{Problem, paths};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{
    self, Components, ContentBuilder, Header, HeaderBuilder, Ref, RefOr, Required, Response,
    ResponseBuilder,
};
use utoipa::{IntoParams, IntoResponses, Modify};
use utoipa_axum::router::OpenApiRouter;

use super::anti_forgery::OwnPage;
use super::cookies::Cookies;
use super::linkedin::LinkedInsJson;
use super::navigation::Navigation;
use crate::Bff;
use crate::session::StoreDown;

/// Routes that a person goes to.
pub(super) const SIGN_IN: &str = "sign-in";

/// Routes that the page calls.
pub(super) const SESSION: &str = "session";

/// Routes to LinkedIn's API.
pub(super) const LINKEDIN: &str = "linkedin";

/// Name of the security scheme that a route names which reads the session.
const SESSION_COOKIE: &str = "session";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Lapel's backend-for-frontend",
        description = "Signs members in with LinkedIn and keeps their tokens out of the browser's reach.\n\n\
            Any other address under `/bff` is answered with 404, any other method with 405, both as a `Problem`. Every \
            answer carries `Cache-Control: no-store`, `X-Content-Type-Options: nosniff`, a content security policy that \
            allows nothing, `Referrer-Policy`, `Permissions-Policy`, `Cross-Origin-Resource-Policy` and \
            `Cross-Origin-Opener-Policy`. No answer carries CORS headers: only pages of the same origin read them.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "The application's own origin")),
    tags(
        (name = SIGN_IN, description = "Addresses that a person goes to. They answer redirects and pages, never data"),
        (name = SESSION, description = "Calls of the application's own page"),
        (name = LINKEDIN, description = "Calls of the application's own page to LinkedIn's API"),
    ),
    components(schemas(Problem, LinkedInsJson)),
    modifiers(&SessionCookie, &CallFailed),
)]
struct Shared;

/// A router whose routes come with their descriptions.
pub(super) fn router() -> OpenApiRouter<Bff> {
    OpenApiRouter::with_openapi(<Shared as utoipa::OpenApi>::openapi())
}

/// The document, as it is written down.
pub(super) fn document(mut api: openapi::OpenApi) -> String {
    for (address, mut item) in std::mem::take(&mut api.paths.paths) {
        let handles_one = operations(&mut item).count() == 1;
        for (method, operation) in operations(&mut item) {
            // One handler of several methods has one name, and a document wants one for each.
            if !handles_one && let Some(name) = &mut operation.operation_id {
                *name = format!("{method}_{name}");
            }
            // Whatever runs in a handler is caught (`super::panicked`).
            let defect = problem("A defect of the BFF. The session stands");
            let responses = &mut operation.responses.responses;
            responses.entry("500".to_owned()).or_insert(defect);
        }
        // The router's `{*rest}` takes slashes too; a document has no way to say so.
        api.paths.paths.insert(address.replace("{*", "{"), item);
    }
    #[expect(clippy::expect_used, reason = "the document has text for its keys")]
    let text = serde_json::to_string_pretty(&api).expect("the document can be written");
    format!("{text}\n")
}

/// The operations of an address, with the names of their methods.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", &mut item.get),
        ("head", &mut item.head),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The one way in which a session travels.
struct SessionCookie;

impl Modify for SessionCookie {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description(
            &*Cookies::new(true).session_name(0),
            "The sealed session: `HttpOnly`, `Secure`, `SameSite=Strict`. A long one continues in a second cookie, whose \
             name ends in `-1`. Without https, in development, the name is `lapel`.",
        );
        let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
        api.components
            .get_or_insert_with(Components::new)
            .add_security_scheme(SESSION_COOKIE, scheme);
    }
}

impl IntoParams for OwnPage {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let one = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some([paths::ANTI_FORGERY_VALUE]));
        let header = ParameterBuilder::new()
            .name("X-Lapel")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(
                "No form and no image of another site can set it. An `Origin` or `Sec-Fetch-Site` that the browser sends \
                 must be the application's own too.",
            ))
            .schema(Some(one));
        vec![header.build()]
    }
}

impl IntoResponses for OwnPage {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let refused = "The call does not come from the application's own page. Nothing happened";
        [("403".to_owned(), problem(refused))].into()
    }
}

impl IntoResponses for StoreDown {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let unknown = "The shared store cannot be asked whether the session is alive. Nobody is signed out; `retry` says when \
            to ask again";
        [("503".to_owned(), problem(unknown))].into()
    }
}

impl IntoResponses for Navigation {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let fetched = "The address was fetched or embedded, not visited. Nothing happened";
        let prefetched = "The address was prefetched, not visited. Nothing happened";
        [
            ("403".to_owned(), problem(fetched)),
            ("503".to_owned(), problem(prefetched)),
        ]
        .into()
    }
}

/// What may come of a call to LinkedIn instead of LinkedIn's own answer.
pub(super) struct CallFailed;

impl CallFailed {
    /// Statuses of calls that LinkedIn is not asked for.
    const HERE: [(&'static str, &'static str); 4] = [
        (
            "401",
            "Nobody is signed in, or no longer. Kind `sign_in_needed`",
        ),
        ("405", "The method of this path is not open here"),
        ("408", "The request's body did not come in time"),
        ("415", "The request's body is not JSON, or is encoded"),
    ];

    /// Statuses of calls that LinkedIn may have been asked for.
    const THERE: [(&'static str, &'static str); 12] = [
        (
            "400",
            "The call is not one that may be made, or LinkedIn refused it",
        ),
        (
            "403",
            "A permission is missing (kind `scope_missing`, with `scopes`), LinkedIn refused the call, or it does not come \
             from the application's own page",
        ),
        (
            "404",
            "The path is not open here, or there is no such thing at LinkedIn",
        ),
        (
            "409",
            "LinkedIn refused the call: it contradicts what is there",
        ),
        (
            "412",
            "LinkedIn refused the call: its condition does not hold",
        ),
        (
            "413",
            "The request's body is larger than this call may have",
        ),
        ("414", "LinkedIn refused the call: its address is too long"),
        (
            "422",
            "LinkedIn refused the call: the content is not acceptable",
        ),
        (
            "429",
            "LinkedIn has been asked too often. Kind `rate_limited`",
        ),
        (
            "502",
            "LinkedIn fails (kind `linkedin_down`), nobody knows whether it happened (`outcome_unknown`), the operator has \
             something to set (`not_configured`), or nobody understands the answer (`contract`)",
        ),
        (
            "503",
            "LinkedIn has been failing and is not asked, gives no new token, or does not know it yet; or the shared store \
             cannot be asked whether the session is alive (`unreachable`)",
        ),
        ("504", "LinkedIn did not answer in time"),
    ];

    /// The name under which the document holds an answer that all methods share.
    fn name(status: &str) -> String {
        format!("CallFailed{status}")
    }
}

impl IntoResponses for CallFailed {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let all = Self::HERE.iter().chain(&Self::THERE);
        let shared = all.map(|(status, _)| {
            let shared = Ref::from_response_name(Self::name(status));
            ((*status).to_owned(), shared.into())
        });
        shared.collect()
    }
}

impl Modify for CallFailed {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let mut hold = |status: &str, answer: ResponseBuilder| {
            let components = api.components.get_or_insert_with(Components::new);
            let name = Self::name(status);
            components.responses.insert(name, answer.build().into());
        };
        for (status, description) in Self::HERE {
            hold(status, problem_response(description));
        }
        for (status, description) in Self::THERE {
            let session =
                "The session, where its tokens or its last use are newer than what the browser has";
            let mut answer = problem_response(description).header("Set-Cookie", header(session));
            if status == "429" {
                answer = answer.header("Retry-After", header("Seconds, RFC 9110 §10.2.3"));
            }
            hold(status, answer);
        }
    }
}

/// An answer that is a [`Problem`].
fn problem(description: &str) -> RefOr<Response> {
    problem_response(description).build().into()
}

fn problem_response(description: &str) -> ResponseBuilder {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new()
        .description(description)
        .content(Problem::MEDIA_TYPE, body.build())
}

fn header(description: &str) -> Header {
    HeaderBuilder::new().description(Some(description)).build()
}

#[cfg(test)]
mod tests {
    use utoipa_axum::routes;

    use super::*;

    #[utoipa::path(method(get, post), path = "/bff/files/{*rest}", responses((status = OK, description = "x")))]
    async fn files() {}

    #[test]
    fn a_handler_of_several_methods_below_an_address_is_described_as_documents_do() {
        let router = router().routes(routes!(files));
        let document: serde_json::Value =
            serde_json::from_str(&document(router.into_openapi())).expect("JSON");
        let item = &document["paths"]["/bff/files/{rest}"];
        assert_eq!(item["get"]["operationId"], "get_files");
        assert_eq!(item["post"]["operationId"], "post_files");
        assert!(item["post"]["responses"]["500"].is_object());
    }
}
