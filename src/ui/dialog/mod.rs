//! A question that comes before the page.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::element::{Element, ElementRef, Words, element};

/// Tells several dialogs on one page apart.
static DIALOGS: AtomicU32 = AtomicU32::new(0);

/// The browser's own modal dialog: what is beneath it stays as it is and cannot be reached meanwhile, Escape closes it, and
/// then the focus is where it was. It opens when it is shown; its title takes the focus, so that a key that somebody was
/// about to type does nothing.
///
/// ```
/// use lapel::{Button, Dialog};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Basket() -> impl IntoView {
///     let emptying = RwSignal::new(false);
///     view! {
///         <Button on_press=move |()| emptying.set(true)>"Empty the basket"</Button>
///         <Show when=move || emptying.get()>
///             <Dialog title="Empty the basket?" on_close=move |()| emptying.set(false)>
///                 <Button on_press=move |()| emptying.set(false)>"Keep it"</Button>
///             </Dialog>
///         </Show>
///     }
/// }
/// ```
#[component]
pub fn Dialog(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Called when it has been closed, by Escape too.
    #[prop(into)]
    on_close: Callback<()>,
    /// What there is to say and to do.
    children: Children,
) -> impl IntoView {
    let body = element("div").child(children());
    dialog(title, body, StoredValue::new_local(None), move || {
        on_close.run(());
    })
}

/// `this` is for whoever closes it: [`close`].
pub(crate) fn dialog(
    title: impl Into<Words>,
    body: Element,
    this: ElementRef,
    on_close: impl Fn() + Send + 'static,
) -> AnyView {
    let id = format!("lapel-dialog-{}", DIALOGS.fetch_add(1, Ordering::Relaxed));
    let title = element("h2")
        .attr("id", id.clone())
        .attr("tabindex", "-1")
        .attr("autofocus", "")
        .child(title.into());
    // Only what is part of the page can be opened.
    request_animation_frame(move || {
        if let Some(dialog) = there(this).filter(|it| it.is_connected() && !it.open()) {
            // Refused only for one that is open or not part of the page.
            drop(dialog.show_modal());
        }
    });
    // Taken away without being closed, it would leave the focus nowhere.
    on_cleanup(move || close(this));
    element("dialog")
        .class("ui-dialog")
        .attr("aria-labelledby", id)
        .node_ref(this)
        .on(ev::close, move |_| on_close())
        .child(title)
        .child(body.class("ui-dialog__body"))
        .view()
}

/// Closes a dialog; the focus goes back to where it was.
pub(crate) fn close(dialog: ElementRef) {
    if let Some(dialog) = there(dialog) {
        dialog.close();
    }
}

fn there(dialog: ElementRef) -> Option<HtmlDialogElement> {
    dialog.try_get_value().flatten().map(JsCast::unchecked_into)
}
