//! What gives other runners wrong verdicts, tried many times: every verdict must be the one that the text deserves.

use super::place::Place;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

/// Tries every hazard; whether no verdict was wrong.
pub fn run(place: &Place, tries: usize) -> Result<bool> {
    println!("{:<66} {:>6} {:>6}", "hazard", "tries", "wrong");
    let mut none = true;
    for (what, hazard) in HAZARDS {
        let mut wrong = 0;
        for n in 0..tries {
            eprint!("\r{n} of {tries}   ");
            wrong += hazard(place, n).with_context(|| format!("trying `{what}`"))?;
        }
        eprint!("\r                \r");
        println!("{what:<66} {tries:>6} {wrong:>6}");
        none &= wrong == 0;
    }
    Ok(none)
}

/// Tries a hazard once and tells how many verdicts were wrong.
type Hazard = fn(&Place, usize) -> Result<usize>;

const HAZARDS: [(&str, Hazard); 7] = [
    ("two exercises in turn, crates of one name, same times of change", two_exercises),
    ("right and wrong in turn, every file of the same time of change", in_turn),
    ("replaced by a file with an older time of change", older),
    ("saved again within one second, whole-second times", same_second),
    ("two programs at once, one exercise, one right and one wrong", at_once),
    ("killed in the middle of a build, then judged", killed),
    ("the whole group killed in the middle, then judged", group_killed),
];

/// The text of a try, and the exit code that it deserves: right and wrong in turn, each new.
fn text(place: &Place, n: usize) -> (String, i32) {
    // Wrong texts and right texts have the same numbers, so their names and sizes agree as far as they can.
    let number = 20_000 + n / 2;
    if n.is_multiple_of(2) { (place.solution(number), 0) } else { (place.wrong(number), 1) }
}

fn command(place: &Place, exercise: &str, file: &Path) -> Command {
    let mut command = place.awaitlings();
    command.args(["run", exercise, "--again", "--file"]).arg(file);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// One where the verdict is not the one deserved.
fn judge(place: &Place, file: &Path, expected: i32) -> Result<usize> {
    let status = command(place, place.exercise(), file).status()?;
    Ok(usize::from(status.code() != Some(expected)))
}

fn write_at(path: &Path, text: &str, time: SystemTime) -> Result<()> {
    fs::write(path, text)?;
    Ok(File::options().write(true).open(path)?.set_modified(time)?)
}

fn two_exercises(place: &Place, n: usize) -> Result<usize> {
    let file = place.path("hazard.rs");
    let mut wrong = 0;
    for (exercise, (text, expected)) in
        [place.exercise(), Place::OTHER].into_iter().zip([text(place, n), text(place, n + 1)])
    {
        write_at(&file, &text, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))?;
        let status = command(place, exercise, &file).status()?;
        wrong += usize::from(status.code() != Some(expected));
    }
    Ok(wrong)
}

fn in_turn(place: &Place, n: usize) -> Result<usize> {
    let file = place.path("hazard.rs");
    let (text, expected) = text(place, n);
    write_at(&file, &text, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))?;
    judge(place, &file, expected)
}

fn older(place: &Place, n: usize) -> Result<usize> {
    let file = place.path("hazard.rs");
    let (text, expected) = text(place, n);
    let age = u64::try_from(n)? + 1;
    write_at(&file, &text, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 - age * 60))?;
    judge(place, &file, expected)
}

fn same_second(place: &Place, n: usize) -> Result<usize> {
    let file = place.path("hazard.rs");
    let mut wrong = 0;
    for (text, expected) in [text(place, 2 * n), text(place, 2 * n + 1)] {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        write_at(&file, &text, SystemTime::UNIX_EPOCH + Duration::from_secs(now))?;
        wrong += judge(place, &file, expected)?;
    }
    Ok(wrong)
}

fn at_once(place: &Place, n: usize) -> Result<usize> {
    let (right, wrong) = (place.path("right.rs"), place.path("wrong.rs"));
    fs::write(&right, place.solution(30_000 + n))?;
    fs::write(&wrong, place.wrong(30_000 + n))?;
    let mut started: Vec<(Child, i32)> = Vec::new();
    for (file, expected) in [(&right, 0), (&wrong, 1)] {
        started.push((command(place, place.exercise(), file).spawn()?, expected));
    }
    let mut bad = 0;
    for (mut child, expected) in started {
        bad += usize::from(child.wait()?.code() != Some(expected));
    }
    Ok(bad)
}

fn killed(place: &Place, n: usize) -> Result<usize> {
    kill_and_judge(place, n, |child| Ok(child.kill()?))
}

fn group_killed(place: &Place, n: usize) -> Result<usize> {
    kill_and_judge(place, n, |child| {
        let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).context("no process")?;
        Ok(rustix::process::kill_process_group(group, rustix::process::Signal::KILL)?)
    })
}

/// Starts on a text of the other verdict, kills that at a time that differs from try to try, and judges.
fn kill_and_judge(place: &Place, n: usize, kill: impl Fn(&mut Child) -> Result<()>) -> Result<usize> {
    use std::os::unix::process::CommandExt;
    let file = place.path("hazard.rs");
    let (other, _) = text(place, n + 1);
    fs::write(&file, other)?;
    let mut child = command(place, place.exercise(), &file).process_group(0).spawn()?;
    // Spreads the kills over the whole of a run, in an order without a pattern.
    std::thread::sleep(Duration::from_millis((n as u64 * 37) % 331));
    kill(&mut child)?;
    child.wait()?;
    let (text, expected) = text(place, n);
    fs::write(&file, text)?;
    judge(place, &file, expected)
}
