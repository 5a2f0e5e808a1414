//! Leaves a folder in which plain `python -m pytest` judges a solution again.

use super::judge::Attempt;
use std::fs;
use std::io;
use std::path::PathBuf;

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
    let mut folder = tempfile::Builder::new().prefix("awaitlings-").tempdir()?;
    let root = folder.path();
    fs::write(root.join("solution.py"), attempt.source)?;
    fs::write(root.join("test_hidden.py"), &attempt.files.hidden)?;
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
    fs::write(root.join("README"), format!("Made by awaitlings. This judges it again:\n\n    {how}\n"))?;
    folder.disable_cleanup(true);
    Ok(folder.path().to_owned())
}
