"""No deadlock: two locks, wanted in opposite orders."""

import asyncio

from harness import Api


class Bank:
    """Accounts, each with a lock of its own, and the house that approves transfers."""

    def __init__(self, balances: list[int], house: Api):
        self.balances = list(balances)
        self.locks = [asyncio.Lock() for _ in balances]
        self.house = house

    async def balance(self, account: int) -> int:
        async with self.locks[account]:
            return self.balances[account]

    async def transfer(self, giver: int, taker: int, amount: int) -> None:
        """Moves money, once the house has approved it."""
        if giver == taker:
            async with self.locks[giver]:
                await self.approve(giver, taker)
            return
        # Whichever way the money flows, the account with the smaller number is locked first.
        first, second = sorted([giver, taker])
        async with self.locks[first], self.locks[second]:
            await self.approve(giver, taker)
            self.balances[giver] -= amount
            self.balances[taker] += amount

    async def approve(self, giver: int, taker: int) -> None:
        """Asks the house. Both accounts have to be locked meanwhile."""
        await self.house.fetch(giver * 10 + taker)
