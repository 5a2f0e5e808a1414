//! Ways through the screens.

use super::*;
use crate::course::Problem;
use crate::tui::screen::{PageKind, Question, Screen, Setup};

fn lesson_open() -> Model {
    let mut model = model(CHOICES, (80, 24));
    keys(&mut model, "cj");
    give(&mut model, press(KeyCode::Enter));
    model
}

#[test]
fn the_first_start_asks_three_questions_and_makes_the_folder() {
    let mut model = model(CHOICES, (80, 24));
    model.screens = vec![Screen::Setup(Setup {
        questions: vec![Question::Language, Question::Track, Question::Folder],
        at: 0,
        language: Language::En,
        track: Track::Rust,
        folder: "dojo".to_owned(),
        making: false,
        problem: None,
    })];
    give(&mut model, press(KeyCode::Down));
    assert!(shown(&model).contains("你想用哪种语言阅读"), "the question is seen in what is about to be chosen");
    give(&mut model, press(KeyCode::Enter));
    give(&mut model, press(KeyCode::Enter));
    keys(&mut model, "2");
    let effects = give(&mut model, press(KeyCode::Enter));
    let [Effect::MakeFolder(folder, Language::Zh, Track::Rust)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(folder, "dojo2");
    give(&mut model, Msg::Folder(Err("the disk is full".to_owned())));
    assert!(shown(&model).contains("the disk is full"));
    give(&mut model, Msg::Folder(Ok("/home/ada/dojo2".to_owned())));
    assert!(matches!(model.screen(), Screen::Home(_)));
}

#[test]
fn a_search_goes_to_what_it_finds_and_marks_it() {
    let mut model = lesson_open();
    keys(&mut model, "/burst");
    assert!(shown(&model).contains("/burst"), "it is seen as it is typed");
    assert!(shown(&model).contains("short bursts"));
    give(&mut model, press(KeyCode::Enter));
    let looks = picture::styled_text(&picture::screen(&model));
    assert!(looks.contains("‹r›burst"), "{looks}");
    keys(&mut model, "/nowhere");
    give(&mut model, press(KeyCode::Enter));
    assert!(shown(&model).contains("Not found: nowhere"));
}

#[test]
fn headings_are_gone_to() {
    let mut model = lesson_open();
    keys(&mut model, "tjj");
    give(&mut model, press(KeyCode::Enter));
    assert!(shown(&model).lines().any(|line| line.contains("### Tasks")));
}

#[test]
fn the_language_goes_round_and_the_place_is_kept() {
    let mut model = lesson_open();
    give(&mut model, Msg::Resize(80, 12));
    keys(&mut model, "t");
    keys(&mut model, "jj");
    give(&mut model, press(KeyCode::Enter));
    assert!(shown(&model).contains("Tasks"));
    let effects = keys(&mut model, "L");
    assert!(matches!(effects[..], [Effect::Change(_)]));
    assert!(shown(&model).contains("任务"));
    keys(&mut model, "L");
    let both = shown(&model);
    assert!(both.contains("任务") && both.contains("Tasks"), "{both}");
    keys(&mut model, "L");
    assert!(!shown(&model).contains("任务"));
}

#[test]
fn hints_come_one_by_one_with_a_counter() {
    let mut model = model(CHOICES, (80, 40));
    open_fan_out(&mut model);
    let effects = keys(&mut model, "i");
    assert!(matches!(&effects[..], [Effect::HintSeen(id, Track::Rust, 1)] if id == "fan-out"));
    assert!(shown(&model).contains("Hint 1 of 3") && !shown(&model).contains("Hint 2 of 3"));
    keys(&mut model, "i");
    assert!(shown(&model).contains("Hint 2 of 3"));
}

#[test]
fn a_reset_is_asked_for_and_no_is_first() {
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    keys(&mut model, "R");
    assert!(give(&mut model, press(KeyCode::Enter)).is_empty());
    keys(&mut model, "Rj");
    let effects = give(&mut model, press(KeyCode::Enter));
    assert!(matches!(&effects[..], [Effect::Reset(id, Track::Rust)] if id == "fan-out"), "{effects:?}");
}

#[test]
fn help_lists_every_key_of_the_place_it_was_asked_at() {
    let mut model = model(CHOICES, (80, 60));
    open_fan_out(&mut model);
    keys(&mut model, "?");
    let text = shown(&model);
    for words in ["the timeline", "put back to the start", "suspend", "read the lesson"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_built_in_editor_indents_undoes_warns_and_saves() {
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    keys(&mut model, "E");
    let control = |char| Msg::Key(KeyEvent::new(KeyCode::Char(char), KeyModifiers::CONTROL));
    keys(&mut model, "if x {");
    give(&mut model, press(KeyCode::Enter));
    keys(&mut model, "q");
    assert!(shown(&model).contains("    q"), "{}", shown(&model));
    let effects = give(&mut model, press(KeyCode::Esc));
    assert!(effects.is_empty() && shown(&model).contains("Not saved yet"));
    let effects = give(&mut model, control('s'));
    let [Effect::Write { exercise, edited, text, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((exercise.as_str(), edited.as_str()), ("fan-out", STUB));
    assert!(text.starts_with("if x {\n    q"), "{text}");
    give(&mut model, Msg::Written);
    give(&mut model, press(KeyCode::Esc));
    assert!(matches!(model.screen(), Screen::Exercise(_)));
}

#[test]
fn ctrl_c_leaves_from_everywhere_and_warns_once_where_text_would_be_lost() {
    let control_c = || Msg::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    for way in ["", "c", "c/x", "p", "?", ","] {
        let mut model = model(CHOICES, (80, 24));
        keys(&mut model, way);
        assert!(matches!(give(&mut model, control_c())[..], [Effect::Quit]), "{way}");
    }
    let mut model = model(CHOICES, (80, 24));
    open_fan_out(&mut model);
    keys(&mut model, "Ex");
    assert!(give(&mut model, control_c()).is_empty());
    assert!(matches!(give(&mut model, control_c())[..], [Effect::Quit]));
}

#[test]
fn an_instructors_change_is_shown_where_it_is_and_a_mistake_is_told_in_place() {
    let mut model = lesson_open();
    let mut course = Course::clone(&COURSE);
    let pages = &mut course.modules[0].lesson.as_mut().unwrap().pages;
    let page = pages.get_mut(&Language::En).unwrap();
    page.body = page.body.replace("lets short bursts through", "lets LONG bursts through");
    course.problems.push(Problem::at_line(page.file.clone(), page.body_line, "a heading lacks its id"));
    course.digest = "another".to_owned();
    give(&mut model, Msg::Course(Ok(Arc::new(course))));
    let text = shown(&model);
    assert!(text.contains("LONG bursts"), "{text}");
    assert!(text.contains("a heading lacks its id"), "as a notice: {text}");
    keys(&mut model, "g");
    let text = shown(&model);
    assert!(text.lines().take(3).any(|line| line.contains("! lessons/en/01-basic-patterns.md:")), "in place: {text}");
}

#[test]
fn a_course_that_cannot_be_loaded_leaves_the_one_before() {
    let mut model = lesson_open();
    give(&mut model, Msg::Course(Err("course.toml:1:1: is not TOML".to_owned())));
    let text = shown(&model);
    assert!(text.contains("A waiter") && text.contains("course.toml:1:1"), "{text}");
    give(&mut model, Msg::Course(Ok(Arc::clone(&COURSE))));
    assert!(!shown(&model).contains("course.toml:1:1"));
}

#[test]
fn problems_have_a_page() {
    let mut model = model(CHOICES, (80, 24));
    assert!(keys(&mut model, "!").is_empty());
    let mut course = Course::clone(&COURSE);
    course.problems.push(Problem::of_file("lessons/en/09.md", "is strange"));
    course.digest = "another".to_owned();
    give(&mut model, Msg::Course(Ok(Arc::new(course))));
    keys(&mut model, "!");
    assert!(matches!(model.screen(), Screen::Page(page) if page.kind == PageKind::Problems));
    assert!(shown(&model).contains("lessons/en/09.md: is strange"));
}

#[test]
fn libraries_are_asked_for_when_a_lesson_before_they_are_needed_is_opened() {
    let course = Arc::new(Course::embedded().unwrap());
    let mut model = Model::new(course, Progress::default(), CHOICES, (80, 24));
    model.folder = Some("/home/ada/dojo".to_owned());
    let mut opened = |lesson: &str| {
        let mut todo = Vec::new();
        update::go::lesson(&mut model, lesson, None, &mut todo);
        let set = |effect: Effect| match effect {
            Effect::Prepare(track, set) => (track, set),
            other => panic!("{other:?}"),
        };
        todo.into_iter().map(set).collect::<Vec<_>>()
    };
    let (base, web) = ((Track::Rust, "base".to_owned()), (Track::Rust, "web".to_owned()));
    assert_eq!(opened("basic-patterns"), std::slice::from_ref(&base));
    assert_eq!(opened("testing-async"), [base, web], "the module after it works with servers and databases");
}

#[test]
fn an_exercise_that_is_opened_is_made_ready_to_be_judged() {
    let mut model = model(CHOICES, (80, 24));
    keys(&mut model, "c/fan");
    give(&mut model, press(KeyCode::Enter));
    let effects = give(&mut model, press(KeyCode::Enter));
    assert!(matches!(&effects[..], [Effect::Prime(id, Track::Rust)] if id == "fan-out"), "{effects:?}");
}
