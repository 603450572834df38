//! Addresses as members type them.

use web_sys::Url;

/// The address as browsers write it; none for what is no address of the web. `example.org/a` is taken for what its writer
/// means.
pub(super) fn address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    // The browser reads a name without a scheme as no address.
    let url = Url::new(typed).or_else(|_| Url::new(&["https://", typed].concat()));
    let url = url.ok()?;
    let is_web = matches!(&*url.protocol(), "https:" | "http:");
    // A name without a dot is of one network only; a user's name in front is a disguise (threats, 45).
    let is_public =
        url.hostname().contains('.') && url.username().is_empty() && url.password().is_empty();
    (is_web && is_public).then(|| url.href())
}
