//! The report that a learner hands in: markdown, in the learner's language.

use super::matrix::{Cell, CellState, Lacking, Matrix, Next};
use super::outline::Outline;
use super::record::{Progress, State};
use crate::course::{Language, Localized, Track};
use jiff::Timestamp;
use std::fmt::Write;

/// What a report says that is not progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHead {
    /// Whose report it is, if that is to be said.
    pub learner: Option<String>,
    /// When it was made. The report says the day in UTC, as it does for evidence.
    pub date: Timestamp,
}

/// The report on a course in a track. Titles of the course are taken as inline markdown, the learner's name as plain text.
pub fn report(outline: &Outline, progress: &Progress, track: Track, head: &ReportHead, language: Language) -> String {
    let matrix = progress.matrix(outline, track);
    let writer = Report { outline, matrix: &matrix, language };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writer.head(&mut out, progress, head);
    let _ = writer.table(&mut out);
    let _ = writer.evidence(&mut out);
    let _ = writer.next(&mut out);
    out
}

struct Report<'r> {
    outline: &'r Outline,
    matrix: &'r Matrix,
    language: Language,
}

impl Report<'_> {
    fn head(&self, out: &mut String, progress: &Progress, head: &ReportHead) -> std::fmt::Result {
        let track = self.matrix.track;
        let exercises = self.outline.modules.iter().flat_map(|module| &module.exercises);
        let in_track: Vec<_> = exercises.filter(|exercise| exercise.criteria.contains_key(&track)).collect();
        let solved = in_track.iter().filter(|exercise| progress.state(&exercise.id, track) == State::Passed).count();
        writeln!(out, "# {}{}\n", self.say(Text::Title), self.of(&self.outline.title))?;
        if let Some(learner) = &head.learner {
            writeln!(out, "- {}{}", self.say(Text::Learner), escape(learner))?;
        }
        writeln!(out, "- {}{} (UTC)", self.say(Text::Date), day(head.date))?;
        writeln!(out, "- {}{}", self.say(Text::Track), ecosystem(track))?;
        let (percent, held, needed) = (self.matrix.percent(), self.matrix.held(), self.matrix.needed());
        let standing = if self.matrix.is_finished() { Text::Finished } else { Text::NotFinished };
        writeln!(out, "- {}{percent} % ({held}/{needed}){}", self.say(Text::Criteria), self.say(standing))?;
        writeln!(out, "- {}{solved}/{}\n", self.say(Text::Solved), in_track.len())
    }

    fn table(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "## {}\n", self.say(Text::Matrix))?;
        write!(out, "| {} |", self.say(Text::Module))?;
        for criterion in &self.outline.criteria {
            write!(out, " {} |", in_table(self.of(&criterion.title)))?;
        }
        writeln!(out, "\n|---|{}", "---|".repeat(self.outline.criteria.len()))?;
        for (number, (row, module)) in self.matrix.modules.iter().zip(&self.outline.modules).enumerate() {
            write!(out, "| {}. {} |", number + 1, in_table(self.of(&module.title)))?;
            for cell in &row.cells {
                write!(out, " {} |", mark(cell))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "\n{}\n", self.say(Text::Legend))
    }

    fn evidence(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "## {}\n", self.say(Text::Evidence))?;
        for (number, (row, module)) in self.matrix.modules.iter().zip(&self.outline.modules).enumerate() {
            if row.cells.iter().all(|cell| cell.state == CellState::NotApplicable) {
                continue;
            }
            writeln!(out, "### {}. {}\n", number + 1, self.of(&module.title))?;
            for (cell, criterion) in row.cells.iter().zip(&self.outline.criteria) {
                if cell.state == CellState::NotApplicable {
                    continue;
                }
                writeln!(out, "**{}** {}\n", self.of(&criterion.title), mark(cell))?;
                for witness in &cell.evidence {
                    let tests: Vec<_> = witness.tests.iter().map(|test| format!("`{}`", one_line(test))).collect();
                    let exercise = self.exercise(&witness.exercise);
                    write!(out, "- {} {exercise}, {}", day(witness.date), witness.track)?;
                    writeln!(out, "{}{}", if tests.is_empty() { "" } else { ": " }, tests.join(", "))?;
                }
                for exercise in &cell.missing {
                    writeln!(out, "- {}{}", self.say(Text::Missing), self.exercise(exercise))?;
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn next(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "## {}\n", self.say(Text::Next))?;
        let Some(Next { module, exercise, lacking, .. }) = &self.matrix.next else {
            return writeln!(out, "{}", self.say(Text::NothingNext));
        };
        let module: &Localized = self.outline.module(module).map_or(&self.outline.title, |known| &known.title);
        write!(out, "{}{}{}", self.of(module), self.say(Text::Colon), self.exercise(exercise))?;
        match lacking {
            Lacking::Solution => writeln!(out, "{}", self.say(Text::NotSolved)),
            Lacking::Evidence(criteria) => {
                let known = criteria.iter().filter_map(|id| self.outline.criterion(id));
                let titles: Vec<_> = known.map(|criterion| self.of(&criterion.title)).collect();
                writeln!(out, "{}{}", self.say(Text::LacksEvidence), titles.join("; "))
            }
        }
    }

    fn exercise(&self, id: &str) -> String {
        match self.outline.exercise(id) {
            Some(exercise) => format!("{} (`{id}`)", self.of(&exercise.title)),
            None => format!("`{id}`"),
        }
    }

    fn of<'t>(&self, text: &'t Localized) -> &'t str {
        text.get(self.language)
    }

    fn say(&self, text: Text) -> &'static str {
        text.words(self.language)
    }
}

