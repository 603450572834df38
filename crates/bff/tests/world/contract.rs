//! The OpenAPI document as the judge of real answers: every answer that a test sees under `/bff` is held to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use jsonschema::Validator;
use lapel_wire::{Problem, paths};
use serde_json::{Value, json};

use super::Answer;

/// Headers that any answer may have; the document says them once for all. The others stand at their answers.
const EVERYWHERE: [&str; 11] = [
    "allow",
    "cache-control",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "vary",
    "x-content-type-options",
];

/// How the document names an answer without a body.
const NO_BODY: &str = "no body";

/// What the document says.
pub(crate) struct Contract {
    routes: Vec<Route>,
    problem: Validator,
}

struct Route {
    address: String,
    /// By the method's name in lower case.
    operations: BTreeMap<String, BTreeMap<String, Described>>,
}

/// An answer as the document describes it.
struct Described {
    /// The name under which operations share it.
    shared: Option<String>,
    /// Names in lower case.
    headers: BTreeSet<String>,
    /// By media type. Empty where the answer has no body.
    bodies: BTreeMap<String, Validator>,
}

/// The document that the code under test makes.
pub(crate) fn contract() -> &'static Contract {
    static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
        let document = serde_json::from_str(&lapel_bff::openapi()).expect("the document is JSON");
        Contract::of(&document)
    });
    &CONTRACT
}

impl Contract {
    fn of(document: &Value) -> Self {
        let problem = json!({ "$ref": "#/components/schemas/Problem" });
        let routes = members(&document["paths"]).map(|(address, item)| Route {
            address: address.clone(),
            operations: members(item)
                .map(|(method, operation)| {
                    let answers = members(&operation["responses"]);
                    let described = answers
                        .map(|(status, answer)| (status.clone(), Described::of(document, answer)));
                    (method.clone(), described.collect())
                })
                .collect(),
        });
        Self {
            routes: routes.collect(),
            problem: validator(document, &problem),
        }
    }

    /// Holds an answer to the document: which of the described things were seen in it, or what the document lacks.
    /// Nothing is described beside `/bff`, and an answer to `HEAD` is half of another one.
    pub(crate) fn judge(
        &self,
        method: &Method,
        address: &str,
        answer: &Answer,
    ) -> Result<Vec<String>, String> {
        let path = address.split('?').next().unwrap_or_default();
        let is_ours = path == paths::PREFIX || path.starts_with(&format!("{}/", paths::PREFIX));
        if !is_ours || method == Method::HEAD {
            return Ok(Vec::new());
        }
        let Some(route) = self.routes.iter().find(|route| route.takes(path)) else {
            return self.is_refusal(answer, StatusCode::NOT_FOUND);
        };
        let Some(answers) = route.operations.get(&method.as_str().to_lowercase()) else {
            return self.is_refusal(answer, StatusCode::METHOD_NOT_ALLOWED);
        };
        let status = answer.status.as_str();
        let range = format!("{}XX", &status[..1]);
        // What is described for one status counts for it alone (OpenAPI 3.1 §4.8.16.2).
        let found = [status, &*range]
            .into_iter()
            .find_map(|key| Some((key, answers.get(key)?)));
        let (key, described) =
            found.ok_or_else(|| format!("{method} {address} {status}: there is no such status"))?;
        let name = described.name(method.as_str(), &route.address, key);
        described
            .judge(answer)
            .map(|seen| seen.iter().map(|what| format!("{name}: {what}")).collect())
            .map_err(|what| format!("{name}: {what}"))
    }

    /// Everything that [`Self::judge`] can see.
    pub(crate) fn everything(&self) -> BTreeSet<String> {
        let mut everything = BTreeSet::new();
        for route in &self.routes {
            for (method, answers) in &route.operations {
                for (status, described) in answers {
                    let name = described.name(&method.to_uppercase(), &route.address, status);
                    let parts = described.parts();
                    everything.extend(parts.map(|what| format!("{name}: {what}")));
                }
            }
        }
        everything
    }

