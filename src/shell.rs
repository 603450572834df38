//! Taking the place of the static shell: what the document shows before, without and in spite of WebAssembly.

use leptos::prelude::*;

/// The shell's `id` in the document.
const SHELL: &str = "shell";

/// Mounts a view at the end of the body, then removes the element with the id `shell`, if there is one.
///
/// In this order: should the view fail to mount, the shell is still there, and with it the plain link to sign in.
pub fn take_over<F, N>(view: F)
where
    F: FnOnce() -> N + 'static,
    N: IntoView + 'static,
{
    mount_to_body(view);
    if let Some(shell) = document().get_element_by_id(SHELL) {
        shell.remove();
    }
}
