//! Nothing that a solution prints or is called acts on the terminal of the person who runs it.

mod survive;

use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Stdio};
use survive::{answering, awaitlings, printed};

/// What acts on terminals: the clipboard, the title, the alternate screen, colours, the cursor, a bell, a line that
/// is written over, deletions, C1 controls, strings that never end, and marks that turn the direction of text.
/// Each stands between `before` and `after`, which stay.
const ACTS: &[&str] = &[
    "\u{1b}]52;c;aGFybQ==\u{7}",
    "\u{1b}]0;title\u{1b}\\",
    "\u{1b}[?1049h",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[8m\u{1b}[31m",
    "\u{1b}c",
    "\u{1b}Pq\u{1b}\\",
    "\u{9d}0;title\u{9c}",
    "\u{9b}31m",
    "\r\u{7}\u{8}\u{7f}\u{b}\u{c}\u{e}\u{0}",
    "\u{202e}\u{2066}\u{200f}",
];

/// All of it as a Rust string literal, escaped.
fn literal() -> String {
    let text: String = ACTS.iter().flat_map(|act| ["before", act, "after "]).collect();
    let escaped: String = text.chars().map(|c| format!("\\u{{{:x}}}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

/// A solution in a folder of its own, judged by the program for people and for programs, in both languages.
fn judged(source: &str, says: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.rs"), source).unwrap();
    for args in [["--format", "human", "--lang", "en"], ["--format", "json", "--lang", "zh"]] {
        let args = [["run", "answer", "--file", "a.rs", "--again"].as_slice(), &args].concat();
        let printed = printed(&mut awaitlings(folder.path(), &args));
        assert_eq!(printed.code, Some(1), "{}", printed.text);
        for part in says {
            assert!(printed.text.contains(part), "{part:?} is missing in {}", printed.text);
        }
    }
}

#[test]
fn output_and_panics() {
    let text = literal();
    // Three lines, since fewer are not shown beside a message that says the same.
    judged(&answering(&format!("println!({text}); println!({text}); eprintln!({text}); 41")), &["beforeafter"]);
    judged(&answering(&format!("panic!({text})")), &["beforeafter"]);
    judged(
        &answering(&format!(
            "std::thread::Builder::new().name({text}.replace('\\0', \"\")).spawn(|| panic!()).unwrap().join().unwrap_err();
                 println!(\"more\"); 41"
        )),
        &["beforeafter"],
    );
    let bytes = "std::io::Write::write_all(&mut std::io::stdout(), b\"1\\n2\\nbefore\\xff\\xc3\\x28\\xed\\xa0\\x80\\xf0\\x9fafter\").unwrap(); 41";
    judged(&answering(bytes), &["before\u{fffd}", "after"]);
}

#[test]
fn figures_labels_and_messages() {
    let text = literal();
    judged(&answering(&format!("harness::expect(false, \"wrong-answer\", {text}, {text}); 42")), &["beforeafter"]);
    judged(&answering(&format!("harness::expect(false, {text}, 1, 2); 42")), &["beforeafter"]);
    let labels = format!(
        "harness::timeline::mark({text}); harness::timeline::begin({text}).done();
         let _open = harness::timeline::begin({text});
         std::future::pending().await"
    );
    judged(&answering(&labels), &["beforeafter"]);
}

#[test]
fn diagnostics() {
    let text = literal();
    judged(&format!("compile_error!({text});"), &["beforeafter"]);
    judged(&format!("pub const N: () = panic!({text});"), &["before"]);
    judged(&format!("#[deprecated(note = {text})] pub fn old() {{}} pub fn f() -> u32 {{ old(); \"x\" }}"), &["E0308"]);
    judged(&format!("pub fn f() -> u32 {{ {:?} }}", "\u{7}\u{1b}[31m"), &["E0308"]);
    judged("pub fn f() -> u32 { \"\u{7}\u{1b}[31m\u{9b}31m\" }", &["E0308"]);
    judged("pub fn f\u{1b}]0;title\u{7}() {}", &["unknown start of token"]);
    judged("\u{1b}]52;c;aGFybQ==\u{7}", &["unknown start of token"]);
}

#[test]
fn names_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let name = "before\u{1b}]0;title\u{7}\u{1b}[31m\u{202e}after.rs";
    let run = |name: &str| printed(&mut awaitlings(folder.path(), &["run", "answer", "--file", name]));
    assert_eq!(run(name).code, Some(2), "it is not there");
    fs::write(folder.path().join(name), "pub fn f() -> u32 { \"x\" }").unwrap();
    let printed = run(name);
    assert_eq!(printed.code, Some(1));
    assert!(printed.text.contains("beforeafter.rs:1:"), "{}", printed.text);
}

/// Makes a file system's special file.
fn special(kind: &str, path: &Path) {
    match kind {
        "a folder" => fs::create_dir(path).unwrap(),
        "a pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "a socket" => drop(std::os::unix::net::UnixListener::bind(path).unwrap()),
        "a link to a device" => std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
        "a link to nothing" => std::os::unix::fs::symlink("nothing", path).unwrap(),
        "a link to itself" => std::os::unix::fs::symlink(path, path).unwrap(),
        _ => unreachable!("{kind}"),
    }
}

#[test]
fn what_is_no_solution_is_refused_with_a_reason() {
    let kinds = [
        ("a folder", "is not a file"),
        ("a pipe", "is not a file"),
        ("a socket", "is not a file"),
        ("a link to a device", "is not a file"),
        ("a link to nothing", "failed to read"),
        ("a link to itself", "failed to read"),
    ];
    for (kind, says) in kinds {
        let folder = tempfile::tempdir().unwrap();
        special(kind, &folder.path().join("a.rs"));
        let printed = printed(&mut awaitlings(folder.path(), &["run", "answer", "--file", "a.rs"]));
        assert_eq!(printed.code, Some(2), "{kind}: {}", printed.text);
        assert!(printed.text.contains(says), "{kind}: {}", printed.text);
    }
    let too_large = [b"// x\n".repeat(300_000), answering("42").into_bytes()].concat();
    let not_utf8 = [b"// fine\n// \xff\xfe\n".to_vec(), answering("42").into_bytes()].concat();
    let devices = [("/dev/zero", "is not a file"), ("/dev/stdin", "is not a file"), ("/dev/full", "is not a file")];
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("large.rs", &too_large), ("bytes.rs", &not_utf8)] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    for (name, says) in
        [("large.rs", "larger than 1 MiB"), ("bytes.rs", "bytes.rs:2: is not UTF-8")].iter().chain(&devices)
    {
        let printed = printed(&mut awaitlings(folder.path(), &["run", "answer", "--file", name]));
        assert_eq!(printed.code, Some(2), "{name}: {}", printed.text);
        assert!(printed.text.contains(says), "{name}: {}", printed.text);
    }
    // A name that is no text is still a name.
    let name = std::ffi::OsString::from_vec(b"a\xff.rs".to_vec());
    fs::write(folder.path().join(&name), answering("42")).unwrap();
    assert_eq!(printed(awaitlings(folder.path(), &["run", "answer", "--file"]).arg(&name)).code, Some(0));
}

#[test]
fn a_link_to_a_solution_is_judged_by_what_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("a.rs");
    let run = || printed(&mut awaitlings(folder.path(), &["run", "answer", "--file", "a.rs"])).code;
    for (body, code) in [("42", 0), ("41", 1)] {
        let target = folder.path().join(body);
        fs::write(&target, answering(body)).unwrap();
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert_eq!(run(), Some(code));
    }
}

#[test]
fn nothing_is_read_from_the_person_who_waits() {
    let folder = tempfile::tempdir().unwrap();
    let read =
        "let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap(); assert_eq!(line, \"\"); 42";
    fs::write(folder.path().join("a.rs"), answering(read)).unwrap();
    let mut command = awaitlings(folder.path(), &["run", "answer", "--file", "a.rs", "--again"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"typed ahead\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}
