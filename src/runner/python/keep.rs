//! Leaves a folder in which plain `python -m pytest` judges a solution again.

use super::judge::Attempt;
use crate::course::Subject;
use std::fs;
use std::io;
use std::path::PathBuf;
use tempfile::TempDir;

/// pytest's settings: those that the server gives it.
const SETTINGS: &str = "[pytest]
addopts = -p harness.plugin -p no:cacheprovider
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
filterwarnings = error
pythonpath = .
";

/// Writes the solution, the hidden tests and the harness.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write(attempt: &Attempt<'_>) -> io::Result<PathBuf> {
    let folder = around(attempt, "This judges it again")?;
    fs::write(folder.path().join("solution.py"), attempt.source)?;
    fs::write(folder.path().join("test_hidden.py"), attempt.files.hidden())?;
    Ok(folder.keep())
}

/// As [`write`], where the learner wrote the tests: they, the subject's reference, and the faults beside it.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write_written(attempt: &Attempt<'_>, subject: &Subject) -> io::Result<PathBuf> {
    let module = attempt.exercise.subject_module();
    let how = format!(
        "This runs your tests against the reference; copy a file of faults/ over subject/{module}.py, and they must fail"
    );
    let folder = around(attempt, &how)?;
    let root = folder.path();
    for part in ["subject", "faults"] {
        fs::create_dir(root.join(part))?;
    }
    fs::write(root.join("test_written.py"), attempt.source)?;
    fs::write(root.join("subject/__init__.py"), "")?;
    fs::write(root.join("subject").join(format!("{module}.py")), &subject.reference)?;
    for fault in &subject.faults {
        fs::write(root.join("faults").join(format!("{}.py", fault.id)), &fault.text)?;
    }
    Ok(folder.keep())
}

/// A folder with what every kept solution needs.
fn around(attempt: &Attempt<'_>, what: &str) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("awaitlings-").tempdir()?;
    let root = folder.path();
    fs::write(root.join("pytest.ini"), SETTINGS)?;
    let set = attempt.course.sets.get(&attempt.files.set);
    let requirements = set.and_then(|set| set.requirements.as_deref()).unwrap_or_default();
    fs::write(root.join("requirements.txt"), requirements)?;
    for (path, text) in &attempt.course.python_harness {
        let path = root.join("harness").join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)?;
    }
    let how = "python -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python -m pytest";
    fs::write(root.join("README"), format!("Made by awaitlings. {what}:\n\n    {how}\n"))?;
    Ok(folder)
}
