import asyncio

from harness import Api


class Bank:
    def __init__(self, balances: list[int], house: Api):
        self.balances = list(balances)
        self.locks = [asyncio.Lock() for _ in balances]
        self.house = house

    async def balance(self, account: int) -> int:
        async with self.locks[account]:
            return self.balances[account]

    async def transfer(self, giver: int, taker: int, amount: int) -> None:
        if giver == taker:
            return await self.approve(giver, taker)
        if giver > taker:
            giver, taker = taker, giver
        async with self.locks[giver], self.locks[taker]:
            await self.approve(giver, taker)
            self.balances[giver] -= amount
            self.balances[taker] += amount

    async def approve(self, giver: int, taker: int) -> None:
        await self.house.fetch(giver * 10 + taker)
