//! Names in the learner's folder: a number for the order, then the id, which never changes.

use crate::course::Track;
use sha2::{Digest, Sha256};

/// The id in a file or folder name: the name without its leading number. `03-fan-out` is `fan-out`.
pub fn without_number(name: &str) -> &str {
    match name.split_once('-') {
        Some((number, id)) if !number.is_empty() && !id.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => id,
        _ => name,
    }
}

/// The id and track of an exercise's file name: `03-fan-out.rs` is `fan-out` in Rust. Names that start with a dot
/// (an editor's or our own temporary files) and other endings are no exercises.
pub fn exercise_of_file_name(name: &str) -> Option<(&str, Track)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let track = Track::ALL.into_iter().find(|track| track.extension() == extension)?;
    (!stem.is_empty() && !stem.starts_with('.')).then(|| (without_number(stem), track))
}

/// The Rust module name of an exercise's id: `fan-out` is `fan_out`. Ids that are no module name, such as `async` or
/// `2-tasks`, get a prefix.
pub fn module_name(id: &str) -> String {
    let name = id.replace('-', "_");
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { format!("exercise_{name}") }
}

/// The hash by which content is recognised: SHA-256 in hexadecimal, 64 characters.
pub fn content_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_in_front_is_only_order() {
        assert_eq!(without_number("03-fan-out"), "fan-out");
        assert_eq!(without_number("fan-out"), "fan-out");
        assert_eq!(without_number("1003-x"), "x");
        assert_eq!(without_number("03-"), "03-");
        assert_eq!(without_number("-x"), "-x");
        assert_eq!(without_number("3a-x"), "3a-x");
    }

    #[test]
    fn only_source_files_are_exercises() {
        assert_eq!(exercise_of_file_name("03-fan-out.rs"), Some(("fan-out", Track::Rust)));
        assert_eq!(exercise_of_file_name("fan-out.py"), Some(("fan-out", Track::Python)));
        assert_eq!(exercise_of_file_name("notes.md"), None);
        assert_eq!(exercise_of_file_name(".03-fan-out.rs.tmp"), None);
        assert_eq!(exercise_of_file_name(".#03-fan-out.rs"), None);
        assert_eq!(exercise_of_file_name(".rs"), None);
        assert_eq!(exercise_of_file_name("rs"), None);
    }

    #[test]
    fn every_id_becomes_a_module_name() {
        assert_eq!(module_name("fan-out"), "fan_out");
        assert_eq!(module_name("async"), "exercise_async");
        assert_eq!(module_name("crate"), "exercise_crate");
        assert_eq!(module_name("2-tasks"), "exercise_2_tasks");
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(content_hash(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
