"""Where a thread's time went: on a core, waiting for one, or neither."""

import os
import threading
import time
from typing import NamedTuple

_files = threading.local()


class Spent(NamedTuple):
    """What a thread did between two readings, in seconds.

    `busy` is the time that it computed. `blocked` is the time that it neither computed nor wanted to: it slept, or waited
    for a lock, a file, a socket. Time that it waited for a core, because the machine is busy, is in neither; nor is time
    that another thread of the process did, for that one may hold the interpreter's lock, or be the one that is being
    started. Without Linux's `/proc` that cannot be told, and it counts as blocked.
    """

    busy: float
    blocked: float


class Reading:
    """A reading of this thread's clocks. Two make a `Spent`."""

    __slots__ = ("cpu", "others", "queue", "wall")

    def __init__(self):
        self.queue = _queue()
        self.others = _queues_of_others()
        self.cpu = time.thread_time_ns()
        self.wall = time.perf_counter_ns()

    def spent(self):
        """What this thread did since."""
        now = Reading()
        busy = now.cpu - self.cpu
        off_core = max(0, now.wall - self.wall - busy)
        if self.queue is None or now.queue is None:
            blocked = off_core
        elif self.queue[1] == now.queue[1]:
            # It never gave up its core of its own accord.
            blocked = 0
        else:
            others = sum(waited - self.others.get(thread, 0) for thread, waited in now.others.items())
            blocked = max(0, off_core - (now.queue[0] - self.queue[0]) - others)
        return Spent(busy / 1e9, blocked / 1e9)


def _queue():
    """Nanoseconds that this thread waited for a core, and how often it gave up its core to wait for something."""
    if not hasattr(_files, "opened"):
        _files.opened = _open()
    if _files.opened is None:
        return None
    schedstat, status = _files.opened
    waited = int(os.pread(schedstat, 256, 0).split()[1])
    text = os.pread(status, 4096, 0)
    start = text.find(b"\nvoluntary_ctxt_switches:")
    return waited, int(text[start + 25 : text.find(b"\n", start + 25)])


def _queues_of_others():
    """Nanoseconds that each other thread of the process waited for a core."""
    waited = {}
    if threading.active_count() == 1:
        return waited
    own = str(threading.get_native_id())
    for thread in os.listdir("/proc/self/task") if os.path.isdir("/proc/self/task") else ():
        if thread != own:
            try:
                with open(f"/proc/self/task/{thread}/schedstat", "rb") as file:
                    waited[thread] = int(file.read().split()[1])
            except OSError:
                pass  # It has just ended.
    return waited


def _open():
    try:
        return tuple(os.open(f"/proc/thread-self/{name}", os.O_RDONLY | os.O_CLOEXEC) for name in ("schedstat", "status"))
    except OSError:
        return None


def forget():
    """Forgets the files of this thread: after a fork they are those of the parent's."""
    _files.__dict__.pop("opened", None)
