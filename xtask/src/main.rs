//! Lapel tasks.
fn main() {}
