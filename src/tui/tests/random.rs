//! Whatever happens in whatever order: nothing panics, what is chosen exists, places stay within their rows.

use super::super::screen::Screen;
use super::*;
use crate::runner::example::{Example, ExampleEnd};
use crate::runner::output::Printed;
use crate::runner::{Event, SetupError};
use crate::tui::msg::{LibraryNews, Tone};
use proptest::prelude::*;
use std::time::Duration;

static REPORT: LazyLock<crate::review::Report> = LazyLock::new(super::review::report);

static OTHER_COURSE: LazyLock<Arc<Course>> = LazyLock::new(|| Arc::new(Course::embedded().unwrap()));

fn a_key() -> impl Strategy<Value = KeyEvent> {
    let codes = prop_oneof![
        6 => prop::sample::select("jklhgGqQnNrtbxceiszTRUaEpLH,?!/.+-0123456=[]{}".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
        3 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Up, KeyCode::Down, KeyCode::Left,
            KeyCode::Right, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Home, KeyCode::End, KeyCode::Backspace,
            KeyCode::Delete,
        ]),
    ];
    let modifiers = prop_oneof![9 => Just(KeyModifiers::NONE), 1 => Just(KeyModifiers::CONTROL)];
    (codes, modifiers).prop_map(|(code, modifiers)| KeyEvent::new(code, modifiers))
}

fn a_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(STUB.to_owned()),
        Just(String::new()),
        "(\\PC|\n|\t){0,80}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(|chars| chars.into_iter().collect()),
        Just("桌桌桌e\u{301}👩‍👩‍👧\n\tfn 名()\r\n".repeat(9)),
    ]
}

fn an_example() -> impl Strategy<Value = RunNews> {
    a_text().prop_map(|output| {
        let line = |(at, text): (usize, &str)| Printed { at: Duration::from_millis(at as u64), text: text.to_owned() };
        let printed = output.lines().enumerate().map(line).collect();
        let example = Example { diagnostics: Vec::new(), end: ExampleEnd::Failed, printed };
        RunNews::Example(Ok(Box::new(example)))
    })
}

fn a_message() -> impl Strategy<Value = Msg> {
    let id = || prop::sample::select(vec!["fan-out", "first-await", "unknown"]).prop_map(str::to_owned);
    let name = || prop::sample::select(vec!["failing.json", "passing.json", "broken.json"]);
    let news = prop_oneof![
        name().prop_map(|name| RunNews::Verdict(verdict(name))),
        name().prop_map(|name| RunNews::Reference(verdict(name))),
        an_example(),
        Just(RunNews::Example(Err(SetupError::NoCompiler.to_string()))),
        a_text().prop_map(|text| RunNews::Reviewed(Err(text))),
        Just(RunNews::Reviewed(Ok(Box::new(REPORT.clone())))),
        Just(RunNews::ReviewEnded),
        Just(RunNews::Event(Event::Compiling)),
        name().prop_map(|name| match verdict(name).tests.first() {
            Some(test) => RunNews::Event(Event::Tested(test.clone())),
            None => RunNews::Event(Event::Testing { tests: 3 }),
        }),
    ];
    prop_oneof![
        12 => a_key().prop_map(Msg::Key),
        1 => a_text().prop_map(Msg::Paste),
        2 => (1_u16..200, 1_u16..60).prop_map(|(columns, rows)| Msg::Resize(columns, rows)),
        1 => any::<u32>().prop_map(|now| Msg::Time(now.into())),
        3 => (0_u64..9, news).prop_map(|(run, news)| Msg::Run { run, news }),
        2 => (id(), a_text(), any::<bool>())
            .prop_map(|(id, text, asked)| file(&id, Track::Rust, &text, if asked { Cause::Asked } else { Cause::Changed })),
        1 => a_text().prop_map(|text| Msg::Notice(Tone::Trouble, text)),
        1 => a_text().prop_map(|text| Msg::Library(LibraryNews::Failed(text))),
        1 => a_text().prop_map(|text| Msg::Course(Err(text))),
        1 => Just(Msg::Course(Ok(Arc::clone(&OTHER_COURSE)))),
        1 => Just(Msg::Course(Ok(Arc::clone(&COURSE)))),
        1 => a_text().prop_map(|text| Msg::Folder(Err(text))),
        1 => Just(Msg::Written),
        1 => Just(Msg::Edited),
    ]
}

fn check(model: &Model) {
    assert!(!model.screens.is_empty());
    for screen in &model.screens {
        let pagers = match screen {
            Screen::Lesson(view) => vec![&view.pager],
            Screen::Exercise(view) => view.pagers.iter().collect(),
            Screen::Page(page) => vec![&page.pager],
            Screen::Review(view) => vec![&view.detail],
            _ => Vec::new(),
        };
        // A screen below another is laid out when it is seen again.
        let is_seen = std::ptr::eq(screen, model.screen());
        for pager in pagers.iter().filter(|_| is_seen) {
            assert!(pager.top <= pager.last_top() || pager.rows.is_empty(), "{} of {}", pager.top, pager.rows.len());
        }
    }
    picture::screen(model);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_messages_breaks_the_screen(
        messages in prop::collection::vec(a_message(), 1..40),
        columns in 30_u16..160,
        rows in 10_u16..50,
        both in any::<bool>(),
        ascii in any::<bool>(),
        reviews in any::<bool>(),
    ) {
        let reading = if both { Reading::Both } else { Reading::One };
        let start = if reviews { super::review::browsing } else { model };
        let mut model = start(Choices { reading, ascii, ..CHOICES }, (columns, rows));
        check(&model);
        for message in messages {
            give(&mut model, message);
            check(&model);
        }
    }
}

#[test]
fn every_screen_is_drawn_at_every_size() {
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    keys(&mut model, "r");
    end_run(&mut model, "failing.json");
    let exercise = model.screens.clone();
    // Each way leads to another screen, from the exercise.
    for way in ["", "1", "2", "4+", "i", "a", "R", "t", "tt", "t/a", "c", "c/x", "p", "?", ",", "E", "H", "s"] {
        model.screens = exercise.clone();
        give(&mut model, Msg::Resize(80, 24));
        keys(&mut model, way);
        for reading in [Reading::One, Reading::Both] {
            model.choices.reading = reading;
            model.edition += 1;
            for (columns, rows) in sizes() {
                give(&mut model, Msg::Resize(columns, rows));
                let text = shown(&model);
                assert!(text.lines().count() == usize::from(rows), "{way} at {columns}x{rows}");
            }
        }
    }
}

#[test]
fn a_review_is_drawn_at_every_size() {
    let mut model = super::review::browsing(CHOICES, (80, 24));
    for (columns, rows) in sizes() {
        give(&mut model, Msg::Resize(columns, rows));
        assert!(shown(&model).lines().count() == usize::from(rows), "at {columns}x{rows}");
    }
}

/// From 1x1 to 200x60.
fn sizes() -> impl Iterator<Item = (u16, u16)> {
    // The borders of layouts are close together at first; far out every seventh width is enough.
    let wide = (1..=200).filter(|columns| *columns <= 48 || columns % 7 == 0).map(|columns| (columns, 24));
    let borders = [88, 91, 99, 100, 109, 110, 139, 140].into_iter().flat_map(|columns| [(columns, 30), (columns, 35)]);
    let high = (1..=60).map(|rows| (41, rows)).chain((10..=60).step_by(5).map(|rows| (200, rows)));
    wide.chain(borders).chain(high).chain([(1, 1)])
}
