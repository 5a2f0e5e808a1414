"""Tracebacks: whole, and shortened to the learner's own frames."""

import traceback

HIDDEN = "hidden.py"
"""What the hidden tests are called in tracebacks."""


def whole(error):
    """The whole traceback, but for what leads to the hidden test: that is pytest's own."""
    told = traceback.TracebackException.from_exception(error, compact=True)
    for place, frame in enumerate(told.stack):
        if frame.filename == HIDDEN:
            told.stack = traceback.StackSummary.from_list(told.stack[place:])
            break
    return "".join(told.format())


def shortened(error, shown):
    """The traceback with the frames of the file `shown` only."""
    told = traceback.TracebackException.from_exception(error, compact=True)
    _shorten(told, shown)
    return "".join(told.format())


def _shorten(told, shown):
    if told is None:
        return
    frames = [frame for frame in told.stack if frame.filename == shown]
    # A loop that calls itself is one line often enough.
    told.stack = traceback.StackSummary.from_list(frames)
    for inner in (told.__cause__, told.__context__, *(told.exceptions or ())):
        _shorten(inner, shown)


def place(error, shown):
    """Line and column of an error in the file `shown`, from 1, where they are known."""
    if isinstance(error, SyntaxError) and error.filename == shown:
        return error.lineno, error.offset or None
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == shown]
    if not frames:
        return None, None
    column = getattr(frames[-1], "colno", None)
    return frames[-1].lineno, None if column is None else column + 1
