//! Fuzzes the query of the callback.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../judges/reply.rs"]
mod reply;

fuzz_target!(|data: &[u8]| reply::judge(data));
