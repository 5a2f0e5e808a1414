//! What a reader of the docs would do: plain cargo, in the temp crate that `awaitlings run --keep` leaves.

use super::place::{Place, timed};
use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The kept crate.
pub struct Kept<'a> {
    place: &'a Place,
    folder: PathBuf,
}

impl<'a> Kept<'a> {
    /// Has the program keep the crate, and builds its libraries.
    pub fn make(place: &'a Place) -> Result<Kept<'a>> {
        fs::write(place.learner_file(place.exercise())?, place.solution(0))?;
        let output = place.awaitlings().args(["run", place.exercise(), "--keep"]).output()?;
        ensure!(output.status.success(), "the solution does not pass: {}", String::from_utf8_lossy(&output.stdout));
        let kept = fs::read_dir(place.path("tmp"))?.filter_map(|entry| Some(entry.ok()?.path()));
        let folder = kept.into_iter().find(|path| path.join("Cargo.toml").exists()).context("no crate was kept")?;
        eprintln!("building the libraries of the kept crate, as cargo does");
        let kept = Kept { place, folder };
        kept.test(0)?;
        Ok(kept)
    }

    /// Cargo and the compiler themselves: rustup's proxies would make the other side slower than it need be.
    fn cargo(&self, command: &str) -> Command {
        let toolchain = &self.place.compiler.toolchain;
        let rustdoc: OsString = toolchain.sysroot.join("bin/rustdoc").into();
        let mut cargo = self.place.clean(toolchain.cargo());
        cargo.env("RUSTC", toolchain.rustc()).env("RUSTDOC", rustdoc).current_dir(&self.folder).arg(command);
        cargo
    }

    fn write(&self, source: &str) -> Result<()> {
        Ok(fs::write(self.folder.join("src/lib.rs"), source)?)
    }

    /// `cargo test` after an edit.
    pub fn test(&self, n: usize) -> Result<Duration> {
        self.write(&self.place.solution(n))?;
        timed(&mut self.cargo("test"), 0)
    }

    /// `cargo check` after an edit with a type error.
    pub fn check_error(&self, n: usize) -> Result<Duration> {
        self.write(&self.place.type_error(n))?;
        timed(&mut self.cargo("check"), 101)
    }

    /// `cargo test` of each variant in turn, for one.
    pub fn test_variants(&self, variants: &[String; 3]) -> Result<Duration> {
        let [stub, solution, wrong] = variants;
        let mut took = Duration::ZERO;
        for (source, expected) in [(stub, 101), (solution, 0), (wrong, 101)] {
            self.write(source)?;
            took += timed(&mut self.cargo("test"), expected)?;
        }
        Ok(took.div_f64(3.0))
    }
}
