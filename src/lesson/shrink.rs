//! How wide a table's columns are.

/// The columns that a column needs at least where its text has more.
const MIN_COLUMN: usize = 8;

/// What a column needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    /// Its widest unbreakable part.
    pub word: usize,
    /// Its widest cell on one line.
    pub line: usize,
}

impl Need {
    fn least(self) -> usize {
        self.line.min(self.word.max(MIN_COLUMN)).max(1)
    }
}

/// The widths of columns that share `room`: what they need, if there is room, else the widest are
/// cut first, but none below its widest word. `None` if that is not enough.
pub(super) fn share(needs: &[Need], room: usize) -> Option<Vec<usize>> {
    let least: usize = needs.iter().map(|need| need.least()).sum();
    if least > room {
        return None;
    }
    let at_cap = |cap: usize| needs.iter().map(move |need| need.line.min(cap).max(need.least()));
    let widest = needs.iter().map(|need| need.line).max().unwrap_or(0);
    // The highest cap whose columns fit; a cap of 0 does, as `least` does.
    let cap = (0..=widest.min(room)).rev().find(|&cap| at_cap(cap).sum::<usize>() <= room)?;
    let mut widths: Vec<usize> = at_cap(cap).collect();
    let mut left = room - widths.iter().sum::<usize>();
    for (width, need) in widths.iter_mut().zip(needs) {
        if left > 0 && *width < need.line {
            *width += 1;
            left -= 1;
        }
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::{Need, share};

    fn needs(columns: &[(usize, usize)]) -> Vec<Need> {
        columns.iter().map(|&(word, line)| Need { word, line }).collect()
    }

    #[test]
    fn columns_take_what_they_need_when_there_is_room() {
        assert_eq!(share(&needs(&[(3, 5), (4, 20)]), 40), Some(vec![5, 20]));
    }

    #[test]
    fn the_widest_columns_are_cut_first_and_the_whole_room_is_used() {
        assert_eq!(share(&needs(&[(3, 5), (4, 50), (4, 40)]), 40), Some(vec![5, 18, 17]));
    }

    #[test]
    fn no_column_is_cut_below_its_widest_word() {
        assert_eq!(share(&needs(&[(21, 30), (4, 90)]), 40), Some(vec![21, 19]));
        assert_eq!(share(&needs(&[(21, 30), (24, 90)]), 40), None);
    }
}
