//! The README's pictures are what the screen shows today.

#[path = "../examples/screens.rs"]
mod screens;

use std::path::Path;

#[test]
fn the_pictures_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens");
    for (name, svg) in screens::pictures() {
        let kept = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(kept == svg, "docs/screens/{name} is not what is drawn now; run `cargo run --example screens`");
    }
}
