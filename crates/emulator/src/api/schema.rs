//! What a body may consist of, and every way in which one does not (LinkedIn reference §8.2, 422).

use axum::body::Bytes;
use serde_json::{Map, Value};

use super::error::ApiError;

/// What a value must be. Texts that LinkedIn was not seen to answer with are assumptions.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Text,
    Truth,
    OneOf(&'static [&'static str]),
    Record(&'static [Field]),
    ListOf(&'static Shape),
    /// Not looked into.
    Anything,
}

/// A member of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) needed: bool,
    pub(super) shape: Shape,
}

pub(super) const fn needed(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        needed: true,
        shape,
    }
}

pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        needed: false,
        shape,
    }
}

/// The body, if it has the shape.
///
/// # Errors
/// 400 where it is no JSON object, 422 with every fault where it is another one.
pub(super) fn read(body: &Bytes, fields: &'static [Field]) -> Result<Map<String, Value>, ApiError> {
    let not_a_map =
        || ApiError::IllegalArgument("Request body could not be converted to data map".into());
    let body: Map<String, Value> = serde_json::from_slice(body).map_err(|_| not_a_map())?;
    let mut faults = String::new();
    check_record(&body, fields, "", &mut faults);
    if faults.is_empty() {
        Ok(body)
    } else {
        Err(ApiError::Schema(faults))
    }
}

fn check_record(
    record: &Map<String, Value>,
    fields: &'static [Field],
    at: &str,
    faults: &mut String,
) {
    for field in fields {
        let at = format!("{at}/{}", field.name);
        match record.get(field.name) {
            Some(value) => check(value, field.shape, &at, faults),
            None if field.needed => blame(
                faults,
                &at,
                "field is required but not found and has no default value",
            ),
            None => {}
        }
    }
    let known = |name: &str| fields.iter().any(|field| field.name == name);
    for name in record.keys().filter(|name| !known(name)) {
        let at = format!("{at}/{name}");
        blame(faults, &at, "unrecognized field found but not allowed");
    }
}

fn check(value: &Value, shape: Shape, at: &str, faults: &mut String) {
    match (shape, value) {
        (Shape::Anything, _) | (Shape::Text, Value::String(_)) | (Shape::Truth, Value::Bool(_)) => {
        }
        (Shape::OneOf(names), Value::String(name)) => {
            if !names.contains(&name.as_str()) {
                blame(faults, at, &format!(r#""{name}" is not an enum symbol"#));
            }
        }
        (Shape::Record(fields), Value::Object(record)) => check_record(record, fields, at, faults),
        (Shape::ListOf(shape), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                check(item, *shape, &format!("{at}/{index}"), faults);
            }
        }
        (Shape::Text, other) => blame(faults, at, &format!("{other} is not backed by a String")),
        (Shape::Truth, other) => blame(faults, at, &format!("{other} is not backed by a Boolean")),
        (Shape::OneOf(_), other) => blame(faults, at, &format!("{other} is not an enum symbol")),
        (Shape::Record(_), other) => {
            blame(faults, at, &format!("{other} is not backed by a DataMap"));
        }
        (Shape::ListOf(_), other) => {
            blame(faults, at, &format!("{other} is not backed by a DataList"));
        }
    }
}

fn blame(faults: &mut String, at: &str, what: &str) {
    faults.push_str("ERROR :: ");
    faults.push_str(at);
    faults.push_str(" :: ");
    faults.push_str(what);
    faults.push('\n');
}

/// The text at a path of member names, once the shape has been checked.
pub(super) fn text<'v>(record: &'v Map<String, Value>, path: &[&str]) -> Option<&'v str> {
    let (first, rest) = path.split_first()?;
    let start = record.get(*first)?;
    rest.iter()
        .try_fold(start, |value, name| value.get(name))?
        .as_str()
}
