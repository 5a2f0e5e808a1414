"""Notices when the solution looks where only a debugger has business: at other frames, at all objects, at raw memory.

By Python's own audit events, whose listener cannot be taken away. Tamper-evident, not tamper-proof.
"""

import ctypes
import inspect
import sys

_LOOKS = {
    "gc.get_objects",
    "gc.get_referents",
    "gc.get_referrers",
    "sys._current_exceptions",
    "sys._current_frames",
    "sys._getframe",
    "sys._getframemodulename",
    "sys.addaudithook",
    "sys.setprofile",
    "sys.settrace",
}
_ATTRIBUTES = {"cr_frame", "gi_frame", "ag_frame", "tb_frame", "f_back"}


class Lookout:
    """Watches what the code of the file `shown` does; `seen` holds sentences about it."""

    def __init__(self, shown):
        self.seen = []
        self._shown = shown
        self._globals = None

    def begin(self, module):
        """Watches from now on, to the end of the process."""
        self._globals = module.__dict__
        # They look on behalf of who calls them.
        on_behalf = {inspect.__file__, ctypes.__file__}
        inside = False

        def listen(event, args):
            nonlocal inside
            suspicious = (
                event in _LOOKS
                or (event == "object.__getattr__" and args[1] in _ATTRIBUTES)
                or event.startswith("ctypes.")
                or (event == "open" and isinstance(args[0], (str, bytes)) and str(args[0]).lstrip("b'").startswith("/proc/"))
            )
            if not suspicious or inside:
                return
            inside = True
            try:
                frame = sys._getframe(1)
                while frame is not None and frame.f_code.co_filename in on_behalf:
                    frame = frame.f_back
                if frame is not None and (frame.f_code.co_filename == self._shown or frame.f_globals is self._globals):
                    what = args[1] if event == "object.__getattr__" else args[0] if event == "open" else event
                    self.seen.append(f"the solution looked into the interpreter ({what})")
            finally:
                inside = False

        sys.addaudithook(listen)
