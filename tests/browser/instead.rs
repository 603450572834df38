//! The browser's own facts, in a test's hands.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Another value in the place of a property, until this is dropped.
pub(crate) struct Instead {
    object: Object,
    name: &'static str,
    before: JsValue,
}

impl Instead {
    pub(crate) fn of(object: &JsValue, name: &'static str, value: &JsValue) -> Self {
        let object: Object = object.clone().unchecked_into();
        let before = Object::get_own_property_descriptor(&object, &name.into());
        let property = Object::new();
        for (key, it) in [("value", value), ("configurable", &JsValue::TRUE)] {
            Reflect::set(&property, &key.into(), it).unwrap();
        }
        Object::define_property(&object, &name.into(), &property);
        Self {
            object,
            name,
            before,
        }
    }
}

impl Drop for Instead {
    fn drop(&mut self) {
        if self.before.is_undefined() {
            Reflect::delete_property(&self.object, &self.name.into()).unwrap();
        } else {
            Object::define_property(&self.object, &self.name.into(), self.before.unchecked_ref());
        }
    }
}
