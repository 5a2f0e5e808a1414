//! One look at the program in tmux at 80x24: what a multiplexer makes of it is what most people see.
#![cfg(unix)]

mod learner;

use learner::Learner;
use std::process::{Command, Output};

/// A server of its own, ended with the test.
struct Tmux(String);

impl Tmux {
    fn gives(&self, args: &[&str]) -> Output {
        Command::new("tmux").args(["-L", &self.0, "-f", "/dev/null"]).args(args).output().unwrap()
    }

    /// What is on its screen.
    fn text(&self) -> String {
        String::from_utf8(self.gives(&["capture-pane", "-p", "-t", "one"]).stdout).unwrap()
    }

    fn sees(&self, what: &str) {
        // Each look is a program of its own, so this does not spin.
        let seen = (0..20_000).any(|_| self.text().contains(what));
        assert!(seen, "waited in vain for {what}:\n{}", self.text());
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.gives(&["kill-server"]);
    }
}

#[test]
fn the_first_screen_and_a_lesson_fit_a_tmux_of_80_by_24() {
    if Command::new("tmux").arg("-V").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "tmux is missing where everything is to be looked at");
        eprintln!("not looked at: tmux is not installed");
        return;
    }
    let learner = Learner::in_dojo();
    let tmux = Tmux(format!("awaitlings-{}", std::process::id()));
    let command = learner.command(&[]);
    let program = command.get_program().to_str().unwrap().to_owned();
    let folder = learner.folder.to_str().unwrap().to_owned();
    let mut args = vec!["new-session", "-d", "-s", "one", "-x", "80", "-y", "24", "-c", &folder];
    let environment: Vec<String> = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}={}", name.to_str()?, value?.to_str()?)))
        .collect();
    environment.iter().for_each(|pair| args.extend(["-e", pair]));
    args.push(&program);
    assert!(tmux.gives(&args).status.success());
    tmux.sees("exercises solved");
    assert!(tmux.text().lines().nth(23).unwrap().contains("Enter open"), "{}", tmux.text());
    tmux.gives(&["send-keys", "-t", "one", "c", "j", "Enter"]);
    tmux.sees("## ");
    tmux.gives(&["send-keys", "-t", "one", "Q"]);
    let ended = (0..20_000).any(|_| !tmux.gives(&["has-session", "-t", "one"]).status.success());
    assert!(ended, "{}", tmux.text());
}
