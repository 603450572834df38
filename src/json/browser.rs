//! The browser's JSON.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Misread;

/// A value of any shape.
pub(crate) struct Json(JsValue);

impl Json {
    pub(crate) fn parse(text: &str) -> Result<Self, Misread> {
        JSON::parse(text).map(Self).map_err(|_| Misread)
    }

    /// What an object has under that name; nothing where it has none, or where this is no object.
    pub(crate) fn field(&self, name: &str) -> Self {
        // Fails on what is no object.
        Self(Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or_default())
    }

    pub(crate) fn text(&self) -> Result<String, Misread> {
        self.0.as_string().ok_or(Misread)
    }

    pub(super) fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    pub(crate) fn list(&self) -> Result<Vec<Self>, Misread> {
        let list = self.0.dyn_ref::<Array>().ok_or(Misread)?;
        Ok(list.iter().map(Self).collect())
    }

    /// What an object has, in its order.
    pub(crate) fn entries(&self) -> Result<Vec<(String, Self)>, Misread> {
        if self.0.is_instance_of::<Array>() {
            return Err(Misread);
        }
        let object: &Object = self.0.dyn_ref().ok_or(Misread)?;
        Object::entries(object)
            .iter()
            .map(|entry| {
                let entry: Array = entry.unchecked_into();
                let name = entry.get(0).as_string().ok_or(Misread)?;
                Ok((name, Self(entry.get(1))))
            })
            .collect()
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }
}

/// A text as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    // Fails on what has no JSON; a text has.
    JSON::stringify(&JsValue::from_str(text)).map_or_else(|_| String::new(), String::from)
}
