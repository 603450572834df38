//! The gallery's entry.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(lapel_gallery::Gallery);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::io::Write;

    let hint = b"This is a page: it runs in a browser. `cargo xtask start --gallery` builds and serves it.\n";
    // Nothing is left to do if even that cannot be written.
    drop(std::io::stderr().write_all(hint));
    std::process::ExitCode::FAILURE
}
