//! The Python track, as a learner at a command line meets it.

mod learner;

use learner::Learner;

const FIRST: &str = "exercises/01-basic-patterns/01-first-await.py";

/// A learner who has written this into the first exercise.
fn with_first(text: &str) -> Learner {
    let learner = Learner::in_dojo();
    learner.writes(FIRST, text);
    learner
}

/// The first exercise with this as its function's body.
fn greeting(body: &str) -> String {
    format!("from harness import Api\n\n\nasync def greet(api: Api, id: int) -> str:\n    {body}\n")
}

#[test]
fn what_python_cannot_load_is_not_told_as_compiled() {
    let learner = with_first("async def greet(api, id)\n    return 1\n");
    for (language, says) in [("en", "CANNOT BE LOADED"), ("zh", "无法载入")] {
        let told = learner.gives(&["run", "first-await", "--track", "python", "--lang", language]);
        assert_eq!(told.code, 1, "{}", told.err);
        assert!(told.out.contains(says) && told.out.contains("SyntaxError: expected ':'"), "{}", told.out);
        assert!(told.out.contains(&format!("File \"{FIRST}\", line 1")), "{}", told.out);
        // Nothing of the file has run, so there is no more to see.
        assert!(!told.out.contains("--trace"), "{}", told.out);
    }
}

#[test]
fn a_traceback_is_the_learners_own_frames_and_the_whole_on_request() {
    let learner = with_first(&greeting("raise ValueError(await api.fetch(id))"));
    let run = ["run", "first-await", "--track", "python"];
    let told = learner.gives(&run);
    assert!(told.out.contains("all of them: awaitlings run first-await --trace"), "{}", told.out);
    assert!(told.out.contains("in greet") && !told.out.contains("hidden.py"), "{}", told.out);
    let whole = learner.gives(&[&run[..], &["--trace"]].concat());
    assert!(whole.out.contains("File \"hidden.py\"") && whole.out.contains("in greet"), "{}", whole.out);
    assert!(!whole.out.contains("all of them"), "{}", whole.out);
}

#[test]
fn a_forgotten_await_is_told_without_what_pytest_wraps_it_in() {
    let body = "notice()\n    return f\"Hello, {await api.fetch(id)}!\"\n\n\nasync def notice():\n    pass";
    let learner = with_first(&greeting(body));
    let told = learner.gives(&["run", "first-await", "--track", "python"]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.out.contains("RuntimeWarning: coroutine 'notice' was never awaited"), "{}", told.out);
    assert!(!told.out.contains("tracemalloc") && !told.out.contains("PytestUnraisable"), "{}", told.out);
}

#[test]
fn the_track_is_chosen_for_one_run_and_progress_is_kept_for_each() {
    let learner = with_first(&greeting("return f\"Hello, {await api.fetch(id)}!\""));
    learner.gives(&["run", "first-await", "--track", "python"]).yes();
    let state = |track: &str| {
        let list = learner.gives(&["list", "--json", "--track", track]).json();
        list["modules"][0]["exercises"][0]["state"].clone()
    };
    assert_eq!([state("python"), state("rust")], ["passed", "new"]);
}

#[test]
fn an_exercise_is_shown_in_both_tracks_side_by_side_where_there_is_room() {
    let learner = Learner::in_dojo();
    let show = |width: &str| learner.gives(&["show", "fan-out", "--both-tracks", "--width", width]).yes().to_owned();
    let has_row = |page: &str| page.lines().any(|line| line.contains("pub async fn") && line.contains(" │ "));
    let (wide, narrow) = (show("100"), show("80"));
    assert!(has_row(&wide) && wide.contains("async def fetch_all"), "{wide}");
    assert!(!has_row(&narrow) && narrow.contains("async def fetch_all"), "{narrow}");
}
