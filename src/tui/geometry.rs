//! Where things stand on the screen.

use super::model::{Model, Reading};
use super::screen::{ExerciseView, Pane};
use ratatui::layout::Rect;

/// Below this nothing is drawn but the wish for more: columns, rows.
pub const SMALLEST: (u16, u16) = (40, 12);

/// From this many columns on an exercise has two columns.
const TWO_COLUMNS: u16 = 100;

/// From this many rows on the verdict and the timeline are seen together.
const TALL: u16 = 30;

/// From this many columns on a lesson has its headings beside it.
const WITH_HEADINGS: u16 = 110;

/// The columns of the headings.
const HEADINGS: u16 = 30;

/// The widest prose in one language, in columns: longer lines are hard to read.
const WIDEST_PROSE: u16 = 96;

/// The parts of every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The line at the top.
    pub header: Rect,
    /// What the screen shows.
    pub body: Rect,
    /// A line for trouble that lasts.
    pub banner: Option<Rect>,
    /// The line at the bottom.
    pub footer: Rect,
}

/// The parts of the screen; none where it is too small.
pub fn areas(model: &Model) -> Option<Areas> {
    let (columns, rows) = model.size;
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let line = |y| Rect::new(0, y, columns, 1);
    let has_banner = model.trouble.is_some() || model.course_trouble.is_some();
    let banner = has_banner.then(|| line(rows - 2));
    let taken = if has_banner { 3 } else { 2 };
    let body = Rect::new(0, 1, columns, rows - taken);
    Some(Areas { header: line(0), body, banner, footer: line(rows - 1) })
}

/// A lesson's parts: the headings where there is room, and the text.
pub fn lesson(model: &Model, body: Rect) -> (Option<Rect>, Rect) {
    let both = model.choices.reading == Reading::Both || model.choices.both_tracks;
    let needed = if both { WITH_HEADINGS + HEADINGS } else { WITH_HEADINGS };
    if body.width < needed {
        return (None, within(body, 1, if both { u16::MAX } else { WIDEST_PROSE }));
    }
    let headings = Rect { width: HEADINGS, ..body };
    let rest = Rect { x: body.x + HEADINGS + 1, width: body.width - HEADINGS - 1, ..body };
    (Some(headings), within(rest, 1, if both { u16::MAX } else { WIDEST_PROSE }))
}

/// A page's text.
pub fn page(body: Rect) -> Rect {
    within(body, 1, WIDEST_PROSE)
}

/// The part of an area with a margin at both sides, at most so wide. One column at the right is for the mark of the
/// place.
fn within(area: Rect, margin: u16, widest: u16) -> Rect {
    let width = area.width.saturating_sub(2 * margin).min(widest);
    Rect { x: area.x + margin, width, ..area }
}

/// The parts of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panes {
    /// The line with what the exercise is and how it stands.
    pub title: Rect,
    /// The lines with the names of the parts, and which parts each names.
    pub tabs: [Option<Rect>; 3],
    /// Where each part is, if it is seen.
    pub parts: [Option<Rect>; 4],
    /// The line between the columns.
    pub between: Option<Rect>,
}

/// Where the parts of an exercise are.
pub fn panes(view: &ExerciseView, body: Rect) -> Panes {
    let title = Rect { height: 1, ..body };
    let rest = Rect { y: body.y + 1, height: body.height - 1, ..body };
    let mut parts = [None; 4];
    let under = |area: Rect| within(Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, 1, u16::MAX);
    let top = |area: Rect| Rect { height: 1, ..area };
    if body.width < TWO_COLUMNS {
        parts[view.pane.number()] = Some(under(rest));
        return Panes { title, tabs: [Some(top(rest)), None, None], parts, between: None };
    }
    let half = rest.width / 2;
    let left = Rect { width: half, ..rest };
    let between = Rect { x: rest.x + half, width: 1, ..rest };
    let right = Rect { x: rest.x + half + 1, width: rest.width - half - 1, ..rest };
    parts[view.left.number()] = Some(under(left));
    let mut tabs = [Some(top(left)), Some(top(right)), None];
    if rest.height >= TALL {
        let upper = rest.height * 3 / 5;
        let verdict = Rect { height: upper, ..right };
        let timeline = Rect { y: right.y + upper, height: right.height - upper, ..right };
        parts[Pane::Verdict.number()] = Some(under(verdict));
        parts[Pane::Timeline.number()] = Some(under(timeline));
        tabs[2] = Some(top(timeline));
    } else {
        parts[view.right.number()] = Some(under(right));
    }
    Panes { title, tabs, parts, between: Some(between) }
}

/// The list of a report, the line between, and what is told about the chosen line.
pub fn review(body: Rect) -> (Rect, Rect, Rect) {
    if body.width >= TWO_COLUMNS {
        let left = body.width * 2 / 5;
        let list = within(Rect { width: left, ..body }, 1, u16::MAX);
        let between = Rect { x: body.x + left, width: 1, ..body };
        let right = Rect { x: body.x + left + 1, width: body.width - left - 1, ..body };
        return (list, between, within(right, 1, WIDEST_PROSE));
    }
    let upper = (body.height * 2 / 5).max(1);
    let list = within(Rect { height: upper, ..body }, 1, u16::MAX);
    let between = Rect { y: body.y + upper, height: 1, ..body };
    let lower = Rect { y: body.y + upper + 1, height: body.height.saturating_sub(upper + 1), ..body };
    (list, between, within(lower, 1, WIDEST_PROSE))
}

/// A box in the middle, at most so wide and high.
pub fn boxed(body: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(body.width), height.min(body.height));
    Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 2, width, height)
}
