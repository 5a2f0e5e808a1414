"""Gives up, in a test's own process, what a server needs and a test must not have: starting processes, signals, files.

The server itself runs under the runner's policy already; this takes more away, with the same means: Landlock for files,
seccomp for system calls. Linux only; the runner says whether to.
"""

import ctypes
import os
import signal

_SET_PDEATHSIG, _SET_SECCOMP, _FILTER = 1, 22, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_RIGHTS_NOW = (1 << 16) - 1

_libc = ctypes.CDLL(None, use_errno=True)


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint)]


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction))]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def _checked(what, result):
    if result < 0:
        raise OSError(ctypes.get_errno(), f"failed to {what}: {os.strerror(ctypes.get_errno())}")
    return result


def die_with(parent):
    """Ends this process when `parent` ends, even if that has happened already."""
    if hasattr(_libc, "prctl"):
        _checked("tie the process to the server", _libc.prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
    if os.getppid() != parent:
        os._exit(0)


def restrict(setup, scratch):
    """Gives up what `setup` does not grant: `files` to read (and the folder `scratch` to write, if there is one), and the `calls` that are forbidden (a filter program, in which
    `own` stands for this process's id)."""
    if not setup["sandbox"]:
        return
    _restrict_files(setup["files"], scratch)
    _restrict_calls(setup["calls"], setup["own"])


def _restrict_files(files, scratch):
    call = _libc.syscall
    version = _checked("ask for Landlock", call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)))
    handled = ctypes.c_uint64(_RIGHTS_BY_VERSION.get(version, _RIGHTS_NOW))
    ruleset = call(_CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), ctypes.c_uint32(0))
    _checked("restrict files", ruleset)
    for path in [*files, "/dev/null", *([] if scratch is None else [scratch])]:
        try:
            parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # What is not there cannot be read.
        allowed = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)
        allowed |= _WRITE_FILE if path == "/dev/null" else 0
        allowed = handled.value if path == scratch else allowed
        rule = _PathBeneath(allowed, parent)
        _checked("restrict files", call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), ctypes.c_uint32(0)))
        os.close(parent)
    _checked("restrict files", call(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)))
    os.close(ruleset)


def _restrict_calls(calls, own):
    instructions = (_Instruction * len(calls))()
    for place, (code, jt, jf, k) in enumerate(calls):
        instructions[place] = _Instruction(code, jt, jf, os.getpid() if k == own else k)
    program = _Program(len(calls), instructions)
    _checked("restrict system calls", _libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0))
