//! Runs the Python harness's own tests (`tests/python_harness/`) by plain pytest, as a kept folder would.

mod python;

use python::Place;
use std::path::Path;
use std::process::Command;

#[test]
fn the_harness_passes_its_tests() {
    let place = Place::new();
    let environment = place.runtime.block_on(place.runner.python_environment(&place.course, "base")).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pytest = Command::new(environment.program());
    let settings = ["asyncio_mode=strict", "asyncio_default_fixture_loop_scope=function"];
    pytest.args(["-B", "-m", "pytest", "-q", "-W", "error", "-p", "harness.plugin", "-p", "no:cacheprovider"]);
    pytest.args(settings.iter().flat_map(|setting| ["-o", setting])).arg("--rootdir").arg(root.join("tests"));
    pytest
        .args(["-c", "/dev/null", "-o"])
        .arg(format!("pythonpath={}", root.join("exercises/harness/python").display()));
    pytest.arg(root.join("tests/python_harness")).env("PYTHONPATH", root.join("exercises/harness/python"));
    let output = pytest.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains(" passed"), "{text}");
}
