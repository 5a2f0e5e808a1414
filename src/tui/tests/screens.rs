//! What the screens look like: at three sizes, in English, Chinese and both, in three themes.

use super::*;
use picture::styled_text;

/// The sizes of the snapshots.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

fn readings() -> [(&'static str, Choices); 3] {
    [
        ("en", CHOICES),
        ("zh", Choices { language: Language::Zh, ..CHOICES }),
        ("both", Choices { reading: Reading::Both, ..CHOICES }),
    ]
}

/// A snapshot of what a way through the keys leads to, for every size and language.
fn snapshots(name: &str, way: impl Fn(&mut Model)) {
    for (columns, rows) in SIZES {
        for (reading, choices) in readings() {
            let mut model = model(choices, (columns, rows));
            way(&mut model);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}_{reading}"), shown(&model));
        }
    }
}

#[test]
fn home() {
    snapshots("home", |_| {});
}

#[test]
fn lesson() {
    snapshots("lesson", |model| {
        keys(model, "cj");
        give(model, press(KeyCode::Enter));
    });
}

#[test]
fn exercise() {
    snapshots("exercise", open_fan_out);
}

#[test]
fn review() {
    for (columns, rows) in SIZES {
        for (reading, choices) in readings() {
            let model = super::review::browsing(choices, (columns, rows));
            insta::assert_snapshot!(format!("review_{columns}x{rows}_{reading}"), shown(&model));
        }
    }
}

#[test]
fn failing() {
    snapshots("failing", |model| {
        open_fan_out(model);
        keys(model, "r");
        end_run(model, "failing.json");
    });
}

#[test]
fn timeline() {
    snapshots("timeline", |model| {
        open_fan_out(model);
        keys(model, "r");
        end_run(model, "failing.json");
        keys(model, "4");
    });
}

#[test]
fn list() {
    snapshots("list", |model| drop(keys(model, "c")));
}

#[test]
fn matrix() {
    snapshots("matrix", |model| drop(keys(model, "p")));
}

#[test]
fn help() {
    snapshots("help", |model| drop(keys(model, "?")));
}

#[test]
fn settings() {
    snapshots("settings", |model| drop(keys(model, ",")));
}

#[test]
fn code_that_does_not_compile_is_marked_where_the_error_is() {
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    keys(&mut model, "r");
    end_run(&mut model, "broken.json");
    insta::assert_snapshot!("broken_verdict", shown(&model));
    keys(&mut model, "2");
    insta::assert_snapshot!("broken_code", shown(&model));
}

#[test]
fn themes() {
    for theme in [Theme::Dark, Theme::Light, Theme::Mono] {
        let mut model = model(Choices { theme, ..CHOICES }, (80, 24));
        keys(&mut model, "cj");
        give(&mut model, press(KeyCode::Enter));
        insta::assert_snapshot!(format!("theme_lesson_{}", theme.name()), styled_text(&picture::screen(&model)));
        open_fan_out(&mut model);
        keys(&mut model, "r");
        end_run(&mut model, "failing.json");
        insta::assert_snapshot!(format!("theme_verdict_{}", theme.name()), styled_text(&picture::screen(&model)));
    }
}

#[test]
fn mono_has_no_colour_and_shows_what_is_chosen() {
    let mut model = model(Choices { theme: Theme::Mono, ..CHOICES }, (80, 24));
    let buffer = picture::screen(&model);
    assert!(buffer.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
    let reversed = |model: &Model| styled_text(&picture::screen(model)).lines().skip(1).any(|line| line.contains("r›"));
    assert!(reversed(&model), "the chosen line is reversed");
    keys(&mut model, ",");
    assert!(reversed(&model));
}

#[test]
fn ascii_draws_nothing_else_around_english_texts() {
    let mut model = model(Choices { ascii: true, ..CHOICES }, (120, 40));
    for way in ["", "p", "c", "H,"] {
        keys(&mut model, way);
        let text = shown(&model);
        let strange: String = text.chars().filter(|char| !char.is_ascii()).collect();
        assert_eq!(strange, "", "{way}: {text}");
        model.screens.truncate(1);
    }
    open_fan_out(&mut model);
    keys(&mut model, "r");
    end_run(&mut model, "failing.json");
    let strange: String = shown(&model).chars().filter(|char| !char.is_ascii()).collect();
    assert_eq!(strange, "");
}

#[test]
fn below_the_smallest_size_the_screen_asks_for_more() {
    for size in [(39, 24), (80, 11), (1, 1)] {
        let text = shown(&model(CHOICES, size));
        assert!(!text.contains("exercises solved"), "{text}");
    }
    assert!(shown(&model(CHOICES, (39, 24))).contains("39x24"));
}
