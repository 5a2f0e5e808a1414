import threading

from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0
        self.lock = threading.Lock()

    async def next(self) -> int:
        with self.lock:
            self.last = int(await self.registry.fetch(self.last))
            return self.last
