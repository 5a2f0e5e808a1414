//! A report in JUnit's XML.

use super::{Report, Result};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

pub(super) fn of(report: &Report) -> String {
    let mut suite = TestSuite::new(&report.course);
    for finding in &report.findings {
        let mut status = match &finding.result {
            Result::Ok => TestCaseStatus::success(),
            Result::Partly { .. } => TestCaseStatus::skipped(),
            Result::Failed { .. } => TestCaseStatus::non_success(NonSuccessKind::Failure),
        };
        if let Result::Failed { reasons: texts } | Result::Partly { skipped: texts } = &finding.result {
            status.set_message(texts.first().map(String::as_str).unwrap_or_default());
            status.set_description(texts.join("\n"));
        }
        let mut case = TestCase::new(&finding.item, status);
        case.set_time(Duration::from_millis(finding.took_ms));
        suite.add_test_case(case);
    }
    let mut whole = quick_junit::Report::new("awaitlings course check");
    whole.add_test_suite(suite);
    whole.to_string().unwrap_or_default()
}
