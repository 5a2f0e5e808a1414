//! `awaitlings.toml` as people write it.

use super::*;
use crate::course::{Language, Track};
use std::fs;
use std::path::{Path, PathBuf};

fn read(text: impl AsRef<[u8]>) -> (Settings, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("awaitlings.toml");
    fs::write(&file, text).unwrap();
    let (settings, problems) = Settings::read(&file);
    let prefix = format!("{}/", folder.path().display());
    (settings, problems.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect())
}

fn change(text: &str, changes: &[SettingsChange]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("awaitlings.toml");
    fs::write(&file, text).unwrap();
    Settings::change(&file, changes).unwrap();
    fs::read_to_string(file).unwrap()
}

#[test]
fn the_first_text_means_what_it_was_made_from() {
    for course in [None, Some(PathBuf::from("../a \"b\" \\c"))] {
        let python = course.clone();
        let settings = Settings { track: Track::Python, language: Language::Zh, theme: Theme::Mono, course, python };
        assert_eq!(read(settings.text()), (settings.clone(), vec![]));
    }
}

#[test]
fn no_file_and_an_empty_file_are_the_defaults() {
    assert_eq!(Settings::read(Path::new("/nowhere/awaitlings.toml")), (Settings::default(), vec![]));
    assert_eq!(read(""), (Settings::default(), vec![]));
}

#[test]
fn a_mistake_costs_its_own_key_and_is_shown_with_its_place() {
    let (settings, problems) = read("# mine\ntrack = \"python\"\n  language = \"fr\"\nthem = \"dark\"\ncourse = 3\n");
    assert_eq!(settings, Settings { track: Track::Python, ..Settings::default() });
    assert_eq!(
        problems,
        [
            "awaitlings.toml:3:14: language must be one of \"en\", \"zh\". Until then the default is used.",
            "awaitlings.toml:4:1: there is no setting \"them\". The settings are track, language, theme, course, python.",
            "awaitlings.toml:5:10: course must be a text in quotes, such as \"../my-course\". \
             Until then the default is used.",
        ]
    );
}

#[test]
fn what_is_no_toml_or_no_text_is_shown_with_its_place() {
    let (settings, problems) = read("track = \"python\"\nlanguage = = \"zh\"\n");
    assert_eq!(settings, Settings::default());
    assert!(problems[0].starts_with("awaitlings.toml:2:12: this is not TOML: "), "{problems:?}");
    let (_, problems) = read(b"track = \"rust\"\n# \xff\n");
    assert_eq!(problems, ["awaitlings.toml:2:3: this is not UTF-8 text. Save the file as UTF-8."]);
}

#[test]
fn a_byte_order_mark_and_windows_line_endings_are_fine() {
    let (settings, problems) = read("\u{feff}track = \"python\"\r\nlanguage = \"zh\"\r\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!((settings.track, settings.language), (Track::Python, Language::Zh));
}

#[test]
fn a_change_keeps_what_the_person_wrote() {
    let before = "# my choices\n\ntrack   = 'rust' # for now\n# colours\ntheme=\"dark\"\n\n# the end\n";
    let after = change(before, &[SettingsChange::Track(Track::Python), SettingsChange::Language(Language::Zh)]);
    assert_eq!(
        after,
        "# my choices\n\ntrack   = \"python\" # for now\n# colours\ntheme=\"dark\"\nlanguage = \"zh\"\n\n# the end\n"
    );
}

#[test]
fn a_course_is_set_and_taken_away_again() {
    let with = change("track = \"rust\"\n", &[SettingsChange::Course(Some("../mine".into()))]);
    assert_eq!(with, "track = \"rust\"\ncourse = \"../mine\"\n");
    assert_eq!(change(&with, &[SettingsChange::Course(None)]), "track = \"rust\"\n");
}

#[test]
fn windows_line_endings_stay() {
    let after = change(
        "# a\r\ntrack = \"rust\" # b\r\n",
        &[SettingsChange::Track(Track::Python), SettingsChange::Theme(Theme::Dark)],
    );
    assert_eq!(after, "# a\r\ntrack = \"python\" # b\r\ntheme = \"dark\"\r\n");
}

#[test]
fn a_file_that_cannot_be_understood_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("awaitlings.toml");
    fs::write(&file, "track = = 1\n").unwrap();
    let error = Settings::change(&file, &[SettingsChange::Track(Track::Python)]).unwrap_err();
    assert!(error.to_string().starts_with("Nothing was changed. "), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "track = = 1\n");
}

#[test]
fn a_missing_file_is_made_with_its_keys_explained() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("awaitlings.toml");
    Settings::change(&file, &[SettingsChange::Language(Language::Zh)]).unwrap();
    let expected = Settings { language: Language::Zh, ..Settings::default() };
    assert_eq!(fs::read_to_string(&file).unwrap(), expected.text());
}
