//! Projections: which fields an answer has, and which references in it are resolved (LinkedIn reference §10).

use serde_json::{Map, Value};

/// Deepest nesting that is read. LinkedIn's own examples have three levels; reading is recursive, so that there must be
/// an end to it.
const DEEPEST: usize = 16;

/// A projection such as `(id,profilePicture(displayImage~:playableStreams))`. A field with `~` comes along under its name
/// with `~`, resolved; what stands after a colon says into what, and there is one thing each reference resolves into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Projection(Vec<Field>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: String,
    resolved: bool,
    below: Option<Projection>,
}

impl Projection {
    /// Reads a projection; nothing where it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (projection, rest) = Self::read(text, DEEPEST)?;
        rest.is_empty().then_some(projection)
    }

    fn read(text: &str, levels: usize) -> Option<(Self, &str)> {
        let below = levels.checked_sub(1)?;
        let mut rest = text.strip_prefix('(')?;
        let mut fields = Vec::new();
        loop {
            let (field, after) = Field::read(rest, below)?;
            fields.push(field);
            rest = match after.strip_prefix(',') {
                Some(more) => more,
                None => return Some((Self(fields), after.strip_prefix(')')?)),
            };
        }
    }

    /// What is left of `whole`, in which a field that can be resolved has its resolution beside it under a name with `~`
    /// (or with `!`, where resolving failed).
    pub(super) fn of(&self, whole: &Map<String, Value>) -> Map<String, Value> {
        let mut left = Map::new();
        for field in &self.0 {
            let mut take = |name: &str| {
                if let Some(value) = whole.get(name) {
                    left.insert(name.to_owned(), field.narrowed(value));
                }
            };
            take(field.name.trim_end_matches('*'));
            if field.resolved {
                take(&format!("{}~", field.name));
                take(&format!("{}!", field.name));
            }
        }
        left
    }
}

impl Field {
    fn read(text: &str, levels: usize) -> Option<(Self, &str)> {
        let end = text.find(['(', ')', ',']).unwrap_or(text.len());
        let (head, rest) = text.split_at(end);
        let (name, resolved) = match head.split_once('~') {
            Some((name, _)) => (name, true),
            None => (head, false),
        };
        if name.is_empty() {
            return None;
        }
        let (below, rest) = if rest.starts_with('(') {
            let (below, rest) = Projection::read(rest, levels)?;
            (Some(below), rest)
        } else {
            (None, rest)
        };
        let name = name.to_owned();
        Some((
            Self {
                name,
                resolved,
                below,
            },
            rest,
        ))
    }

    fn narrowed(&self, value: &Value) -> Value {
        let Some(below) = &self.below else {
            return value.clone();
        };
        match value {
            Value::Object(record) => Value::Object(below.of(record)),
            Value::Array(items) => items.iter().map(|item| self.narrowed(item)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }
}

/// `whole` as it is shown without a projection: with references, without what they resolve to.
pub(super) fn unresolved(whole: &Map<String, Value>) -> Map<String, Value> {
    let plain = |value: &Value| match value {
        Value::Object(record) => Value::Object(unresolved(record)),
        Value::Array(items) => items
            .iter()
            .map(|item| match item {
                Value::Object(record) => Value::Object(unresolved(record)),
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Array(_)) => other.clone(),
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    };
    whole
        .iter()
        .filter(|(name, _)| !name.ends_with(['~', '!']))
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_projection_keeps_what_it_names_and_resolves_what_it_marks() {
        let whole = json!({
            "id": "x",
            "picture": { "image": "urn", "image~": { "elements": [1], "paging": 2 }, "size": 3 },
        });
        let whole = whole.as_object().unwrap();
        let of = |text| Value::Object(Projection::parse(text).unwrap().of(whole));
        assert_eq!(of("(id)"), json!({ "id": "x" }));
        assert_eq!(
            of("(picture(image~:streams))"),
            json!({ "picture": { "image": "urn", "image~": { "elements": [1], "paging": 2 } } })
        );
        assert_eq!(
            of("(id,nothing,picture(size))"),
            json!({ "id": "x", "picture": { "size": 3 } })
        );
        assert_eq!(
            unresolved(whole)["picture"],
            json!({ "image": "urn", "size": 3 })
        );
    }

    #[test]
    fn what_is_no_projection_is_none() {
        for text in [
            "", "id", "(", "()", "(id", "(id,)", "(id))", "(a(b)", "(~x)",
        ] {
            assert_eq!(Projection::parse(text), None, "{text}");
        }
    }
}
