import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor

from harness import Library


class Pool:
    def __init__(self, library: Library, threads: int, cores: Executor):
        self._library = library
        self._threads = ThreadPoolExecutor(max_workers=threads)

    async def call(self, id: int) -> str:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._library.call, id)

    async def compute(self, id: int) -> str:
        return self._library.compute(id)
