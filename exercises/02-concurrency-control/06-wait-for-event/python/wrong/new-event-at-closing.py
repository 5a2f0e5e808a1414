import asyncio


class Door:
    def __init__(self):
        self.opened = asyncio.Event()

    def open(self) -> None:
        self.opened.set()

    def close(self) -> None:
        self.opened = asyncio.Event()

    async def enter(self) -> None:
        await self.opened.wait()
