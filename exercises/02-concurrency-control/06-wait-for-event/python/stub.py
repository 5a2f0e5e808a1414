"""Wait for event: be told, instead of looking again and again."""

import asyncio


class Door:
    """A door that people wait at until it is open."""

    def __init__(self):
        """A closed door."""
        self.is_open = False

    def open(self) -> None:
        """Opens it: whoever waits may enter now, and whoever comes later, until it is closed."""
        self.is_open = True

    def close(self) -> None:
        """Closes it."""
        self.is_open = False

    async def enter(self) -> None:
        """Waits until the door is open."""
        while not self.is_open:
            await asyncio.sleep(0.1)
