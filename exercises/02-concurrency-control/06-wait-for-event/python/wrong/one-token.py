import asyncio


class Door:
    def __init__(self):
        self.tokens = asyncio.Queue()

    def open(self) -> None:
        self.tokens.put_nowait(None)

    def close(self) -> None:
        while not self.tokens.empty():
            self.tokens.get_nowait()

    async def enter(self) -> None:
        await self.tokens.get()
