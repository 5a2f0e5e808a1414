"""The life of a whole program, for tests of what its end cuts off."""

import asyncio

from .loops import VirtualLoop


def run(main):
    """Runs the coroutine `main` to its end in virtual time on a loop of its own and then ends the loop, as `asyncio.run`
    does: tasks that still run are cancelled, and their spans are `Outcome.CANCELLED` when this returns.

    Call it from an ordinary test. Raises what `main` raises, and `Deadlock` when it can never end.
    """
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
