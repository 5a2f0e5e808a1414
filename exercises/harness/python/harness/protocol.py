"""How the harness tells the runner what happens. Without a runner, `emit` does nothing."""

_listener = None


def emit(record):
    """Sends a record (a dict) to the runner."""
    if _listener is not None:
        _listener(record)


def listen(listener):
    """Names who is told; the runner does, once, before any other code runs."""
    global _listener
    _listener = listener
