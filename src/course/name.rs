//! Numbered names: `03-fan-out` is the id `fan-out` in third place.

/// Splits a folder's or file's name into its number and its id.
///
/// # Errors
/// What is wrong with the name, as a sentence.
pub fn split(name: &str) -> Result<(u32, &str), String> {
    let shape = || format!("`{name}` is not a numbered name; call it something like `03-fan-out`");
    let (number, id) = name.split_once('-').ok_or_else(shape)?;
    let number = number.parse().map_err(|_| shape())?;
    if !is_id(id) {
        return Err(format!("`{id}` is not an id; use lower-case letters, digits and single hyphens"));
    }
    Ok((number, id))
}

/// Whether `id` consists of lower-case words, digits and single hyphens.
pub fn is_id(id: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.split('-').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_name_has_an_order_and_an_id() {
        assert_eq!(split("03-fan-out"), Ok((3, "fan-out")));
        assert_eq!(split("12-a1"), Ok((12, "a1")));
    }

    #[test]
    fn other_names_are_refused_with_a_reason() {
        for name in ["fan-out", "3", "03-Fan", "03--x", "03-", "03-..", "03-a/b"] {
            assert!(split(name).is_err(), "{name}");
        }
    }
}
