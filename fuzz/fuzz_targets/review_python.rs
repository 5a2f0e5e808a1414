//! Any bytes as a Python file: reading it must neither panic nor overflow the stack.
//!
//! `cargo +nightly fuzz run review_python -- -max_total_time=300`; seeds: `tests/review/**/*.py`.

#![no_main]

use awaitlings::course::Track;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (_, problems) = awaitlings::review::read_text("fuzz.py", Track::Python, &text);
    // A panic inside is caught and told of as a problem of the whole; here it must end the run.
    assert!(problems.iter().all(|problem| problem.file != "."));
});
