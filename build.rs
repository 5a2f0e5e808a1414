//! Rebuilds the program when a file of the built-in course changes, since it is embedded.

fn main() {
    for part in ["course.toml", "lessons", "exercises", "solutions"] {
        println!("cargo:rerun-if-changed={part}");
    }
}
