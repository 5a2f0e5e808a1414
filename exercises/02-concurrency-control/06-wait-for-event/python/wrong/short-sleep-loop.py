import asyncio


class Door:
    def __init__(self):
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    async def enter(self) -> None:
        while not self.is_open:
            await asyncio.sleep(0.001)
