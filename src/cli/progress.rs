//! `awaitlings progress`: the matrix of modules and exit criteria. `crate::progress::Export` documents the JSON form.

use super::args::{Choices, Progress as Args};
use super::context::{Context, outline};
use super::paint::{self, Paint};
use crate::progress::{CellState, Matrix, Outline, ReportHead, report};
use crate::wording::Walking;
use anyhow::Context as _;
use unicode_width::UnicodeWidthStr;

/// How a cell is shown; not by colour alone.
fn mark(state: CellState) -> String {
    match state {
        CellState::NotApplicable => Paint::Faint.on("·"),
        CellState::Missing => "-".to_owned(),
        CellState::Partly => Paint::Warn.on("~"),
        CellState::Green => Paint::Good.on("✓"),
    }
}

pub(super) fn run(choices: &Choices, args: &Args) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let outline = outline(&context.course);
    let progress = context.store().map(|store| store.progress().clone()).unwrap_or_default();
    if let Some(path) = &args.report {
        let head = ReportHead { learner: None, date: jiff::Timestamp::now() };
        let text = report(&outline, &progress, context.track, &head, context.language);
        // Somebody's file of that name is kept.
        let mut file = std::fs::File::create_new(path)
            .with_context(|| format!("failed to write {}; choose a name that is not taken", path.display()))?;
        std::io::Write::write_all(&mut file, text.as_bytes())
            .with_context(|| format!("failed to write {}", path.display()))?;
        super::print([context.say(&Walking::ReportWritten { path: path.display().to_string() })])?;
    } else if args.json {
        super::print([serde_json::to_string_pretty(&progress.export(&outline, context.track))?])?;
    } else {
        super::print(as_text(&context, &outline, &progress.matrix(&outline, context.track)))?;
    }
    Ok(super::YES)
}

fn as_text(context: &Context, outline: &Outline, matrix: &Matrix) -> Vec<String> {
    let titles: Vec<&str> = outline.modules.iter().map(|module| module.title.get(context.language)).collect();
    let widest = titles.iter().map(|title| title.width()).max().unwrap_or(0);
    let mut lines = vec![format!("{} ({})", Paint::Strong.on(outline.title.get(context.language)), context.track)];
    lines.push(String::new());
    for (number, criterion) in outline.criteria.iter().enumerate() {
        let text =
            paint::wrapped(&format!("{}  {}", number + 1, criterion.title.get(context.language)), 2, paint::width());
        lines.extend(text);
    }
    lines.push(String::new());
    let numbers: String = (1..=outline.criteria.len()).map(|number| format!("  {number}")).collect();
    lines.push(format!("  {}{numbers}", " ".repeat(widest)));
    for (title, row) in titles.iter().zip(&matrix.modules) {
        let marks: String = row.cells.iter().map(|cell| format!("  {}", mark(cell.state))).collect();
        lines.push(format!("  {title}{}{marks}", " ".repeat(widest - title.width())));
    }
    lines.push(String::new());
    lines.push(format!("  {}", context.say(&Walking::MatrixLegend)));
    lines.push(format!("  {}", context.say(&Walking::Percent { percent: matrix.percent() })));
    let missing: Vec<&str> =
        matrix.modules.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.missing).map(String::as_str).collect();
    let mut unique: Vec<&str> = Vec::new();
    missing.into_iter().for_each(|id| {
        if !unique.contains(&id) {
            unique.push(id)
        }
    });
    if !unique.is_empty() {
        let text = context.say(&Walking::Missing { ids: unique.join(", ") });
        lines.extend(paint::wrapped(&text, 2, paint::width()));
    }
    match matrix.next.as_ref().and_then(|next| context.course.exercise(&next.exercise)) {
        Some((_, exercise)) => {
            let (id, title) = (exercise.id.clone(), exercise.title.get(context.language).to_owned());
            lines.push(format!("  {}", context.say(&Walking::NextExercise { id, title })));
        }
        None if matrix.is_finished() => lines.push(format!("  {}", context.say(&Walking::AllDone))),
        None => {}
    }
    lines
}
