import asyncio

import pytest
from harness import Api, clock, expect, listed, same, seconds
from solution import Bank

pytestmark = pytest.mark.virtual_time

LATER = 600


def bank(house):
    """Five accounts with 100 each; every approval takes a second."""
    return Bank([100] * 5, house)


def house():
    return Api().named("approve")


async def transfers(bank, *wanted):
    """Transfers 10 each, all at once. Returns how long that took; None when it did not end."""

    async def all_at_once():
        try:
            async with asyncio.timeout(LATER):
                await asyncio.gather(*(bank.transfer(giver, taker, 10) for giver, taker in wanted))
            return True
        except TimeoutError:
            return False

    ended, took = await clock.took(all_at_once())
    return took if ended else None


async def balances(bank):
    return [await bank.balance(account) for account in range(5)]


async def goes_the_right_way():
    """Whether a transfer alone moves the money from the account with the greater number to the other."""
    office = bank(Api().named("probe"))
    await transfers(office, (1, 0))
    return await balances(office) == [110, 90, 100, 100, 100]


def expect_within(took, limit):
    """Fails the test when the transfers did not end, or took longer than that."""
    expect(took is not None, "deadlock", seconds(LATER), seconds(limit))
    expect(took <= limit, "timeout-as-cover", seconds(took), seconds(limit))


@pytest.mark.asyncio
class TestPatterns:
    async def test_one_transfer_ends(self):
        office = bank(house())
        took = await transfers(office, (0, 1))
        expect(took is not None, "locked-twice", seconds(LATER), seconds(1))
        now, expected = await balances(office), [90, 110, 100, 100, 100]
        expect(same(now, expected), "other-balances", listed(now), listed(expected))

    async def test_opposite_directions_end(self):
        office = bank(house())
        expect_within(await transfers(office, (0, 1), (1, 0), (0, 1), (0, 1), (0, 1)), 5)
        now, expected = await balances(office), [70, 130, 100, 100, 100]
        message = "gives-up" if await goes_the_right_way() else "wrong-way"
        expect(same(now, expected), message, listed(now), listed(expected))

    async def test_a_ring_ends(self):
        office = bank(house())
        expect_within(await transfers(office, (0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)), 6)
        now, expected = await balances(office), [100] * 5
        expect(same(now, expected), "gives-up", listed(now), listed(expected))

    async def test_from_an_account_to_itself_ends(self):
        office = bank(house())
        took = await transfers(office, (3, 3))
        expect(took is not None, "locked-twice", seconds(LATER), seconds(1))
        now, expected = await balances(office), [100] * 5
        expect(same(now, expected), "other-balances", listed(now), listed(expected))

    async def test_both_accounts_are_locked_while_the_house_is_asked(self):
        asked = house()
        await transfers(bank(asked), (0, 1), (1, 2), (3, 1))
        expect(asked.max_in_flight() == 1, "not-both-locked", asked.max_in_flight(), 1)

    async def test_other_accounts_do_not_wait(self):
        took = await transfers(bank(house()), (0, 1), (3, 2))
        took = LATER if took is None else took
        expect(took <= 1, "one-lock-for-all", seconds(took), seconds(1))
