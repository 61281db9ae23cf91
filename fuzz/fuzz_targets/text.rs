//! Text of any encoding, and whatever else is no zip.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    staffetta_fuzz::read(bytes);
});
