//! Knows the tests in a file of hidden tests, by their place: classes at the left margin, tests in them. And those in a
//! file that a learner wrote, as pytest collects them.

use crate::runner::setup::SetupError;
use ruff_python_ast::Stmt;

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

/// The tests of a file that a learner wrote, in its order; none where it is not Python.
pub fn written_tests(source: &str) -> Vec<String> {
    let mut tests = Vec::new();
    if let Ok(parsed) = ruff_python_parser::parse_module(source) {
        collect(&parsed.syntax().body, "", &mut tests);
    }
    tests
}

fn collect(body: &[Stmt], path: &str, tests: &mut Vec<String>) {
    for statement in body {
        match statement {
            Stmt::FunctionDef(function) if function.name.starts_with("test") => {
                let name = format!("{path}{}", function.name);
                // The later of two definitions is the one that there is.
                tests.retain(|known| *known != name);
                tests.push(name);
            }
            Stmt::ClassDef(class) if class.name.starts_with("Test") => {
                collect(&class.body, &format!("{path}{}::", class.name), tests);
            }
            _ => {}
        }
    }
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
    fn a_learners_tests_are_those_that_pytest_collects() {
        let source = "import pytest\n\nTEXT = '''\ndef test_in_a_text(): ...\n'''\n\n@pytest.mark.asyncio\n\
                      async def test_b(): ...\ndef helper():\n    def test_inside(): ...\nclass TestIt:\n    \
                      def test_c(self): ...\n    def other(self): ...\nclass Other:\n    def test_d(self): ...\n\
                      def test_b(): ...\n";
        assert_eq!(written_tests(source), ["TestIt::test_c", "test_b"]);
        assert_eq!(written_tests("def test_a(:\n"), Vec::<String>::new());
    }

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
