//! Where a thread's time went: on a core, waiting for one, or neither.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// A reading of this thread's clocks. Two make a [`Spent`].
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    wall: Instant,
    cpu: Duration,
    queue: Option<Queue>,
    own: Own,
}

/// What the harness itself took of a thread's time, see [`uncounted`].
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    busy: Duration,
    off_core: Duration,
}

/// What the kernel's scheduler says of a thread; Linux only.
#[derive(Clone, Copy, Debug)]
struct Queue {
    /// Time ready to run but without a core.
    waited: Duration,
    /// How often it gave up its core to wait for something.
    gave_up: u64,
}

/// What a thread did between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Time it computed.
    pub busy: Duration,
    /// Time it neither computed nor wanted to: it slept, or waited for a lock, a file, a socket. Time it waited for a
    /// core, because the machine is busy or a quota was used up, is not in here. Without Linux's `/proc` that
    /// cannot be told, and it is.
    pub blocked: Duration,
}

impl Reading {
    /// This thread's clocks now.
    pub fn now() -> Reading {
        let queue = QUEUE.with_borrow_mut(QueueFiles::read);
        Reading { queue, own: OWN.get(), cpu: cpu_time(), wall: Instant::now() }
    }

    /// What this thread did since.
    pub fn spent(&self) -> Spent {
        let now = Reading::now();
        let busy = now.cpu.saturating_sub(self.cpu);
        let off_core = now.wall.duration_since(self.wall).saturating_sub(busy);
        let blocked = match (self.queue, now.queue) {
            (Some(before), Some(after)) if after.gave_up == before.gave_up => Duration::ZERO,
            (Some(before), Some(after)) => off_core.saturating_sub(after.waited.saturating_sub(before.waited)),
            _ => off_core,
        };
        Spent {
            busy: busy.saturating_sub(now.own.busy - self.own.busy),
            blocked: blocked.saturating_sub(now.own.off_core - self.own.off_core),
        }
    }
}

/// Does work of the harness that is no fault of the code it watches, such as reporting to a runner that is slow to read:
/// what it takes is in no [`Spent`] of this thread.
pub fn uncounted<T>(work: impl FnOnce() -> T) -> T {
    let (wall, cpu) = (Instant::now(), cpu_time());
    let result = work();
    let busy = cpu_time().saturating_sub(cpu);
    let own = OWN.get();
    OWN.set(Own { busy: own.busy + busy, off_core: own.off_core + wall.elapsed().saturating_sub(busy) });
    result
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

thread_local! {
    static OWN: Cell<Own> = const { Cell::new(Own { busy: Duration::ZERO, off_core: Duration::ZERO }) };
    static QUEUE: RefCell<QueueFiles> = RefCell::new(QueueFiles::open());
}

/// The two files of this thread, kept open: readings are taken at every poll.
struct QueueFiles {
    /// "time on core, time waiting for one (ns), time slices".
    schedstat: Option<File>,
    /// Has the line `voluntary_ctxt_switches`.
    status: Option<File>,
    text: [u8; 4_096],
}

impl QueueFiles {
    fn open() -> QueueFiles {
        let open = |name: &str| File::open(format!("/proc/thread-self/{name}")).ok();
        QueueFiles { schedstat: open("schedstat"), status: open("status"), text: [0; 4_096] }
    }

    fn read(&mut self) -> Option<Queue> {
        let waited = text_of(self.schedstat.as_ref()?, &mut self.text)?.split_whitespace().nth(1)?.parse().ok()?;
        let status = text_of(self.status.as_ref()?, &mut self.text)?;
        let gave_up =
            status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?.trim().parse().ok()?;
        Some(Queue { waited: Duration::from_nanos(waited), gave_up })
    }
}

fn text_of<'a>(file: &File, buffer: &'a mut [u8]) -> Option<&'a str> {
    let length = file.read_at(buffer, 0).ok()?;
    std::str::from_utf8(&buffer[..length]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const LONG: Duration = Duration::from_millis(50);

    #[test]
    fn what_the_harness_does_is_not_counted() {
        let before = Reading::now();
        uncounted(|| thread::sleep(LONG));
        let spent = before.spent();
        assert!(spent.blocked < LONG / 2 && spent.busy < LONG / 2, "{spent:?}");
    }

    #[test]
    fn what_comes_beside_it_is() {
        let before = Reading::now();
        uncounted(|| thread::sleep(LONG));
        thread::sleep(LONG);
        assert!(before.spent().blocked >= LONG - Duration::from_millis(5));
    }
}
