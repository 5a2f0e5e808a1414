"""Worker pool: a blocking library kept off the loop."""

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor

from harness import Library


class Pool:
    """So many threads for a library whose calls block."""

    def __init__(self, library: Library, threads: int, cores: Executor):
        """A pool in front of the library: never more than `threads` threads are in it. `cores` is a pool of processes."""
        self._library = library
        self._threads = ThreadPoolExecutor(max_workers=threads)
        self._cores = cores

    async def call(self, id: int) -> str:
        """Asks the library, without keeping anybody else from going on."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._library.call(id))

    async def compute(self, id: int) -> str:
        """Lets the library compute, without keeping anybody else from going on."""
        # A thread would share the interpreter with the loop, and they would take turns.
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._cores, self._library.compute, id)
