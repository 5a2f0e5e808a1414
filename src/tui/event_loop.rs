//! The loop: waits for one thing to happen, takes in all that has happened by then, draws once. Nothing wakes it while
//! nothing happens.

use super::editor::OwnEditor;
use super::model::Model;
use super::msg::{Effect, Msg, Tone};
use super::perform::{After, Inner, Performer};
use super::screen::Screen;
use super::signals::{Signal, Signals, stop_here};
use super::start::{Start, Wishes, start};
use super::terminal::TerminalSession;
use super::update::{self, update};
use super::view;
use crate::wording::Screen as Words;
use anyhow::Context as _;
use crossterm::event::{Event, EventStream};
use futures::StreamExt;
use futures::future::poll_immediate;
use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::process::Child;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How often the time is drawn while something runs.
const TICK: Duration = Duration::from_millis(100);

/// What woke the loop.
enum Woke {
    Signal(Signal),
    Edited(io::Result<ExitStatus>),
    Terminal(Option<io::Result<Event>>),
    News(Msg),
    Inner(Inner),
    Path(PathBuf),
    Tick,
}

/// How the screen ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The person left.
    Left,
    /// A signal of this number ended it.
    Signal(i32),
}

/// Shows the screen until the person leaves.
///
/// # Errors
/// When the course cannot be loaded, or the terminal fails.
pub async fn show(wishes: &Wishes) -> anyhow::Result<End> {
    let size = crossterm::terminal::size().context("failed to ask the terminal for its size")?;
    let Start { model, context, store, notices } = start(wishes, size)?;
    let signals = Signals::start().context("failed to listen to signals")?;
    let terminal = TerminalSession::enter().context("failed to use the terminal; --plain needs none")?;
    let (news_sender, news) = unbounded_channel();
    let (inner_sender, inner) = unbounded_channel();
    let (path_sender, paths) = unbounded_channel();
    let mut screen = Shown { model, terminal, started: Instant::now(), editing: None, keys: None, suspended: false };
    // The first frame waits for nothing: colours, libraries and watches come after it.
    let begun = screen.take_in(Msg::Resize(size.0, size.1));
    screen.draw()?;
    let performer = Performer::start(context, store, wishes, news_sender.clone(), inner_sender, path_sender)
        .context("failed to start a thread")?;
    for notice in notices {
        let _ = news_sender.send(Msg::Notice(Tone::Trouble, notice));
    }
    let mut todo: VecDeque<Effect> = begun.into();
    if let Screen::Setup(setup) = screen.model.screen()
        && setup.making
    {
        todo.push_back(Effect::MakeFolder(setup.folder.clone(), setup.language, setup.track));
    }
    if wishes.review.is_some() {
        todo.extend(update::begin_review(&mut screen.model));
    }
    screen.keys = Some(EventStream::new());
    let mut run = Loop { screen, performer, signals, news, inner, paths };
    run.go(todo).await
}

/// The screen and what it is shown on.
struct Shown {
    model: Model,
    terminal: TerminalSession,
    started: Instant,
    /// The editor that has the terminal.
    editing: Option<(Child, String)>,
    /// Keys; nobody listens while an editor has the terminal.
    keys: Option<EventStream>,
    /// Whether the shell has the terminal, since the program was asked to stop.
    suspended: bool,
}

impl Shown {
    fn take_in(&mut self, msg: Msg) -> Vec<Effect> {
        let now_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        // The model has no clock of its own.
        self.model.now_ms = now_ms;
        update(&mut self.model, msg)
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let Shown { model, terminal, editing, suspended, .. } = self;
        if editing.is_some() || *suspended {
            return Ok(());
        }
        terminal.draw(|frame| view(model, frame)).context("failed to draw on the terminal")
    }

    /// Gives the terminal to the shell and stops. It is taken over again when the program is continued, and not
    /// before: a signal to oneself may take effect a moment after it was sent.
    ///
    /// The key stream stays: a second one beside it could hold the reader that the first waits for, and a stopped
    /// program takes no keys away.
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.terminal.leave();
        self.suspended = true;
        if stop_here().is_err() { self.resume() } else { Ok(()) }
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        self.suspended = false;
        self.take_terminal()
    }

    fn come_back(&mut self) -> anyhow::Result<()> {
        if self.editing.is_none() {
            self.take_terminal()?;
            self.keys = Some(EventStream::new());
        }
        Ok(())
    }

    fn take_terminal(&mut self) -> anyhow::Result<()> {
        self.terminal.again().context("failed to take the terminal over again")?;
        let (columns, rows) = crossterm::terminal::size().unwrap_or(self.model.size);
        self.model.size = (columns, rows);
        Ok(())
    }

    /// Hands the terminal over.
    fn edit(&mut self, editor: &OwnEditor, file: &std::path::Path, line: u32) -> anyhow::Result<Option<Msg>> {
        self.keys = None;
        self.terminal.leave();
        let name = editor.name().to_owned();
        match editor.start_here(file, line) {
            Ok(child) => {
                self.editing = Some((child, name));
                Ok(None)
            }
            Err(error) => {
                self.come_back()?;
                let words = Words::EditorFailed { editor: name, what: error.to_string() };
                Ok(Some(Msg::Notice(Tone::Trouble, self.model.say(&words))))
            }
        }
    }
}

