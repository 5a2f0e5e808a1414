//! Python's environment is made by whatever is there, and made again when it is broken, by the program itself as a person
//! runs it. Packages come from the environment of all tests, through a stand-in for `uv`, so that nothing is fetched.

mod python;

use python::{Place, cache_folder};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A person's cache, and a PATH on which a stand-in for `uv` comes first.
struct Person {
    root: TempDir,
    interpreter: PathBuf,
}

impl Person {
    fn new() -> Person {
        let place = Place::new();
        let environment = place.runtime.block_on(place.runner.python_environment(&place.course, "base")).unwrap();
        let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let person = Person { root, interpreter: environment.interpreter.program.clone() };
        fs::create_dir(person.path("bin")).unwrap();
        fs::write(person.path("answer.py"), "async def answer():\n    return 42\n").unwrap();
        person.install_uv(&format!(
            "case $1 in\n\
             venv) exec {} -m venv --without-pip venv;;\n\
             pip) for to in venv/lib/python*/site-packages; do cp -a {}/venv/lib/python*/site-packages/. $to; done;;\n\
             esac\n",
            person.interpreter.display(),
            environment.folder.display(),
        ));
        person
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Puts a `uv` on PATH that notes how it is called and then does this.
    fn install_uv(&self, script: &str) {
        let uv = self.path("bin/uv");
        fs::write(&uv, format!("#!/bin/sh\necho \"$1\" >> {}\n{script}", self.path("calls").display())).unwrap();
        fs::set_permissions(&uv, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// How the stand-in was called since the last time.
    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.path("calls")).unwrap_or_default();
        let _ = fs::remove_file(self.path("calls"));
        calls.lines().map(str::to_owned).collect()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_awaitlings"));
        let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/course");
        command.arg("--course").arg(course).args(args).current_dir(self.root.path());
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([self.path("bin")].into_iter().chain(std::env::split_paths(&path))).unwrap();
        command.env("PATH", path).env("AWAITLINGS_CACHE", self.path("cache")).env("HOME", self.root.path());
        command.env("AWAITLINGS_PYTHON", &self.interpreter).env("PIP_NO_INDEX", "1").env("LANG", "C.UTF-8");
        command
    }

    fn run(&self) -> Output {
        self.command(&["run", "answer", "--file", "answer.py", "--again"]).output().unwrap()
    }

    fn assert_passes(&self) {
        let output = self.run();
        assert!(output.status.success(), "{}", text(&output));
    }

    /// The folder of the one environment.
    fn environment(&self) -> PathBuf {
        let mut folders = fs::read_dir(self.path("cache/python")).unwrap().map(|entry| entry.unwrap().path());
        folders.next().unwrap()
    }

    fn package_file(&self, name: &str) -> PathBuf {
        let libraries = fs::read_dir(self.environment().join("venv/lib")).unwrap();
        let libraries: Vec<PathBuf> = libraries.map(|entry| entry.unwrap().path()).collect();
        libraries[0].join("site-packages").join(name)
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// As [`text`], with the lines joined.
fn words(output: &Output) -> String {
    text(output).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn uv_makes_it_once_and_doctor_tells() {
    let person = Person::new();
    assert!(text(&person.command(&["doctor"]).output().unwrap()).contains("not installed yet"));
    person.assert_passes();
    assert_eq!(person.calls(), ["venv", "pip"]);
    person.assert_passes();
    assert_eq!(person.calls(), Vec::<String>::new());
    assert!(text(&person.command(&["doctor"]).output().unwrap()).contains("installed, by uv"));
}

#[test]
fn a_half_made_and_a_broken_one_are_made_again() {
    let person = Person::new();
    person.assert_passes();
    person.calls();
    let damages: [(&str, &dyn Fn()); 6] = [
        ("it was interrupted", &|| fs::remove_file(person.environment().join("ready.json")).unwrap()),
        ("a package is gone", &|| fs::remove_file(person.package_file("pytest/__init__.py")).unwrap()),
        ("a package is damaged", &|| {
            fs::write(person.package_file("pytest_asyncio/plugin.py"), "raise OSError").unwrap()
        }),
        ("a package is cut short", &|| {
            let file = fs::File::options().write(true).open(person.package_file("_pytest/fixtures.py")).unwrap();
            file.set_len(100).unwrap();
        }),
        ("a file is in its place", &|| {
            let folder = person.environment();
            fs::remove_dir_all(&folder).unwrap();
            fs::write(folder, "").unwrap();
        }),
        ("its Python is gone", &|| fs::remove_file(person.environment().join("venv/bin/python")).unwrap()),
    ];
    for (what, damage) in damages {
        damage();
        person.assert_passes();
        assert_eq!(person.calls(), ["venv", "pip"], "{what}");
    }
}

#[test]
fn a_broken_harness_is_written_again() {
    let person = Person::new();
    person.assert_passes();
    person.calls();
    let folder = fs::read_dir(person.path("cache/python-harness")).unwrap().next().unwrap().unwrap().path();
    let bytecode = fs::read_dir(folder.join("awaitlings_server/__pycache__")).unwrap();
    let bytecode: Vec<PathBuf> = bytecode.map(|file| file.unwrap().path()).collect();
    let damages: [&dyn Fn(); 3] = [
        &|| fs::write(folder.join("harness/api.py"), "").unwrap(),
        &|| fs::remove_dir_all(folder.join("harness")).unwrap(),
        &|| {
            for file in &bytecode {
                let mut code = fs::read(file).unwrap();
                code[16..].fill(0);
                fs::write(file, code).unwrap();
            }
        },
    ];
    for damage in damages {
        damage();
        person.assert_passes();
        assert_eq!(person.calls(), Vec::<String>::new(), "the packages are whole");
    }
}

#[test]
fn without_a_python_the_message_says_how_to_get_one() {
    let person = Person::new();
    let empty = person.path("empty");
    fs::create_dir(&empty).unwrap();
    for (language, says) in [("en", "no Python was found on PATH"), ("zh", "PATH 中没有 Python")] {
        let mut command = person.command(&["run", "answer", "--file", "answer.py", "--lang", language]);
        let output = command.env_remove("AWAITLINGS_PYTHON").env("PATH", &empty).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let text = words(&output);
        assert!(text.contains(says) && text.contains("3.11") && text.contains("uv python install"), "{text}");
    }
}

#[test]
fn a_python_is_named_by_an_option_before_the_environment_before_the_settings() {
    let person = Person::new();
    assert!(person.command(&["init", "dojo"]).output().unwrap().status.success());
    let settings = person.path("dojo/awaitlings.toml");
    let written = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, written + "python = \"tools/set\"\n").unwrap();
    let run = |environment: Option<&Path>, option: Option<&Path>| {
        let mut command = person.command(&["run", "answer", "--file", "../answer.py", "--again"]);
        command.current_dir(person.path("dojo")).env_remove("AWAITLINGS_PYTHON");
        environment.map(|python| command.env("AWAITLINGS_PYTHON", python));
        option.map(|python| command.arg("--python").arg(python));
        command.output().unwrap()
    };
    let refused = |output: Output, path: &str| {
        assert_eq!(output.status.code(), Some(2));
        // Where the lines are broken depends on the folder's name.
        let text = words(&output).replace(' ', "");
        assert!(text.contains(path) && text.contains("isnoPython3.11ornewer"), "{text}");
    };
    let right = person.interpreter.as_path();
    refused(run(None, None), "dojo/tools/set");
    refused(run(Some(Path::new("/by/environment")), None), "`/by/environment`");
    refused(run(Some(right), Some(Path::new("/by/option"))), "`/by/option`");
    for (environment, option) in [(Some(right), None), (Some(Path::new("/nowhere")), Some(right))] {
        let output = run(environment, option);
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[test]
fn without_a_network_the_message_says_that_it_is_needed_once() {
    let person = Person::new();
    person.install_uv("exit 1\n");
    let output = person.run();
    assert!(!output.status.success());
    let text = words(&output);
    assert!(text.contains("Connect to the network and try again"), "{text}");
    assert!(!person.environment().join("ready.json").exists());
    assert_eq!(person.calls(), ["venv"]);
    assert!(cache_folder().exists());
}
