import asyncio
from concurrent.futures import Executor

from harness import Library


class Pool:
    def __init__(self, library: Library, threads: int, cores: Executor):
        self._library = library
        self._cores = cores

    async def call(self, id: int) -> str:
        return await ask(self._library, id)

    async def compute(self, id: int) -> str:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._cores, self._library.compute, id)


async def ask(library: Library, id: int) -> str:
    return library.call(id)
