//! The terminal: the only place that changes its state, and that puts it back.
//!
//! Whatever ends the program, the terminal is as it was: leaving is idempotent, dropping the session leaves, and so does
//! a panic, before its message is printed.

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, style};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours now.
static OURS: AtomicBool = AtomicBool::new(false);

/// How much is written to the terminal at once: a whole frame, so that none is seen half drawn.
const FRAME: usize = 64 * 1024;

/// The terminal while the screen is shown.
#[derive(Debug)]
pub struct TerminalSession {
    screen: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl TerminalSession {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When it is none, or cannot be written to.
    pub fn enter() -> io::Result<TerminalSession> {
        hook();
        // Colours are our own business: under NO_COLOR the theme has none, but what is chosen must still be seen.
        style::force_color_output(true);
        take()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, io::stdout()));
        let screen = Terminal::new(backend).inspect_err(|_| give_back())?;
        Ok(TerminalSession { screen })
    }

    /// Gives the terminal back for a while, or for good.
    pub fn leave(&mut self) {
        give_back();
    }

    /// Takes it over again, and forgets what was on it.
    ///
    /// # Errors
    /// When it cannot be written to any more.
    pub fn again(&mut self) -> io::Result<()> {
        take()?;
        self.forget()
    }

    /// Forgets what is on the terminal, so that the next frame draws everything.
    ///
    /// # Errors
    /// When it cannot be written to any more.
    pub fn forget(&mut self) -> io::Result<()> {
        let (columns, rows) = terminal::size()?;
        // Not `clear`: that asks the terminal for its cursor, and waits for an answer that may never come.
        self.screen.resize(Rect::new(0, 0, columns, rows))
    }

    /// Draws a frame.
    ///
    /// # Errors
    /// When the terminal cannot be written to any more.
    pub fn draw(&mut self, how: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        self.screen.draw(how).map(|_| ())
    }
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    if OURS.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    terminal::enable_raw_mode().inspect_err(|_| OURS.store(false, Ordering::SeqCst))?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide).inspect_err(|_| give_back())
}

/// What cannot be put back because the terminal is gone needs no putting back.
fn give_back() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(io::stdout(), style::ResetColor, cursor::Show, DisableBracketedPaste, LeaveAlternateScreen);
    let _ = io::stdout().flush();
    let _ = terminal::disable_raw_mode();
}

/// A panic gives the terminal back before its message is printed.
fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
    });
}
