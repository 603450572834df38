//! Handing a text to the member: for the clipboard, or as a file.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// Puts a text on the clipboard. `done` is told whether it is there: browsers have no clipboard outside secure contexts,
/// and members may forbid it.
pub(crate) fn copy(text: &str, done: impl Fn(bool) + Clone + 'static) {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    let Some(clipboard) = clipboard.filter(|it| !it.is_undefined()) else {
        done(false);
        return;
    };
    let refused = done.clone();
    let accepted = Closure::once(move |_: JsValue| done(true));
    let refused = Closure::once(move |_: JsValue| refused(false));
    // What comes of it is told to the two closures, of which the browser keeps hold.
    drop(clipboard.write_text(text).then2(&accepted, &refused));
    accepted.forget();
    refused.forget();
}

/// The address of a file of JSON that is all in its address: a plain link that the browser saves.
pub(crate) fn json_file(text: &str) -> String {
    let text: String = js_sys::encode_uri_component(text).into();
    ["data:application/json;charset=utf-8,", &text].concat()
}
