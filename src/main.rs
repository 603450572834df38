//! The application's entry: take the place of the static shell.

#[cfg(target_arch = "wasm32")]
fn main() {
    use lapel::App;
    use leptos::prelude::*;

    console_error_panic_hook::set_once();
    lapel::take_over(|| view! { <App /> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::io::Write;

    let hint =
        b"This is the page: it runs in a browser. `cargo xtask start` builds and serves it.\n";
    // Nothing is left to do if even that cannot be written.
    drop(std::io::stderr().write_all(hint));
    std::process::ExitCode::FAILURE
}
