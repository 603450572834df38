//! Whose turn it is to send, among the tabs of one browser: the Web Locks API. The browser gives a turn back when its tab
//! is closed or crashes.

use js_sys::futures::JsFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

const NAME: &str = "lapel.share";

/// A turn. Dropping it lets the next tab have one.
pub(super) struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            // Resolving a promise does not fail.
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }
}

/// Takes a turn. None where another tab has it, unless it is waited for. A browser without such locks gives one at once:
/// what it keeps of the draft, and LinkedIn, are left to tell tabs apart.
pub(super) async fn take(wait: bool) -> Option<Held> {
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let mut tell = None;
    let told = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let tell = tell?;
    let got = Closure::once_into_js(move |lock: JsValue| {
        // As above.
        drop(tell.call1(&JsValue::UNDEFINED, &lock));
        held
    });
    let Ok(asked) = request(wait, &got) else {
        return Some(Held(None));
    };
    // The lock's own promise is over when the lock is given back; before that only where there is none to be had.
    let first = Promise::race(&js_sys::Array::of2(&told, &asked));
    match JsFuture::from(first).await {
        Ok(lock) if lock.is_null() => None,
        Ok(_) => Some(Held(release)),
        Err(_) => Some(Held(None)),
    }
}

fn request(wait: bool, got: &JsValue) -> Result<Promise, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &(!wait).into())?;
    request
        .call3(&locks, &NAME.into(), &options, got)?
        .dyn_into()
}
