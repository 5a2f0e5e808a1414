//! Tables of solutions and what is to become of them.

use awaitlings::runner::rust::diagnostics::Diagnostic;
use awaitlings::runner::verdict::{Crash, Hang, Part};
use awaitlings::runner::{Kind, Outcome, Verdict};

/// What is to become of a solution.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// The test passes.
    Passes,
    /// The test fails, and its message or text contains this.
    Fails(&'static str),
    /// The test does not end.
    Hangs(Hang),
    /// The test's process ends without a result.
    Crashes(Crash),
    /// The test fails or its process ends: at the memory limit any allocation may be the one that fails.
    FailsOrCrashes,
    /// The test's result came in another way.
    Tampers,
    /// A part does not compile, and a diagnostic contains this.
    DoesNotCompile(Part, &'static str),
    /// The compiler does not end.
    CompilerHangs,
    /// The compiler is ended at its time limit or at its memory limit: which comes first is the machine's business.
    CompilerIsEnded,
}

/// A solution and what is to become of it.
pub struct Case {
    /// What the solution does.
    what: &'static str,
    /// Its text.
    pub source: String,
    /// What becomes of it: of every test the same, or of each its own.
    seen: Vec<Seen>,
}

/// A case.
pub fn case(what: &'static str, source: impl Into<String>, seen: impl IntoIterator<Item = Seen>) -> Case {
    Case { what, source: source.into(), seen: seen.into_iter().collect() }
}

/// A solution of the exercise `answer` with this body.
pub fn answering(body: &str) -> String {
    format!("pub async fn answer() -> u32 {{\n{body}\n}}\n")
}

impl Case {
    /// Asserts that the verdict is the expected one.
    pub fn hold(&self, verdict: &Verdict) {
        let Case { what, seen, .. } = self;
        match seen.as_slice() {
            [Seen::DoesNotCompile(part, says)] => {
                let rendered: Vec<&String> = verdict.diagnostics.iter().map(|one| &one.rendered).take(3).collect();
                assert_eq!(verdict.kind, Kind::DidNotCompile { part: *part }, "{what}: {rendered:#?}");
                let said = verdict.diagnostics.iter().any(|one| one.rendered.contains(says));
                assert!(said, "{what}: nothing says {says:?}: {rendered:#?}");
                assert!(verdict.tests.is_empty(), "{what}");
            }
            [Seen::CompilerHangs] => {
                assert_eq!(verdict.kind, Kind::TimedOut { hang: Hang::Compiling }, "{what}");
            }
            [Seen::CompilerIsEnded] => {
                let in_time = verdict.kind == Kind::TimedOut { hang: Hang::Compiling };
                let said = |one: &Diagnostic| one.rendered.contains("the compiler ended without an answer");
                let in_memory = verdict.kind == Kind::DidNotCompile { part: Part::Solution };
                assert!(in_time || (in_memory && verdict.diagnostics.iter().any(said)), "{what}: {:?}", verdict.kind);
            }
            seen => self.hold_tests(seen, verdict),
        }
    }

    fn hold_tests(&self, seen: &[Seen], verdict: &Verdict) {
        let what = self.what;
        assert!(!verdict.tests.is_empty(), "{what}: {verdict:#?}");
        for (index, test) in verdict.tests.iter().enumerate() {
            let expected = &seen[index.min(seen.len() - 1)];
            let is_so = match (expected, &test.outcome) {
                (Seen::Passes, Outcome::Passed) | (Seen::Tampers, Outcome::Tampered { .. }) => true,
                (Seen::Fails(says), Outcome::Failed { failure }) => {
                    failure.message.as_deref() == Some(says) || failure.text.contains(says)
                }
                (Seen::Hangs(hang), Outcome::Hung { hang: found }) => hang == found,
                (Seen::FailsOrCrashes, Outcome::Failed { .. } | Outcome::Crashed { .. }) => true,
                (Seen::Crashes(crash), Outcome::Crashed { crash: found }) => crash == found,
                _ => false,
            };
            assert!(is_so, "{what}: {} was to be {expected:?}: {test:#?}", test.name);
        }
        let passes = seen.iter().all(|seen| *seen == Seen::Passes);
        let kind = match seen.iter().find(|seen| **seen != Seen::Passes) {
            None => Kind::Passed,
            Some(Seen::FailsOrCrashes) if verdict.kind == Kind::Failed => Kind::Failed,
            _ if seen.contains(&Seen::Tampers) => Kind::Tampered,
            Some(Seen::Fails(_)) => Kind::Failed,
            Some(Seen::Hangs(hang)) => Kind::TimedOut { hang: *hang },
            _ => Kind::Crashed,
        };
        assert_eq!(verdict.kind, kind, "{what}");
        assert_eq!(verdict.passed(), passes, "{what}");
    }
}
