"""Wait for event: be told, instead of looking again and again."""

import asyncio


class Door:
    """A door that people wait at until it is open."""

    def __init__(self):
        """A closed door."""
        self.opened = asyncio.Event()

    def open(self) -> None:
        """Opens it: whoever waits may enter now, and whoever comes later, until it is closed."""
        self.opened.set()

    def close(self) -> None:
        """Closes it."""
        self.opened.clear()

    async def enter(self) -> None:
        """Waits until the door is open."""
        await self.opened.wait()
