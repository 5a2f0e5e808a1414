//! Knows the tests in a file of hidden tests, by their place: classes at the left margin, tests in them.

use crate::runner::setup::SetupError;

/// A hidden test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenTest {
    /// Its name as pytest has it: `TestPatterns::test_keeps_the_order`.
    pub name: String,
    /// The criterion that it evidences: its class's name in small letters with hyphens, without `Test`.
    pub criterion: String,
}

/// The tests of a text, in its order.
pub fn tests(source: &str) -> Vec<HiddenTest> {
    let mut class: Option<&str> = None;
    let mut tests = Vec::new();
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("class Test") {
            class = Some(name(rest));
        } else if line.starts_with(|c: char| !c.is_whitespace() && c != '#' && c != ')') {
            class = None;
        }
        let inner = line.strip_prefix("    ").map(|line| line.strip_prefix("async ").unwrap_or(line));
        let (Some(class), Some(test)) = (class, inner.and_then(|line| line.strip_prefix("def test_"))) else {
            continue;
        };
        tests.push(HiddenTest { name: format!("Test{class}::test_{}", name(test)), criterion: criterion(class) });
    }
    tests
}

/// The tests of a text, of which there must be one.
///
/// # Errors
/// When there are none.
pub fn tests_of(source: &str) -> Result<Vec<HiddenTest>, SetupError> {
    let tests = tests(source);
    if tests.is_empty() {
        return Err(SetupError::NoHiddenTest);
    }
    Ok(tests)
}

fn name(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(text)
}

fn criterion(class: &str) -> String {
    let mut id = String::new();
    for c in class.chars() {
        if c.is_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.extend(c.to_lowercase());
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_class_and_name_in_the_order_of_the_file() {
        let source = "import pytest\n\n@pytest.mark.asyncio\nclass TestNoBlocking:\n    async def test_b(self):\n        \
                      def test_inner(): ...\n\n    def test_a(self): ...\n    def helper(self): ...\n\n\
                      def test_outside(): ...\n    def test_lost(): ...\nclass TestErrors:\n    def test_b(self): ...\n";
        let seen: Vec<_> = tests(source).into_iter().map(|test| (test.name, test.criterion)).collect();
        let expected = [
            ("TestNoBlocking::test_b", "no-blocking"),
            ("TestNoBlocking::test_a", "no-blocking"),
            ("TestErrors::test_b", "errors"),
        ];
        assert_eq!(seen, expected.map(|(name, criterion)| (name.to_owned(), criterion.to_owned())));
    }
}
