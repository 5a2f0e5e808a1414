//! Which block of one language belongs to which of the other.

use super::block::Block;

/// Beyond this many combinations between two headings, blocks are paired by their order.
const MAX_COMBINATIONS: usize = 1_000_000;

/// A block and its counterpart; one of the two may be missing.
pub(super) type Pairing<'a> = (Option<(usize, &'a Block)>, Option<&'a Block>);

/// Pairs blocks: headings with the same id, and between them blocks of the same kind in their order.
pub(super) fn align<'a>(left: &'a [Block], right: &'a [Block]) -> Vec<Pairing<'a>> {
    let mut pairs = Vec::new();
    let (mut from_left, mut from_right) = (0, 0);
    for (at, block) in left.iter().enumerate() {
        let Some(id) = heading_id(block) else { continue };
        let Some(found) = right[from_right..].iter().position(|other| heading_id(other) == Some(id)) else { continue };
        section(left, from_left..at, &right[from_right..from_right + found], &mut pairs);
        from_left = at;
        from_right += found;
    }
    section(left, from_left..left.len(), &right[from_right..], &mut pairs);
    pairs
}

fn heading_id(block: &Block) -> Option<&str> {
    match block {
        Block::Heading(heading) => heading.id.as_deref(),
        _ => None,
    }
}

/// Pairs the blocks of a section by the longest common sequence of kinds.
fn section<'a>(all: &'a [Block], range: std::ops::Range<usize>, right: &'a [Block], pairs: &mut Vec<Pairing<'a>>) {
    let offset = range.start;
    let left = &all[range];
    let common = Common::of(left, right);
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        let both = i < left.len() && j < right.len();
        if both && common.pairs(left, right, i, j) {
            pairs.push((Some((offset + i, &left[i])), Some(&right[j])));
            i += 1;
            j += 1;
        } else if j >= right.len() || (i < left.len() && common.skips_left(i, j)) {
            pairs.push((Some((offset + i, &left[i])), None));
            i += 1;
        } else {
            pairs.push((None, Some(&right[j])));
            j += 1;
        }
    }
}

/// The length of the longest common sequence of kinds from each pair of places on.
struct Common {
    lengths: Vec<u32>,
    columns: usize,
}

impl Common {
    fn of(left: &[Block], right: &[Block]) -> Common {
        let columns = right.len() + 1;
        let is_same_shape =
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_alike(left, right));
        if is_same_shape || left.len() * right.len() > MAX_COMBINATIONS {
            return Common { lengths: Vec::new(), columns };
        }
        let mut lengths = vec![0; (left.len() + 1) * columns];
        for i in (0..left.len()).rev() {
            for j in (0..right.len()).rev() {
                lengths[i * columns + j] = if is_alike(&left[i], &right[j]) {
                    lengths[(i + 1) * columns + j + 1] + 1
                } else {
                    lengths[(i + 1) * columns + j].max(lengths[i * columns + j + 1])
                };
            }
        }
        Common { lengths, columns }
    }

    fn pairs(&self, left: &[Block], right: &[Block], i: usize, j: usize) -> bool {
        self.lengths.is_empty() || is_alike(&left[i], &right[j])
    }

    fn skips_left(&self, i: usize, j: usize) -> bool {
        let length = |i: usize, j: usize| self.lengths.get(i * self.columns + j).copied().unwrap_or(0);
        length(i + 1, j) >= length(i, j + 1)
    }
}

/// Whether two blocks are of one kind.
fn is_alike(left: &Block, right: &Block) -> bool {
    match (left, right) {
        (Block::Heading(left), Block::Heading(right)) => left.level == right.level,
        (Block::Code(left), Block::Code(right)) => left.language == right.language,
        _ => std::mem::discriminant(left) == std::mem::discriminant(right),
    }
}