fn mark(cell: &Cell) -> String {
    let sign = match cell.state {
        CellState::NotApplicable => return "–".to_owned(),
        CellState::Missing => '○',
        CellState::Partly => '◐',
        CellState::Green => '✓',
    };
    format!("{sign} {}/{}", cell.evidence.len(), cell.needed())
}

fn ecosystem(track: Track) -> &'static str {
    match track {
        Track::Rust => "Rust (tokio)",
        Track::Python => "Python (asyncio)",
    }
}

fn day(date: Timestamp) -> String {
    date.strftime("%Y-%m-%d").to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_table(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// Text in which markdown sees nothing but text.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '\'' | '-') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The report's own words.
#[derive(Clone, Copy)]
enum Text {
    Title,
    Learner,
    Date,
    Track,
    Criteria,
    Finished,
    NotFinished,
    Solved,
    Matrix,
    Module,
    Legend,
    Evidence,
    Missing,
    Next,
    NothingNext,
    Colon,
    NotSolved,
    LacksEvidence,
}

impl Text {
    fn words(self, language: Language) -> &'static str {
        use Language::{En, Zh};
        match (language, self) {
            (En, Text::Title) => "Progress report: ",
            (Zh, Text::Title) => "学习进度报告：",
            (En, Text::Learner) => "Learner: ",
            (Zh, Text::Learner) => "学习者：",
            (En, Text::Date) => "Date: ",
            (Zh, Text::Date) => "日期：",
            (En, Text::Track) => "Track: ",
            (Zh, Text::Track) => "语言方向：",
            (En, Text::Criteria) => "Exit criteria: ",
            (Zh, Text::Criteria) => "结业标准：",
            (En, Text::Finished) => ", finished",
            (Zh, Text::Finished) => "，已完成",
            (En, Text::NotFinished) => ", not finished yet",
            (Zh, Text::NotFinished) => "，尚未完成",
            (En, Text::Solved) => "Exercises solved: ",
            (Zh, Text::Solved) => "已通过的练习：",
            (En, Text::Matrix) => "Modules and exit criteria",
            (Zh, Text::Matrix) => "模块与结业标准",
            (En, Text::Module) => "Module",
            (Zh, Text::Module) => "模块",
            (En, Text::Legend) => "✓ all evidence, ◐ part of it, ○ none yet, – not asked for in this module",
            (Zh, Text::Legend) => "✓ 证据齐全　◐ 部分证据　○ 尚无证据　– 本模块不要求",
            (En, Text::Evidence) => "Evidence",
            (Zh, Text::Evidence) => "证据",
            (En, Text::Missing) => "missing: ",
            (Zh, Text::Missing) => "缺少：",
            (En, Text::Next) => "What to do next",
            (Zh, Text::Next) => "下一步",
            (En, Text::NothingNext) => "Nothing is left to do in this track.",
            (Zh, Text::NothingNext) => "该方向的内容已全部完成。",
            (En, Text::Colon) => ": ",
            (Zh, Text::Colon) => "：",
            (En, Text::NotSolved) => ", not solved yet.",
            (Zh, Text::NotSolved) => "，尚未通过。",
            (En, Text::LacksEvidence) => ", solved, but still lacks evidence for ",
            (Zh, Text::LacksEvidence) => "，已通过，但仍缺少以下标准的证据：",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Outcome;
    use crate::progress::matrix::tests::after;
    use crate::progress::outline::tests::an_outline;

    fn head(learner: Option<&str>) -> ReportHead {
        let date = "2026-11-30T23:59:59Z".parse().unwrap();
        ReportHead { learner: learner.map(str::to_owned), date }
    }

    fn some_progress() -> Progress {
        after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Failed, &["errors"]),
        ])
    }

    #[test]
    fn the_report_shows_matrix_evidence_and_what_is_next() {
        let text = report(&an_outline(), &some_progress(), Track::Rust, &head(Some("Ada")), Language::En);
        insta::assert_snapshot!(text, @r"
        # Progress report: DOJO

        - Learner: Ada
        - Date: 2026-11-30 (UTC)
        - Track: Rust (tokio)
        - Exit criteria: 50 % (2/4), not finished yet
        - Exercises solved: 1/4

        ## Modules and exit criteria

        | Module | PATTERNS | ERRORS |
        |---|---|---|
        | 1. BASICS | ◐ 1/2 | ✓ 1/1 |
        | 2. LIMITS | – | ○ 0/1 |

        ✓ all evidence, ◐ part of it, ○ none yet, – not asked for in this module

        ## Evidence

        ### 1. BASICS

        **PATTERNS** ◐ 1/2

        - 2026-11-25 AWAIT (`await`), rust: `patterns::holds`
        - missing: FAN-OUT (`fan-out`)

        **ERRORS** ✓ 1/1

        - 2026-11-26 FAN-OUT (`fan-out`), rust: `errors::holds`

        ### 2. LIMITS

        **ERRORS** ○ 0/1

        - missing: GATE (`gate`)

        ## What to do next

        BASICS: FAN-OUT (`fan-out`), not solved yet.
        ");
    }

    #[test]
    fn the_report_in_chinese_says_the_same() {
        let text = report(&an_outline(), &some_progress(), Track::Rust, &head(None), Language::Zh);
        insta::assert_snapshot!(text, @r"
        # 学习进度报告：「dojo」

        - 日期：2026-11-30 (UTC)
        - 语言方向：Rust (tokio)
        - 结业标准：50 % (2/4)，尚未完成
        - 已通过的练习：1/4

        ## 模块与结业标准

        | 模块 | 「patterns」 | 「errors」 |
        |---|---|---|
        | 1. 「basics」 | ◐ 1/2 | ✓ 1/1 |
        | 2. 「limits」 | – | ○ 0/1 |

        ✓ 证据齐全　◐ 部分证据　○ 尚无证据　– 本模块不要求

        ## 证据

        ### 1. 「basics」

        **「patterns」** ◐ 1/2

        - 2026-11-25 「await」 (`await`), rust: `patterns::holds`
        - 缺少：「fan-out」 (`fan-out`)

        **「errors」** ✓ 1/1

        - 2026-11-26 「fan-out」 (`fan-out`), rust: `errors::holds`

        ### 2. 「limits」

        **「errors」** ○ 0/1

        - 缺少：「gate」 (`gate`)

        ## 下一步

        「basics」：「fan-out」 (`fan-out`)，尚未通过。
        ");
    }

    #[test]
    fn a_finished_course_says_so() {
        let progress = after(&[
            ("await", Track::Python, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Python, Outcome::Passed, &["patterns"]),
            ("loose", Track::Python, Outcome::Passed, &[]),
        ]);
        let text = report(&an_outline(), &progress, Track::Python, &head(None), Language::En);
        assert!(text.contains("- Exit criteria: 100 % (2/2), finished\n- Exercises solved: 3/3\n"), "{text}");
        assert!(text.ends_with("## What to do next\n\nNothing is left to do in this track.\n"), "{text}");
    }

    #[test]
    fn evidence_that_a_newer_course_asks_for_is_named() {
        let progress = after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Passed, &[]),
        ]);
        let text = report(&an_outline(), &progress, Track::Rust, &head(None), Language::En);
        let next = "BASICS: FAN-OUT (`fan-out`), solved, but still lacks evidence for PATTERNS; ERRORS\n";
        assert!(text.ends_with(next), "{text}");
    }

    #[test]
    fn names_and_titles_do_not_break_the_markdown() {
        let mut outline = an_outline();
        outline.criteria[0].title = Localized::new([(Language::En, "a | b\n`c`".to_owned())]);
        let name = "Eve\n# <b>*x*</b>";
        let text = report(&outline, &Progress::default(), Track::Rust, &head(Some(name)), Language::En);
        assert!(text.contains("- Learner: Eve \\# \\<b\\>\\*x\\*\\<\\/b\\>\n"), "{text}");
        assert!(text.contains("| Module | a \\| b `c` | ERRORS |\n"), "{text}");
    }
}
