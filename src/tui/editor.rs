//! The learner's own editor.

use std::path::Path;
use std::process::{Command, Stdio};

/// Editors that open a window of their own; the screen stays while they run.
const GRAPHICAL: [&str; 14] = [
    "code",
    "codium",
    "code-insiders",
    "cursor",
    "zed",
    "zeditor",
    "subl",
    "gedit",
    "kate",
    "gvim",
    "mate",
    "idea",
    "rustrover",
    "pycharm",
];

/// Editors that take `+LINE` before the file.
const PLUS_LINE: [&str; 14] =
    ["vi", "vim", "nvim", "gvim", "emacs", "emacsclient", "nano", "pico", "micro", "kak", "joe", "ne", "mg", "gedit"];

/// An editor, as `$VISUAL` or `$EDITOR` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEditor {
    /// The program and its arguments.
    pub words: Vec<String>,
}

/// The editor of `$VISUAL`, else of `$EDITOR`; none where neither is set.
pub fn command() -> Option<OwnEditor> {
    let set = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok());
    set.map(|text| OwnEditor::parse(&text)).find(|editor| !editor.words.is_empty())
}

impl OwnEditor {
    /// The editor in a text such as `code --wait` or `'my editor' -x`.
    pub fn parse(text: &str) -> OwnEditor {
        let mut words = Vec::new();
        let mut word = String::new();
        let (mut quote, mut is_word) = (None, false);
        for char in text.chars() {
            match (quote, char) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') => {
                    quote = Some(char);
                    is_word = true;
                }
                (None, ' ' | '\t') => {
                    if is_word {
                        words.push(std::mem::take(&mut word));
                    }
                    is_word = false;
                }
                _ => {
                    word.push(char);
                    is_word = true;
                }
            }
        }
        if is_word {
            words.push(word);
        }
        OwnEditor { words }
    }

    /// The program's name without its folder.
    pub fn name(&self) -> &str {
        let program = self.words.first().map_or("", String::as_str);
        Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or(program)
    }

    /// Whether it opens a window of its own.
    pub fn is_graphical(&self) -> bool {
        GRAPHICAL.contains(&self.name())
    }

    /// The arguments that open a file at a line.
    fn arguments(&self, file: &Path, line: u32) -> Vec<std::ffi::OsString> {
        let mut arguments: Vec<std::ffi::OsString> = self.words.iter().skip(1).map(Into::into).collect();
        let at_line = |mut path: std::ffi::OsString| {
            path.push(format!(":{line}"));
            path
        };
        match self.name() {
            name if PLUS_LINE.contains(&name) => {
                arguments.push(format!("+{line}").into());
                arguments.push(file.into());
            }
            "code" | "codium" | "code-insiders" | "cursor" => {
                arguments.push("-g".into());
                arguments.push(at_line(file.into()));
            }
            "hx" | "helix" | "zed" | "zeditor" | "subl" => arguments.push(at_line(file.into())),
            _ => arguments.push(file.into()),
        }
        arguments
    }

    fn process(&self, file: &Path, line: u32) -> Command {
        let mut command = Command::new(self.words.first().map_or("", String::as_str));
        command.args(self.arguments(file, line));
        command
    }

    /// Runs it in this terminal until it ends.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, file: &Path, line: u32) -> std::io::Result<std::process::ExitStatus> {
        self.process(file, line).status()
    }

    /// Starts it in this terminal, which must be free for it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_here(&self, file: &Path, line: u32) -> std::io::Result<tokio::process::Child> {
        tokio::process::Command::from(self.process(file, line)).spawn()
    }

    /// Starts it beside the screen.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, file: &Path, line: u32) -> std::io::Result<()> {
        let mut command = self.process(file, line);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Somebody has to take note of its end.
        std::thread::Builder::new().name("editor".to_owned()).spawn(move || drop(child.wait()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(editor: &str) -> Vec<String> {
        let editor = OwnEditor::parse(editor);
        let of = editor.arguments(Path::new("/x/a.rs"), 7);
        of.into_iter().map(|argument| argument.into_string().unwrap()).collect()
    }

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(OwnEditor::parse("'my editor' -x \"a b\"").words, ["my editor", "-x", "a b"]);
        assert_eq!(OwnEditor::parse("  ").words, Vec::<String>::new());
    }

    #[test]
    fn the_line_is_told_as_each_editor_wants_it() {
        assert_eq!(arguments("/usr/bin/vim -n"), ["-n", "+7", "/x/a.rs"]);
        assert_eq!(arguments("code --wait"), ["--wait", "-g", "/x/a.rs:7"]);
        assert_eq!(arguments("hx"), ["/x/a.rs:7"]);
        assert_eq!(arguments("./my-script"), ["/x/a.rs"]);
    }

    #[test]
    fn an_editor_with_a_window_is_known_by_its_name() {
        assert!(OwnEditor::parse("/usr/bin/code --wait").is_graphical());
        assert!(!OwnEditor::parse("vim").is_graphical());
    }
}
