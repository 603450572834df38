//! Fuzzes the cookies, with envelopes that are genuine, and that nearly are.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../judges/envelope.rs"]
mod envelope;

fuzz_target!(|data: &[u8]| envelope::judge(data));
