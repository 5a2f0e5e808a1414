import pytest
from harness import Api, Raised, caught, clock, expect, listed, seconds
from solution import Fire, SoldOut, visit_all

pytestmark = pytest.mark.virtual_time

SHOPS = [1, 2, 3, 4, 5, 6]


def street(sold_out=(), on_fire=()):
    """Shops, of which some are sold out and some burn. Every visit takes a second."""
    api = Api().named("visit")
    for shop in sold_out:
        api.fails(shop, "sold out")
    for shop in on_fire:
        api.fails(shop, "fire")
    return api


def errors(error):
    """The errors that came, alone or in groups."""
    if isinstance(error, BaseExceptionGroup):
        return [inner for part in error.exceptions for inner in errors(part)]
    return [error]


async def visited(api):
    """The outcome in words, its parts in order."""
    outcome = await caught(visit_all(api, SHOPS))
    if not isinstance(outcome, Raised):
        return listed(sorted(outcome) if type(outcome) is list else outcome)
    known = {SoldOut: "SoldOut", Fire: "Fire"}
    texts = [f"{known[type(e)]}({e.shop})" if type(e) in known else repr(e) for e in errors(outcome.error)]
    return f"raised {listed(sorted(texts))}"


@pytest.mark.asyncio
class TestErrors:
    async def test_a_quiet_day_is_no_error(self):
        outcome, took = await clock.took(visited(street()))
        expect(took <= 1, "one-after-another", seconds(took), seconds(1))
        expect(outcome == "[]", "other-outcome", outcome, "[]")

    async def test_sold_out_is_handled(self):
        outcome = await visited(street(sold_out=[2, 4]))
        message = "not-handled" if outcome.startswith("raised") else "other-outcome"
        expect(outcome == "[2, 4]", message, outcome, "[2, 4]")

    async def test_every_fire_is_passed_on(self):
        outcome = await visited(street(on_fire=[3, 5]))
        message = "only-the-first" if outcome.startswith("raised") else "swallowed"
        expect(outcome == "raised [Fire(3), Fire(5)]", message, outcome, "raised [Fire(3), Fire(5)]")

    async def test_fires_only(self):
        outcome = await visited(street(sold_out=[2, 4], on_fire=[3, 5]))
        raised = "handled-passed-on" if "SoldOut" in outcome else "only-the-first"
        message = raised if outcome.startswith("raised") else "swallowed"
        expect(outcome == "raised [Fire(3), Fire(5)]", message, outcome, "raised [Fire(3), Fire(5)]")
