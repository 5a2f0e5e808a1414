//! Checks one example of a lesson: what it is marked to do, it does.

use crate::course::{Course, Track};
use crate::lesson::{Fence, Mark};
use crate::runner::example::{BASE_SET, Example, ExampleEnd, Extent};
use crate::runner::{Runner, SetupError};

/// What came of checking an example.
pub(super) enum Outcome {
    /// It does what it is marked to.
    AsClaimed,
    /// It does not.
    Not(String),
    /// It cannot be checked here.
    Skipped(String),
}

pub(super) async fn check(course: &Course, fence: &Fence, runner: &Runner) -> Result<Outcome, SetupError> {
    let Some(track) = Track::from_name(&fence.language) else { return Ok(Outcome::AsClaimed) };
    if fence.has(Mark::Sketch) {
        return Ok(Outcome::AsClaimed);
    }
    let extent = if fence.has(Mark::NoRun) { Extent::Build } else { Extent::Run };
    let set = fence.set.as_deref().unwrap_or(BASE_SET);
    let example = match track {
        Track::Rust => {
            let compiler = runner.compiler(course, set).await?;
            runner.rust_example(&compiler, &fence.text, extent).await?
        }
        Track::Python => match runner.python_example(course, set, &fence.text, extent).await {
            Err(error @ SetupError::NoPython { .. }) => return Ok(Outcome::Skipped(error.to_string())),
            example => example?,
        },
    };
    Ok(judge(fence, &example))
}

fn judge(fence: &Fence, example: &Example) -> Outcome {
    let fails = fence.has(Mark::Fails);
    match example.end {
        ExampleEnd::Rejected | ExampleEnd::Failed if fails => Outcome::AsClaimed,
        ExampleEnd::Ended if fails => Outcome::Not("the example is marked `fails`, but ends well".to_owned()),
        ExampleEnd::Built if fails => Outcome::Not("the example is marked `fails`, but compiles".to_owned()),
        ExampleEnd::Built if fence.has(Mark::Run) => {
            Outcome::Not("the example is marked `run`, but has no `main`".to_owned())
        }
        ExampleEnd::Built | ExampleEnd::Ended => Outcome::AsClaimed,
        ExampleEnd::Rejected | ExampleEnd::Failed | ExampleEnd::TimedOut => {
            let said = example.diagnostics.iter().map(|diagnostic| diagnostic.rendered.as_str());
            let said: String = said.map(str::to_owned).chain([example.output()]).collect();
            Outcome::Not(format!("the example came to {:?}:\n{}", example.end, said.trim_end()))
        }
    }
}
