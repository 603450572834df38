//! The same where there is no browser.

use serde_json::Value;

use super::Misread;

/// A value of any shape.
pub(crate) struct Json(Value);

impl Json {
    pub(crate) fn parse(text: &str) -> Result<Self, Misread> {
        serde_json::from_str(text).map(Self).map_err(|_| Misread)
    }

    /// What an object has under that name; nothing where it has none, or where this is no object.
    pub(crate) fn field(&self, name: &str) -> Self {
        Self(self.0.get(name).cloned().unwrap_or_default())
    }

    pub(crate) fn text(&self) -> Result<String, Misread> {
        self.0.as_str().map(str::to_owned).ok_or(Misread)
    }

    pub(super) fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    pub(crate) fn list(&self) -> Result<Vec<Self>, Misread> {
        let list = self.0.as_array().ok_or(Misread)?;
        Ok(list.iter().cloned().map(Self).collect())
    }

    /// What an object has, by the names' order.
    pub(crate) fn entries(&self) -> Result<Vec<(String, Self)>, Misread> {
        let fields = self.0.as_object().ok_or(Misread)?;
        let each = |(name, value): (&String, &Value)| (name.clone(), Self(value.clone()));
        Ok(fields.iter().map(each).collect())
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_null()
    }
}

/// A text as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
