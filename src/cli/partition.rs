//! One of several parts of the work: `2/5`.

use std::str::FromStr;

/// The i-th of n parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    index: usize,
    parts: usize,
}

impl Partition {
    /// Whether the item at a place belongs to this part.
    pub fn has(self, place: usize) -> bool {
        place % self.parts == self.index - 1
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Partition, String> {
        let parsed = text.split_once('/').and_then(|(index, parts)| Some((index.parse().ok()?, parts.parse().ok()?)));
        match parsed {
            Some((index, parts)) if (1..=parts).contains(&index) => Ok(Partition { index, parts }),
            _ => Err("a part is written as `1/3`: which one, and of how many".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_together_have_every_item_once() {
        let parts: Vec<Partition> = ["1/3", "2/3", "3/3"].iter().map(|text| text.parse().unwrap()).collect();
        for place in 0..20 {
            assert_eq!(parts.iter().filter(|part| part.has(place)).count(), 1);
        }
    }

    #[test]
    fn what_is_not_a_part_is_refused() {
        for text in ["0/3", "4/3", "1", "a/b", "1/0", ""] {
            assert!(text.parse::<Partition>().is_err(), "{text}");
        }
    }
}
