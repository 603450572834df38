//! What tabs of this application tell each other, over a `BroadcastChannel`.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::session::News;

const CHANNEL: &str = "lapel";

/// This tab's seat at the table; dropping it leaves.
pub(super) struct Tabs {
    channel: BroadcastChannel,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Joins the other tabs. None where the browser does not let tabs talk; each then notices when it comes to the front.
    pub(super) fn join(hear: impl Fn(News) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = event.data().as_string().as_deref().and_then(News::read) {
                hear(news);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _hear: hear,
        })
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self, news: &News) {
        // Fails on a closed channel only, and this one is open until it is dropped.
        drop(
            self.channel
                .post_message(&JsValue::from_str(&news.message())),
        );
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
