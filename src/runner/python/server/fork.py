"""One test's process: from the fork to its end."""

import os
import resource
import signal
import sys
import tempfile

from . import judge, sandbox
from .records import Records

_FAILED = 125
"""The exit code of a process that failed before it ran anything; the runner's stage uses the same."""

_MARK = "awaitlings isolation: "


def main(work, hidden, setup, server, channel, stdout, stderr):
    """Runs the test and ends the process. Never returns."""
    try:
        own = settle(channel, stdout, stderr)
        sandbox.die_with(server)
        resource.setrlimit(resource.RLIMIT_CPU, (work["cpu_seconds"], work["cpu_seconds"]))
        scratch = work.pop("scratch")
        sandbox.restrict(setup, scratch)
        if scratch is not None:
            os.environ["TMPDIR"] = tempfile.tempdir = scratch
    except BaseException as error:
        os.write(2, f"{_MARK}{error}\n".encode())
        os._exit(_FAILED)
    code = 1
    try:
        code = judge_and_report(work, hidden, Records(own, work.pop("nonce"), work["test"]))
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                pass  # Closed, or nobody reads it.
    finally:
        # Threads that the solution leaked must not hold up the verdict, and nothing that it registered may run.
        os._exit(code)


def judge_and_report(work, hidden, records):
    """Runs the test; what is raised past pytest is a failure, too."""
    try:
        return judge.run(work, hidden, records)
    except BaseException as error:
        records.fail(error, work["shown"])
        return 0


def settle(channel, stdout, stderr):
    """Makes the process one of its own: its group, its streams, no other descriptors. Returns the channel."""
    os.setpgid(0, 0)
    null = os.open("/dev/null", os.O_RDONLY)
    # Out of the way of the numbers that are closed below.
    highest = max(channel, stdout, stderr, null, 16)
    channel = os.dup2(channel, highest + 1, inheritable=False)
    os.dup2(null, 0)
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.closerange(3, channel)
    os.closerange(channel + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    return channel
