//! Saving, judging, cancelling: only the newest run counts.

use super::*;
use crate::runner::Event;
use crate::runner::output::Printed;
use crate::tui::model::Runs;
use std::time::Duration;

fn judged(effects: &[Effect]) -> Option<u64> {
    effects.iter().find_map(|effect| match effect {
        Effect::Judge { run, .. } => Some(*run),
        _ => None,
    })
}

fn opened() -> Model {
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    model
}

#[test]
fn opening_an_exercise_judges_nothing() {
    let model = opened();
    assert_eq!(model.running.as_ref().map(|running| running.run), None);
    assert!(shown(&model).contains("fetch_all"));
}

#[test]
fn a_save_starts_a_run_and_a_newer_save_takes_its_place() {
    let mut model = opened();
    let first = judged(&give(&mut model, file("fan-out", Track::Rust, "one", Cause::Changed))).unwrap();
    let second = judged(&give(&mut model, file("fan-out", Track::Rust, "two", Cause::Changed))).unwrap();
    assert!(second > first);
    // The older run's verdict comes too late.
    let late = give(&mut model, Msg::Run { run: first, news: RunNews::Verdict(verdict("passing.json")) });
    assert!(late.is_empty(), "{late:?}");
    assert!(model.desks.values().all(|desk| desk.verdict.is_none()));
    let effects = give(&mut model, Msg::Run { run: second, news: RunNews::Verdict(verdict("failing.json")) });
    assert!(matches!(&effects[..], [Effect::Record(_, source)] if source == "two"), "{effects:?}");
    assert!(shown(&model).contains("FAILED"));
}

#[test]
fn the_same_content_again_is_no_save() {
    let mut model = opened();
    let effects = give(&mut model, file("fan-out", Track::Rust, STUB, Cause::Changed));
    assert_eq!(judged(&effects), None);
    assert_eq!(judged(&give(&mut model, file("fan-out", Track::Rust, " \n", Cause::Changed))), None, "just emptied");
}

#[test]
fn the_old_verdict_stays_dimmed_with_the_time_until_the_new_one_is_there() {
    let mut model = opened();
    keys(&mut model, "r");
    end_run(&mut model, "failing.json");
    give(&mut model, file("fan-out", Track::Rust, "new", Cause::Changed));
    let run = model.last_run;
    give(&mut model, Msg::Run { run, news: RunNews::Event(Event::Compiling) });
    let now = model.now_ms + 1_234;
    give(&mut model, Msg::Time(now));
    let text = shown(&model);
    assert!(text.contains("judging, 1.2 s"), "{text}");
    assert!(text.contains("Your fetches took 2.0 s"), "{text}");
    let looks = picture::styled_text(&picture::screen(&model));
    let line = looks.lines().find(|line| line.contains("Your fetches took")).unwrap();
    assert!(line.contains("‹d›"), "dimmed: {line}");
    let test = verdict("failing.json").tests[1].clone();
    give(&mut model, Msg::Run { run, news: RunNews::Event(Event::Tested(test)) });
    assert!(shown(&model).contains("✓ patterns::keeps_the_order"), "tests are told as they end");
}

#[test]
fn after_a_pass_nothing_goes_on_unasked_and_the_reference_can_be_seen() {
    let mut model = opened();
    keys(&mut model, "s");
    assert!(shown(&model).contains("once the exercise is solved"));
    keys(&mut model, "r");
    end_run(&mut model, "passing.json");
    let before = model.screens.len();
    give(&mut model, Msg::Time(60_000));
    assert_eq!(model.screens.len(), before);
    assert!(shown(&model).contains("PASSED"));
    keys(&mut model, "s");
    let text = shown(&model);
    assert!(text.contains("join_all") && text.contains("  - "), "{text}");
}

#[test]
fn a_run_can_be_stopped() {
    let mut model = opened();
    keys(&mut model, "r");
    assert!(model.is_moving());
    let effects = keys(&mut model, ".");
    assert!(matches!(effects[..], [Effect::Cancel]));
    assert!(!model.is_moving());
}

#[test]
fn an_example_prints_below_its_code() {
    let mut model = model(CHOICES, (80, 40));
    keys(&mut model, "cj");
    give(&mut model, press(KeyCode::Enter));
    let effects = keys(&mut model, "r");
    let Some(Effect::Example { run, track: Track::Rust, source, .. }) = effects.first() else { panic!("{effects:?}") };
    assert!(source.contains("soup"));
    let run = *run;
    assert!(matches!(&model.running.as_ref().unwrap().what, Runs::Example { fence: 0, .. }));
    let example = crate::runner::example::Example {
        diagnostics: Vec::new(),
        end: crate::runner::example::ExampleEnd::Ended,
        printed: vec![Printed { at: Duration::from_millis(300), text: "soup for 桌 3".to_owned() }],
    };
    give(&mut model, Msg::Run { run, news: RunNews::Example(Ok(Box::new(example))) });
    let text = shown(&model);
    let (code, output) = (text.find("println!").unwrap(), text.find("│ soup for 桌 3").unwrap());
    assert!(code < output, "{text}");
}

#[test]
fn a_timeline_can_be_moved_and_brought_closer() {
    let mut model = opened();
    keys(&mut model, "r");
    end_run(&mut model, "failing.json");
    keys(&mut model, "4");
    let whole = shown(&model);
    keys(&mut model, "++");
    let closer = shown(&model);
    assert_ne!(whole, closer);
    assert!(closer.contains('‹') && closer.contains('›'), "what is cut is pointed to: {closer}");
    give(&mut model, press(KeyCode::Right));
    assert_ne!(shown(&model), closer);
    keys(&mut model, "0");
    assert_eq!(shown(&model), whole);
}