struct Loop {
    screen: Shown,
    performer: Performer,
    signals: Signals,
    news: UnboundedReceiver<Msg>,
    inner: UnboundedReceiver<Inner>,
    paths: UnboundedReceiver<PathBuf>,
}

impl Loop {
    async fn go(&mut self, mut todo: VecDeque<Effect>) -> anyhow::Result<End> {
        loop {
            if self.perform(&mut todo)? {
                return Ok(End::Left);
            }
            self.screen.draw()?;
            let mut woke = Some(self.next().await);
            // All that has happened by now is taken in before the next frame.
            while let Some(happened) = woke.take() {
                if let Some(end) = self.take_in(happened, &mut todo)? {
                    return Ok(end);
                }
                if self.perform(&mut todo)? {
                    return Ok(End::Left);
                }
                // Polled with the loop's own waker: the key stream wakes whoever polled it last.
                woke = poll_immediate(std::pin::pin!(self.next())).await;
            }
        }
    }

    /// Waits for the next thing.
    async fn next(&mut self) -> Woke {
        let Loop { screen, signals, news, inner, paths, .. } = self;
        let Shown { model, editing, keys, .. } = screen;
        let moves = model.is_moving() && editing.is_none();
        tokio::select! {
            biased;
            signal = signals.next() => Woke::Signal(signal),
            status = ended(editing) => Woke::Edited(status),
            event = pressed(keys) => Woke::Terminal(event),
            Some(msg) = news.recv() => Woke::News(msg),
            Some(inner) = inner.recv() => Woke::Inner(inner),
            Some(path) = paths.recv() => Woke::Path(path),
            () = tokio::time::sleep(TICK), if moves => Woke::Tick,
        }
    }

    fn take_in(&mut self, woke: Woke, todo: &mut VecDeque<Effect>) -> anyhow::Result<Option<End>> {
        match woke {
            Woke::Signal(signal) => return self.signal(signal),
            Woke::Edited(status) => {
                let name = self.screen.editing.take().map(|(_, name)| name).unwrap_or_default();
                self.screen.come_back()?;
                todo.extend(self.screen.take_in(Msg::Edited));
                if !status.is_ok_and(|status| status.success()) {
                    let text = self.screen.model.say(&Words::EditorEnded { editor: name });
                    todo.extend(self.screen.take_in(Msg::Notice(Tone::Trouble, text)));
                }
            }
            Woke::Terminal(Some(Ok(event))) => {
                let msg = match event {
                    Event::Key(key) => Msg::Key(key),
                    Event::Paste(text) => Msg::Paste(text),
                    Event::Resize(columns, rows) => Msg::Resize(columns, rows),
                    Event::FocusGained | Event::FocusLost | Event::Mouse(_) => return Ok(None),
                };
                todo.extend(self.screen.take_in(msg));
            }
            // The terminal is gone.
            Woke::Terminal(None) => return Ok(Some(End::Left)),
            Woke::Terminal(Some(Err(error))) => return Err(error).context("failed to read from the terminal"),
            Woke::News(msg) => todo.extend(self.screen.take_in(msg)),
            Woke::Inner(inner) => {
                for msg in self.performer.inner(inner, &self.screen.model) {
                    todo.extend(self.screen.take_in(msg));
                }
            }
            Woke::Path(path) => {
                for msg in self.performer.changed(&path, &self.screen.model) {
                    todo.extend(self.screen.take_in(msg));
                }
            }
            Woke::Tick => {
                let now_ms = self.screen.model.now_ms;
                todo.extend(self.screen.take_in(Msg::Time(now_ms)));
            }
        }
        Ok(None)
    }

    fn signal(&mut self, signal: Signal) -> anyhow::Result<Option<End>> {
        match signal {
            // Ctrl-C in the editor is the editor's.
            Signal::Interrupt if self.screen.editing.is_some() => {}
            // The editor has the terminal; where stopping fails, it just goes on.
            Signal::Stop if self.screen.editing.is_some() => drop(stop_here()),
            Signal::Stop => self.screen.suspend()?,
            Signal::Continue if self.screen.editing.is_none() => self.screen.resume()?,
            Signal::Continue => {}
            Signal::Interrupt | Signal::Terminate | Signal::HangUp => return Ok(Some(End::Signal(signal.number()))),
        }
        Ok(None)
    }

    /// Does what is to be done; `true` to end.
    fn perform(&mut self, todo: &mut VecDeque<Effect>) -> anyhow::Result<bool> {
        while let Some(effect) = todo.pop_front() {
            let (msgs, after) = self.performer.perform(effect, &self.screen.model);
            for msg in msgs {
                todo.extend(self.screen.take_in(msg));
            }
            match after {
                After::Go => {}
                After::Quit => return Ok(true),
                After::Suspend => self.screen.suspend()?,
                After::Redraw => self.screen.terminal.forget().context("failed to draw on the terminal")?,
                After::Edit(editor, file, line) => {
                    if let Some(msg) = self.screen.edit(&editor, &file, line)? {
                        todo.extend(self.screen.take_in(msg));
                    }
                }
            }
        }
        Ok(false)
    }
}

async fn pressed(keys: &mut Option<EventStream>) -> Option<io::Result<Event>> {
    match keys {
        Some(keys) => keys.next().await,
        None => std::future::pending().await,
    }
}

async fn ended(editing: &mut Option<(Child, String)>) -> io::Result<ExitStatus> {
    match editing {
        Some((child, _)) => child.wait().await,
        None => std::future::pending().await,
    }
}
