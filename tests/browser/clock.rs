//! The page's clock in the tests' hands: nothing that is counted in seconds takes any.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::world::settle;

/// Stands in for the browser's intervals and for `performance.now()` until it is dropped.
pub(crate) struct Clock(JsValue);

/// Answers an object with the intervals that are running and the time, and puts its own in the browser's place.
const TAKE: &str = "
    const own = { setInterval, clearInterval, running: new Map(), last: 0, time: 5000 };
    window.setInterval = (call, every) => {
        own.running.set(own.last += 1, { call, every, due: own.time + every });
        return own.last;
    };
    window.clearInterval = id => own.running.delete(id);
    performance.now = () => own.time;
    return own;";

/// Moves the time on, and calls what has become due, second by second as browsers do.
const PASS: &str = "
    const end = own.time + milliseconds;
    while (own.time < end) {
        own.time += Math.min(1000, end - own.time);
        for (const it of [...own.running.values()]) {
            if (it.due <= own.time) { it.due += it.every; it.call(); }
        }
    }";

const GIVE_BACK: &str = "
    window.setInterval = own.setInterval;
    window.clearInterval = own.clearInterval;
    delete performance.now;";

impl Clock {
    pub(crate) fn take() -> Self {
        let take = Function::new_no_args(TAKE);
        Self(take.call0(&JsValue::NULL).unwrap())
    }

    /// So many seconds go by.
    pub(crate) async fn passes(&self, seconds: u32) {
        let pass = Function::new_with_args("own, milliseconds", PASS);
        let milliseconds = JsValue::from_f64(f64::from(seconds) * 1000.0);
        pass.call2(&JsValue::NULL, &self.0, &milliseconds).unwrap();
        settle().await;
    }

    /// How many intervals of that length are running.
    pub(crate) fn counts(&self, every: f64) -> usize {
        let running = Reflect::get(&self.0, &JsValue::from_str("running")).unwrap();
        let values = Function::new_with_args("it", "return [...it.values()].map(it => it.every)");
        let values: Array = values
            .call1(&JsValue::NULL, &running)
            .unwrap()
            .unchecked_into();
        values
            .iter()
            .filter(|it| it.as_f64() == Some(every))
            .count()
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        let give_back = Function::new_with_args("own", GIVE_BACK);
        drop(give_back.call1(&JsValue::NULL, &self.0));
    }
}