    /// What the document says once for all addresses and methods that it does not describe.
    fn is_refusal(&self, answer: &Answer, status: StatusCode) -> Result<Vec<String>, String> {
        if answer.status != status {
            return Err(format!("{}: the document has no such route", answer.status));
        }
        let only = Described {
            shared: None,
            headers: BTreeSet::new(),
            bodies: [(Problem::MEDIA_TYPE.to_owned(), self.problem.clone())].into(),
        };
        only.judge(answer).map(|_| Vec::new())
    }
}

impl Route {
    /// Whether the path is one of the route's. Its last parameter takes slashes too, as the document says in words only.
    fn takes(&self, path: &str) -> bool {
        let mut given = path.split('/');
        let mut wanted = self.address.split('/').peekable();
        while let Some(wants) = wanted.next() {
            let Some(has) = given.next() else {
                return false;
            };
            if !wants.starts_with('{') {
                if wants != has {
                    return false;
                }
            } else if wanted.peek().is_none() {
                return true;
            }
        }
        given.next().is_none()
    }
}

impl Described {
    fn of(document: &Value, answer: &Value) -> Self {
        let shared = answer["$ref"]
            .as_str()
            .and_then(|to| to.strip_prefix("#/components/responses/"));
        let answer = match shared {
            Some(name) => &document["components"]["responses"][name],
            None => answer,
        };
        Self {
            shared: shared.map(str::to_owned),
            headers: members(&answer["headers"])
                .map(|(name, _)| name.to_lowercase())
                .collect(),
            bodies: members(&answer["content"])
                .map(|(media_type, body)| {
                    (media_type.clone(), validator(document, &body["schema"]))
                })
                .collect(),
        }
    }

    /// How it is called. One that is described once has to be seen once, whichever operation gives it.
    fn name(&self, method: &str, address: &str, status: &str) -> String {
        self.shared
            .clone()
            .unwrap_or_else(|| format!("{method} {address} {status}"))
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        let bodies = self.bodies.keys().map(String::as_str);
        let none = self.bodies.is_empty().then_some(NO_BODY);
        bodies
            .chain(none)
            .chain(self.headers.iter().map(String::as_str))
    }

    fn judge(&self, answer: &Answer) -> Result<Vec<String>, String> {
        let mut seen = vec![self.judge_body(answer.status, &answer.headers, &answer.body)?];
        for name in answer.headers.keys().map(|name| name.as_str().to_owned()) {
            if self.headers.contains(&name) {
                seen.push(name);
            } else if !EVERYWHERE.contains(&&*name) {
                return Err(format!("the document has no header {name}"));
            }
        }
        Ok(seen)
    }

    /// An answer that says all by its status may do without the body that others of its range have.
    fn judge_body(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &str,
    ) -> Result<String, String> {
        let Some(media_type) = headers.get(CONTENT_TYPE) else {
            let is_success = [StatusCode::CREATED, StatusCode::NO_CONTENT].contains(&status);
            return if (self.bodies.is_empty() || is_success) && body.is_empty() {
                Ok(NO_BODY.to_owned())
            } else {
                Err("there is no media type".to_owned())
            };
        };
        let media_type = media_type.to_str().expect("ASCII");
        let schema = self
            .bodies
            .get(media_type)
            .ok_or_else(|| format!("the document has no body of {media_type}"))?;
        let value = if media_type.ends_with("json") {
            serde_json::from_str(body).map_err(|error| format!("{body}: {error}"))?
        } else {
            Value::String(body.to_owned())
        };
        schema
            .validate(&value)
            .map(|()| media_type.to_owned())
            .map_err(|error| format!("{body}: {error}"))
    }
}

/// A schema of the document, with all that it refers to, closed: a member that the document lacks is found. Readers of
/// the document leave room for such members, since a newer BFF may add some.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document["components"],
        "allOf": [schema],
        "unevaluatedProperties": false,
    });
    close(&mut whole);
    jsonschema::validator_for(&whole).expect("the document holds JSON Schemas")
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match (name.as_str(), &mut *value) {
                    ("properties", Value::Object(inner)) => inner.values_mut().for_each(forbid),
                    ("items", inner) => forbid(inner),
                    _ => {}
                }
                close(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// No members but those that the schema names.
fn forbid(schema: &mut Value) {
    schema["unevaluatedProperties"] = json!(false);
}

/// The members of an object; none where there is no object.
fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
