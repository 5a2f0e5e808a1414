//! What a test run said, counted. Running them is the runner's work, under its limits; this only takes the result.

use serde::Serialize;

/// The counted result of one test run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TestCounts {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, or could not be started.
    pub failed: usize,
    /// Tests that were skipped or ignored.
    pub skipped: usize,
}

impl TestCounts {
    /// Tests that ran; skipped ones did not.
    pub fn total(&self) -> usize {
        self.passed + self.failed
    }

    /// Adds another run.
    pub fn add(&mut self, other: TestCounts) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Counts what `cargo test` printed: every `test result:` line.
    pub fn from_cargo(output: &str) -> TestCounts {
        let mut counts = TestCounts::default();
        for line in output.lines().filter(|line| line.trim_start().starts_with("test result:")) {
            counts.passed += number_before(line, " passed");
            counts.failed += number_before(line, " failed");
            counts.skipped += number_before(line, " ignored");
        }
        counts
    }

    /// Counts what pytest printed: its last summary line.
    pub fn from_pytest(output: &str) -> TestCounts {
        let is_summary = |line: &&str| {
            line.contains(" in ") && [" passed", " failed", " error", " skipped"].iter().any(|word| line.contains(word))
        };
        let Some(line) = output.lines().rev().find(is_summary) else { return TestCounts::default() };
        TestCounts {
            passed: number_before(line, " passed"),
            failed: number_before(line, " failed") + number_before(line, " error"),
            skipped: number_before(line, " skipped"),
        }
    }
}

fn number_before(line: &str, word: &str) -> usize {
    let Some(at) = line.find(word) else { return 0 };
    let digits: String = line[..at].chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cargo_and_pytest() {
        let cargo =
            "test result: ok. 3 passed; 0 failed; 1 ignored;\ntest result: FAILED. 1 passed; 2 failed; 0 ignored;";
        assert_eq!(TestCounts::from_cargo(cargo), TestCounts { passed: 4, failed: 2, skipped: 1 });
        let pytest = "....\n=== 4 passed, 1 failed, 2 errors, 3 skipped in 0.12s ===";
        assert_eq!(TestCounts::from_pytest(pytest), TestCounts { passed: 4, failed: 3, skipped: 3 });
        assert_eq!(TestCounts::from_pytest("no tests ran in 0.01s").total(), 0);
    }
}
