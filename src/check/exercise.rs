//! Checks that an exercise judges right.

use super::{Result, Thoroughness};
use crate::course::{Course, Exercise, Rejection, Track, TrackFiles, WrongAnswer};
use crate::runner::rust::diagnostics::Severity;
use crate::runner::rust::{bundle, judge::Attempt, rewrite, written};
use crate::runner::{Events, Kept, Kind, Outcome, Reuse, Role, Runner, SetupError, Task, Verdict};

pub(super) async fn check(
    course: &Course,
    exercise: &Exercise,
    track: Track,
    thoroughness: Thoroughness,
    runner: &Runner,
) -> std::result::Result<Result, SetupError> {
    let missing = || SetupError::NoTrack { exercise: exercise.id.clone(), track };
    let files = exercise.tracks.get(&track).ok_or_else(missing)?;
    let mut variants = vec![files.stub.as_str(), files.solution.as_str()];
    variants.extend(files.wrong.iter().map(|wrong| wrong.text.as_str()));
    let verdicts = match (track, files.subject()) {
        (Track::Rust, Some(subject)) => {
            let compiler = runner.compiler(course, &files.set).await?;
            let (mut verdicts, events) = (Vec::new(), Events::default());
            for source in &variants {
                let attempt = Attempt { course, exercise, files, source, shown: "variant.rs", role: Role::Reference };
                let often = (&mut Kept::No, thoroughness.repeat);
                verdicts.push(written::judge(attempt, subject, &compiler, runner.cache(), &events, often).await?);
            }
            verdicts
        }
        (Track::Rust, None) => {
            if let Err(error) = rewrite::rewrite(files.hidden()) {
                return Ok(Result::of(vec![format!("rust/hidden.rs:{error}")]));
            }
            let compiler = runner.compiler(course, &files.set).await?;
            let bundle = bundle::Bundle { course, exercise, files, variants: &variants };
            bundle::judge(bundle, thoroughness.repeat, &compiler, runner.cache()).await?
        }
        (Track::Python, _) => {
            let mut verdicts = Vec::new();
            for source in &variants {
                let mut own = Vec::new();
                for _ in 0..thoroughness.repeat {
                    let shown = exercise.learner_path(track);
                    let task = Task { course, exercise, track, source, shown: &shown, role: Role::Reference };
                    own.push(runner.judge(task, Reuse::Never, &mut Kept::No).await);
                }
                verdicts.push(own);
            }
            verdicts
        }
    };
    let [stub, solution, wrong @ ..] = verdicts.as_slice() else {
        return Ok(Result::of(vec!["nothing was judged".to_owned()]));
    };
    let mut reasons = criteria(exercise, solution);
    if stub.iter().any(Verdict::passed) {
        reasons.push("the stub passes; it must leave the learner something to do".to_owned());
    }
    reasons.extend(
        solution
            .iter()
            .filter(|verdict| !verdict.passed())
            .map(|verdict| format!("the solution does not pass: {}", account(verdict))),
    );
    for (answer, verdicts) in files.wrong.iter().zip(wrong) {
        reasons.extend(verdicts.iter().filter_map(|verdict| rejected_rightly(answer, verdict).err()));
    }
    reasons.extend(messages(exercise, files));
    reasons.sort();
    reasons.dedup();
    Ok(Result::of(reasons))
}

/// The hidden tests evidence the criteria that the exercise names, and no others.
fn criteria(exercise: &Exercise, solution: &[Verdict]) -> Vec<String> {
    let Some(verdict) = solution.first() else { return Vec::new() };
    if verdict.tests.is_empty() {
        return Vec::new();
    }
    let shown = |id: &String| verdict.tests.iter().any(|test| test.criterion == *id);
    let unshown = exercise.criteria.iter().filter(|id| !shown(id));
    let unshown =
        unshown.map(|id| format!("no hidden test evidences the criterion `{id}` (a module or class of its name)"));
    let unnamed = verdict.tests.iter().filter(|test| !exercise.criteria.contains(&test.criterion));
    let unnamed = unnamed.map(|test| {
        format!("the test {} evidences `{}`, which exercise.toml does not name", test.name, test.criterion)
    });
    unshown.chain(unnamed).collect()
}

fn rejected_rightly(answer: &WrongAnswer, verdict: &Verdict) -> std::result::Result<(), String> {
    let wrong = |what: String| Err(format!("wrong/{}: {what}", answer.file));
    let (name, expected) = match &answer.rejection {
        Rejection::Compile => {
            return match verdict.kind {
                Kind::DidNotCompile { .. } => Ok(()),
                _ => wrong(format!("is said not to compile, but {}", account(verdict))),
            };
        }
        Rejection::Escape { fault } => {
            return match verdict.faults.iter().find(|one| !one.fate.is_caught()) {
                Some(first) if first.fault == *fault => Ok(()),
                _ => {
                    wrong(format!("`{fault}` is said to be the first fault that escapes it, but {}", account(verdict)))
                }
            };
        }
        Rejection::Test { name, message } => (name, message.as_deref()),
    };
    let Some(test) = verdict.tests.iter().find(|test| test.name == *name) else {
        return wrong(format!("there is no test {name}; {}", account(verdict)));
    };
    let message = match &test.outcome {
        Outcome::Failed { failure } => failure.message.as_deref(),
        Outcome::Hung { .. } | Outcome::Crashed { .. } if expected.is_none() => return Ok(()),
        _ => return wrong(format!("the test {name} does not reject it; {}", account(verdict))),
    };
    if message != expected {
        let said = message.map_or_else(|| account(verdict), |key| format!("`{key}`"));
        let expected = expected.unwrap_or("none");
        return wrong(format!("the test {name} says {said}; the message `{expected}` was expected"));
    }
    // The learner reads the first failure; it must be one of this mistake's.
    match verdict.first_failure().map(|first| &first.outcome) {
        Some(Outcome::Failed { failure }) if failure.message.is_some() || expected.is_none() => Ok(()),
        Some(_) => wrong(format!("the first failure that the learner reads carries no message; {}", account(verdict))),
        None => Ok(()),
    }
}

/// Messages that no wrong answer leads to are words that nobody has seen at work.
fn messages(exercise: &Exercise, files: &TrackFiles) -> Vec<String> {
    let used = |key: &String| exercise.tracks.values().any(|files| files.hidden().contains(&format!("\"{key}\"")));
    let unused = exercise.messages.keys().filter(|key| !used(key));
    let unused = unused.map(|key| format!("exercise.toml: no hidden test says `{key}`"));
    let none = files
        .wrong
        .is_empty()
        .then(|| "there is no wrong answer; a typical mistake is part of every exercise".to_owned());
    unused.chain(none).collect()
}

/// A verdict in one line.
fn account(verdict: &Verdict) -> String {
    let first = verdict.first_failure().map(|test| match &test.outcome {
        Outcome::Failed { failure } => format!("{}: {}", test.name, failure.text.lines().next().unwrap_or_default()),
        outcome => format!("{}: {outcome:?}", test.name),
    });
    let escaped = verdict.faults.iter().find(|one| !one.fate.is_caught());
    let first = first.or(escaped.map(|one| format!("the fault `{}` escapes", one.fault)));
    let errors = verdict.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let compiler = errors.map(|diagnostic| diagnostic.message.clone()).next();
    match (&verdict.kind, first.or(compiler)) {
        (Kind::Setup { problem }, _) => format!("it could not be judged: {problem}"),
        (Kind::Passed, _) => "it passes".to_owned(),
        (kind, Some(first)) => format!("it came to {kind:?} ({first})"),
        (kind, None) => format!("it came to {kind:?}"),
    }
}
