//! Measures judging: what a learner waits for, against what a reader of the docs would do and against the limit.
//!
//! ```text
//! cargo bench --bench judging                        the table, about five minutes
//! cargo bench --bench judging -- --rounds 25         more rounds, for a machine that is not quiet
//! cargo bench --bench judging -- --hazards           also 200 tries of each thing that gives other runners wrong verdicts
//! cargo bench --bench judging -- --cache DIR         take the libraries from DIR, and leave them there
//! ```
//!
//! Every round takes each measure once, so that whatever else the machine does falls on all of them alike. Both sides
//! of every row come from the same run. Everything happens below the target folder and is removed afterwards.

mod cargo;
mod direct;
mod hazards;
mod place;
mod rounds;
mod save;
mod table;

use anyhow::{Context, Result};
use place::Place;
use rounds::{Measure, Rounds};
use std::path::PathBuf;
use std::process::ExitCode;
use table::Row;

/// How often each measure is taken, unless the person says otherwise.
const ROUNDS: usize = 11;

/// How often each hazard is tried.
const TRIES: usize = 200;

struct Args {
    rounds: usize,
    hazards: Option<usize>,
    cache: Option<PathBuf>,
}

fn main() -> ExitCode {
    let Some(args) = arguments() else {
        println!("measured by `cargo bench --bench judging`; nothing is measured now");
        return ExitCode::SUCCESS;
    };
    match args.and_then(|args| run(&args)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("judging: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// What was asked for; nothing where cargo runs this as a test.
fn arguments() -> Option<Result<Args>> {
    let mut given = std::env::args().skip(1).peekable();
    let mut asked = false;
    let mut args = Args { rounds: ROUNDS, hazards: None, cache: None };
    while let Some(argument) = given.next() {
        let taken = match argument.as_str() {
            "--bench" => {
                asked = true;
                Ok(())
            }
            "--rounds" => number(given.next()).map(|rounds| args.rounds = rounds),
            "--hazards" => {
                let tries = given.next_if(|next| !next.starts_with("--"));
                number(tries.or(Some(TRIES.to_string()))).map(|tries| args.hazards = Some(tries))
            }
            "--cache" => given.next().map(|path| args.cache = Some(path.into())).context("--cache takes a folder"),
            other => Err(anyhow::anyhow!("`{other}` is not known; see the head of benches/judging/main.rs")),
        };
        if let Err(error) = taken {
            return Some(Err(error));
        }
    }
    asked.then_some(Ok(args))
}

fn number(text: Option<String>) -> Result<usize> {
    let text = text.unwrap_or_default();
    text.parse().ok().filter(|number| *number > 0).with_context(|| format!("`{text}` is not a count"))
}

/// Measures; whether all went as it should (goals that are missed are printed, wrong verdicts are an error).
fn run(args: &Args) -> Result<bool> {
    let place = Place::prepare(args.cache.as_deref())?;
    if args.rounds > 1 {
        let measured = measure(&place, args.rounds)?;
        println!("{measured}");
    }
    match args.hazards {
        Some(tries) => hazards::run(&place, tries),
        None => Ok(true),
    }
}

fn measure(place: &Place, rounds: usize) -> Result<String> {
    let naive = cargo::Kept::make(place)?;
    let limit = direct::Direct::new(place, "limit", direct::Incremental::Yes)?;
    let full = direct::Direct::new(place, "full", direct::Incremental::No)?;
    let mut save = save::Save::new(place)?;
    let variants = place.variants();
    let measures: Vec<(&str, Measure<'_>)> = vec![
        ("run", Box::new(|n| place.run_pass(n))),
        ("cargo test", Box::new(|n| naive.test(n))),
        ("limit", Box::new(|n| limit.judge(n))),
        ("run, type error", Box::new(|n| place.run_error(n))),
        ("cargo check, type error", Box::new(|n| naive.check_error(n))),
        ("run, first build", Box::new(|n| place.run_first(n))),
        ("run, first build, primed", Box::new(|n| place.run_primed(n + 500))),
        ("rustc, first build", Box::new(|n| full.judge(n))),
        ("course check, a variant", Box::new(|_| place.check_course())),
        ("cargo test, a variant", Box::new(|_| naive.test_variants(&variants))),
        ("save to build", Box::new(|n| save.until_compiling(n))),
    ];
    let taken = Rounds::take(rounds, measures)?;
    let rows = [
        Row::against("pass after a one-line edit, five tests", "run", "cargo test", 0.55),
        Row::against("the same, against the limit", "run", "limit", 1.40),
        Row::against("stub -> solution, first build", "run, first build", "rustc, first build", 1.25),
        Row::against("the same, stub built before", "run, first build, primed", "rustc, first build", 1.25),
        Row::against("verdict on a type error", "run, type error", "run", 1.00),
        Row::against("the same, against cargo", "run, type error", "cargo check, type error", 0.65),
        Row::against("course check, a variant", "course check, a variant", "cargo test, a variant", 0.15),
        Row::within("save noticed to build started", "save to build", 5.0),
    ];
    Ok(table::text(&taken, &rows))
}
