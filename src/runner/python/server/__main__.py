"""The fork server: waits for work, forks a process for each test, and tells how it ended.

    runner                                server                       fork
      │  8 bytes of length, JSON, 4 sockets  │                            │
      ├─ control (stdin) ───────────────────▶│── fork ───────────────────▶│ gives up rights, loads, runs one test
      │◀─ supervision: pid, then status ─────│◀─ wait ────────────────────┤
      │◀─ records ──────────────────────────────────────────── channel ───┤
      │◀─ what it prints ──────────────────────────────── stdout, stderr ─┘

The runner ends a test by closing its supervision socket, and everything by closing the control socket.
"""

import gc
import json
import os
import select
import signal
import socket
import sys

from . import fork, judge


class Server:
    """The server; `setup` is what the runner said on the command line."""

    def __init__(self, setup):
        self.setup = setup
        self.control = socket.socket(fileno=os.dup(0))
        self.children = {}
        self.poll = select.poll()
        self.awake, waker = socket.socketpair()
        for end in (self.awake, waker):
            end.setblocking(False)
        self.waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)

    def serve(self):
        """Works until the runner closes the control socket."""
        self.poll.register(self.control, select.POLLIN)
        self.poll.register(self.awake, select.POLLIN)
        self.control.sendall(b"ready\n")
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.control.fileno():
                    if not self.take_work():
                        return
                elif descriptor == self.awake.fileno():
                    self.awake.recv(4096)
                    self.reap()
                else:
                    self.end(descriptor)

    def take_work(self):
        """Starts a test. False when there will be no more."""
        header, sockets, _, _ = socket.recv_fds(self.control, 8, 4)
        if len(header) < 8:
            return False
        body = bytearray()
        length = int.from_bytes(header, "big")
        while len(body) < length:
            part = self.control.recv(length - len(body))
            if not part:
                return False
            body += part
        supervision, channel, stdout, stderr = sockets
        work = json.loads(body)
        hidden = judge.compiled(work["hidden"])
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            fork.main(work, hidden, self.setup, server, channel, stdout, stderr)
        try:
            os.setpgid(pid, pid)
        except OSError:
            pass  # It has done so itself, or has ended.
        for used in (channel, stdout, stderr):
            os.close(used)
        supervision = socket.socket(fileno=supervision)
        self.children[supervision.fileno()] = (pid, supervision)
        self.poll.register(supervision, select.POLLIN)
        tell(supervision, {"pid": pid})
        return True

    def reap(self):
        """Tells the runner of children that have ended."""
        for pid, supervision in list(self.children.values()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended == pid:
                tell(supervision, {"status": status})
                self.forget(supervision)

    def end(self, descriptor):
        """Ends a child whose test nobody waits for any more."""
        if descriptor in self.children:
            pid, supervision = self.children[descriptor]
            kill(pid)
            os.waitpid(pid, 0)
            self.forget(supervision)

    def forget(self, supervision):
        self.poll.unregister(supervision)
        del self.children[supervision.fileno()]
        supervision.close()

    def close(self):
        for pid, _ in self.children.values():
            kill(pid)


def kill(pid):
    """Kills a child that has not been waited for, and its group."""
    for target in (lambda: os.killpg(pid, signal.SIGKILL), lambda: os.kill(pid, signal.SIGKILL)):
        try:
            target()
        except OSError:
            pass  # Its group is not there yet, or all of it has ended.


def tell(supervision, message):
    try:
        supervision.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        pass  # The runner does not wait for it any more.


def main():
    setup = json.loads(sys.argv[1])
    judge.prepare()
    # What is there now stays as it is: neither collected nor copied in the forks, nor found by looking for objects.
    gc.collect()
    gc.freeze()
    server = Server(setup)
    try:
        server.serve()
    finally:
        server.close()
        os._exit(0)


main()
