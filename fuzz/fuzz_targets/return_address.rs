//! Fuzzes the return address.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../judges/return_address.rs"]
mod return_address;

fuzz_target!(|data: &[u8]| return_address::judge(data));
