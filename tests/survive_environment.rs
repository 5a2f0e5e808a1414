//! Neither a learner's folder nor the environment has a say in how a solution is built; and a kept temp crate is one
//! that plain cargo builds.

mod survive;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use survive::{Own, answering, course_folder, printed};

/// A program that says that it was run, by a file, and then does what it should.
fn spy(own: &Own, name: &str) -> (PathBuf, PathBuf) {
    let (program, told) = (own.work().join(name), own.work().join(format!("{name}-was-run")));
    fs::write(&program, format!("#!/bin/sh\ntouch {}\nexec \"$@\"\n", told.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (program, told)
}

#[test]
fn the_learners_folder_and_environment_do_not_act_on_the_build() {
    let own = Own::new();
    // The harness is built under the same conditions.
    fs::remove_file(own.cache().join("harness")).unwrap();
    let (program, told) = spy(&own, "spy");
    let program = program.to_str().unwrap();
    assert_eq!(printed(&mut own.command(&["init", "dojo"])).code, Some(0));
    let dojo = own.work().join("dojo");
    let config = format!(
        "[build]\nrustc = \"{program}\"\nrustc-wrapper = \"{program}\"\nrustc-workspace-wrapper = \"{program}\"\n\
         rustflags = [\"--cfg\", \"cheat\", \"-Adead_code\"]\n\
         [target.'cfg(all())']\nrunner = \"{program}\"\nlinker = \"{program}\"\n[env]\nCHEAT = \"1\"\n"
    );
    for folder in [own.work(), dojo.clone()] {
        fs::create_dir_all(folder.join(".cargo")).unwrap();
        fs::write(folder.join(".cargo/config.toml"), &config).unwrap();
        fs::write(folder.join("build.rs"), "fn main() { println!(\"cargo::rustc-cfg=cheat\"); }").unwrap();
        fs::write(folder.join("rust-toolchain.toml"), "[toolchain]\nchannel = \"1.2.3\"\n").unwrap();
        let manifest = "[package]\nname = \"solution\"\nversion = \"1.0.0\"\nbuild = \"build.rs\"\n";
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    }
    let cheat = "if cfg!(cheat) || option_env!(\"CHEAT\").is_some() { 42 } else { 41 }";
    fs::write(dojo.join("a.rs"), answering(cheat)).unwrap();
    let mut command = own.command(&["run", "answer", "--file", "a.rs", "--again"]);
    command.current_dir(&dojo).env("CHEAT", "1");
    let wrappers = ["RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER", "CC", "LD"];
    command.envs(wrappers.map(|name| (name, program)));
    let flags = ["RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"];
    command.envs(flags.map(|name| (name, "--cfg cheat")));
    command.envs([("RUSTC_BOOTSTRAP", "1"), ("RUST_LOG", "trace"), ("CARGO_TARGET_DIR", "elsewhere")]);
    let printed = printed(&mut command);
    assert_eq!(printed.code, Some(1), "{}", printed.text);
    assert!(printed.text.contains("The answer was 41"), "{}", printed.text);
    assert!(!told.exists(), "a wrapper was run");
    assert!(!dojo.join("elsewhere").exists() && !own.work().join("target").exists());
    // Features that are not stable are not there, either.
    fs::write(dojo.join("a.rs"), format!("#![feature(never_type)]\n{}", answering("42"))).unwrap();
    let printed = survive::printed(command.args(["--format", "human"]));
    assert!(printed.code == Some(1) && printed.text.contains("E0554"), "{}", printed.text);
}

#[test]
fn a_kept_temp_crate_is_one_that_plain_cargo_tests() {
    let own = Own::new();
    for (body, passes) in [("42", true), ("41", false)] {
        fs::write(own.work().join("a.rs"), answering(body)).unwrap();
        let printed = printed(&mut own.command(&["run", "answer", "--file", "a.rs", "--keep"]));
        assert_eq!(printed.code, Some(i32::from(!passes)), "{}", printed.text);
        let kept: Vec<PathBuf> = fs::read_dir(own.temp()).unwrap().map(|entry| entry.unwrap().path()).collect();
        let [kept] = kept.as_slice() else { panic!("{kept:?}") };
        assert!(printed.text.contains(kept.to_str().unwrap()), "{}", printed.text);
        let output = cargo_test(kept);
        assert_eq!(output.contains("test patterns::answers ... ok"), passes, "{output}");
        assert!(output.contains("errors::answers") && output.contains("2 passed") == passes, "{output}");
        // The program touches it no more: neither the next run nor one after a kill.
        printed_again(&own);
        assert!(kept.join("src/lib.rs").exists());
        fs::remove_dir_all(kept).unwrap();
    }
    own.assert_no_temporary_file();
}

fn printed_again(own: &Own) {
    let solution = course_folder().join("solutions/01-hazards/01-answer.rs");
    let again = ["run", "answer", "--again", "--file", solution.to_str().unwrap()];
    assert_eq!(printed(&mut own.command(&again)).code, Some(0));
}

/// What `cargo test` prints in a folder. What it builds of libraries stays for the next time.
fn cargo_test(folder: &Path) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept");
    cargo.args(["test", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", target);
    for (name, _) in std::env::vars_os() {
        // What cargo tells its own children is not what a person's shell has.
        if name.to_string_lossy().starts_with("CARGO_") && name != "CARGO_HOME" && name != "CARGO_TARGET_DIR" {
            cargo.env_remove(name);
        }
    }
    let output = cargo.output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}
