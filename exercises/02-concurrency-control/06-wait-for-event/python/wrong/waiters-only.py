import asyncio


class Door:
    def __init__(self):
        self.waiting = []

    def open(self) -> None:
        for waiter in self.waiting:
            if not waiter.done():
                waiter.set_result(None)
        self.waiting.clear()

    def close(self) -> None:
        pass

    async def enter(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        await waiter
