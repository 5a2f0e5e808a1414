//! The table: both sides of every row, their ratio, and the goal.

use super::rounds::Rounds;
use std::fmt::Write;

/// A row, by the names of its measures.
pub struct Row {
    what: &'static str,
    ours: &'static str,
    against: Against,
}

enum Against {
    /// Another measure, and the most that ours may take of it.
    Measure(&'static str, f64),
    /// So many milliseconds.
    Milliseconds(f64),
}

impl Row {
    /// A row that compares two measures.
    pub fn against(what: &'static str, ours: &'static str, other: &'static str, goal: f64) -> Row {
        Row { what, ours, against: Against::Measure(other, goal) }
    }

    /// A row with a limit in milliseconds.
    pub fn within(what: &'static str, ours: &'static str, milliseconds: f64) -> Row {
        Row { what, ours, against: Against::Milliseconds(milliseconds) }
    }
}

/// The table and the series behind it.
pub fn text(rounds: &Rounds, rows: &[Row]) -> String {
    let mut text = String::new();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("not known");
    let _ = writeln!(text, "medians of {} interleaved rounds, {cores} cores, load {load}\n", rounds.count);
    let _ = writeln!(text, "{:<40} {:>9}   {:<26} {:>9}  {:>6}  {:>5}", "what", "ours", "against", "", "ratio", "goal");
    for row in rows {
        let ours = rounds.of(row.ours).map_or(f64::NAN, |series| series.median());
        let _ = match row.against {
            Against::Measure(name, goal) => {
                let other = rounds.of(name).map_or(f64::NAN, |series| series.median());
                let ratio = ours / other;
                let mark = mark(ratio <= goal);
                writeln!(
                    text,
                    "{:<40} {ours:>6.1} ms   {name:<26} {other:>6.1} ms  {ratio:>6.3}  {goal:>5.2} {mark}",
                    row.what
                )
            }
            Against::Milliseconds(goal) => {
                let mark = mark(ours <= goal);
                writeln!(
                    text,
                    "{:<40} {ours:>6.1} ms   {:<26} {:>9}  {:>6}  {goal:>2.0} ms {mark}",
                    row.what, "", "", ""
                )
            }
        };
    }
    let _ =
        writeln!(text, "\n{:<40} {:>9} {:>9} {:>9}   {:>9}", "series", "quarter", "median", "3 quarter", "processor");
    for (name, series) in rounds.all() {
        let (low, middle, high) = (series.part(0.25), series.median(), series.part(0.75));
        let processor = series.processor();
        let _ = writeln!(text, "{name:<40} {low:>9.1} {middle:>9.1} {high:>9.1}   {processor:>9.1}");
    }
    text
}

fn mark(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}
