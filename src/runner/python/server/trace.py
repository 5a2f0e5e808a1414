"""Tracebacks: whole, and shortened to the learner's own frames."""

import traceback

HIDDEN = "hidden.py"
"""What the hidden tests are called in tracebacks."""


_LONGEST = 2_000
"""The longest text of one exception that is told, in characters."""


def whole(error, shown):
    """The whole traceback, but for what leads to the hidden test or to the file `shown`: that is pytest's own."""
    told = _told(error)
    for place, frame in enumerate(told.stack):
        if frame.filename in (HIDDEN, shown):
            told.stack = traceback.StackSummary.from_list(told.stack[place:])
            break
    return "".join(told.format())


def shortened(error, shown):
    """The traceback with the frames of the file `shown` only."""
    told = _told(error)
    for one in _all(told):
        one.stack = traceback.StackSummary.from_list(frame for frame in one.stack if frame.filename == shown)
    return "".join(told.format())


def last_line(error):
    """The error itself, in one line."""
    return "".join(_told(error).format_exception_only()).strip().splitlines()[-1]


def _told(error):
    told = traceback.TracebackException.from_exception(error, compact=True)
    for one in _all(told):
        # A text of half a gigabyte is neither copied nor sent.
        text = getattr(one, "_str", None)
        if isinstance(text, str) and len(text) > _LONGEST:
            one._str = f"{text[:_LONGEST]} ..."
    return told


def _all(told):
    """An exception, those that it came from, and those that it holds."""
    if told is not None:
        yield told
        for inner in (told.__cause__, told.__context__, *(told.exceptions or ())):
            yield from _all(inner)


def place(error, shown):
    """Line and column of an error in the file `shown`, from 1, where they are known."""
    if isinstance(error, SyntaxError) and error.filename == shown:
        return error.lineno, error.offset or None
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == shown]
    if not frames:
        return None, None
    column = getattr(frames[-1], "colno", None)
    return frames[-1].lineno, None if column is None else column + 1
