//! The learner's folder against kills: whatever a reset was doing, the work is in the file or in a backup.
//!
//! The resetter is this very test program, started again with `AWAITLINGS_TEST_RESETTER` set to the folder.

use awaitlings::course::Track;
use awaitlings::workspace::{ExerciseRef, Plan, Settings, Workspace};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const VARIABLE: &str = "AWAITLINGS_TEST_RESETTER";
const STUB: &str = "pub async fn fetch_all() {}\n";

fn fan_out() -> ExerciseRef {
    ExerciseRef::new("01-basic-patterns", "03-fan-out")
}

fn plan() -> Plan {
    let mut plan = Plan::new(Settings::default());
    plan.stub(fan_out(), Track::Rust, STUB).projects("tokio = \"1\"", &["pytest"]);
    plan
}

/// Nothing on its own; as the resetter it resets and undoes until it is killed.
#[test]
fn resetter() {
    let Some(folder) = std::env::var_os(VARIABLE) else { return };
    let workspace = Workspace::find(Path::new(&folder)).unwrap();
    loop {
        workspace.reset(&fan_out(), Track::Rust, STUB).unwrap();
        workspace.undo_reset(&fan_out(), Track::Rust).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "undone").and_then(|()| out.flush()).unwrap();
    }
}

#[test]
fn sixty_kills_in_resets_and_undoes_lose_no_work() {
    let temp = tempfile::tempdir().unwrap();
    let (workspace, _) = Workspace::create(temp.path(), &plan()).unwrap();
    let file = workspace.exercise_file(&fan_out(), Track::Rust).unwrap();
    let backups = workspace.our_folder().join("backups/fan-out.rust");
    for round in 0..60_u32 {
        let work = format!("// work of round {round}\n");
        fs::write(&file, &work).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "resetter", "--nocapture"])
            .env(VARIABLE, temp.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Open until the end: the resetter is to end by the kill, not because nobody listens.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with("undone")));
        // So that the kill falls anywhere in a reset or an undo.
        for _ in 0..round.wrapping_mul(2_654_435_761) % 200_000 {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success());
        drop(lines);

        let present = fs::read_to_string(&file).unwrap();
        assert!(present == work || present == STUB, "round {round}: {present}");
        let kept = |entry: fs::DirEntry| fs::read_to_string(entry.path()).unwrap() == work;
        assert!(fs::read_dir(&backups).unwrap().any(|entry| kept(entry.unwrap())), "round {round}");
    }
    // And the folder still works.
    Workspace::create(temp.path(), &plan()).unwrap();
    fs::write(&file, "// the last work\n").unwrap();
    workspace.reset(&fan_out(), Track::Rust, STUB).unwrap();
    workspace.undo_reset(&fan_out(), Track::Rust).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "// the last work\n");
}
