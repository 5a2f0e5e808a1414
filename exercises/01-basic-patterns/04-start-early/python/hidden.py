import pytest
from harness import Api, Outcome, clock, expect, same, seconds
from solution import publish

pytestmark = pytest.mark.virtual_time

BACKUP = 3.0
RENDERING = 2.0


def services(backup, rendering):
    storage = Api().named("back up").latency(backup)
    renderer = Api().named("render").latency(rendering).reply(1, "<h1>one</h1>").reply(2, "<h1>two</h1>")
    return storage, renderer


def overlapped(storage, took, longer):
    """Fails the test when the two took longer than the longer of them."""
    # pytest reports a coroutine that nobody awaits in any test, so say first what that means.
    expect(storage.unawaited() == 0, "never-started", storage.calls(), 1)
    expect(storage.calls() <= 1, "made-again", storage.calls(), 1)
    called_at = min(storage.created(), default=0)
    began_at = min(storage.counter().arrivals(), default=0)
    message = "made-not-started" if called_at < began_at else "started-after"
    expect(took <= longer, message, seconds(took), seconds(longer))


@pytest.mark.asyncio
class TestPatterns:
    async def test_backup_and_rendering_overlap(self):
        storage, renderer = services(BACKUP, RENDERING)
        _, took = await clock.took(publish(storage, renderer, 1))
        overlapped(storage, took, BACKUP)

    async def test_they_overlap_when_the_rendering_takes_longer(self):
        storage, renderer = services(1.0, RENDERING)
        _, took = await clock.took(publish(storage, renderer, 1))
        overlapped(storage, took, RENDERING)

    async def test_the_backup_is_done_at_the_end(self):
        storage, renderer = services(BACKUP, RENDERING)
        await publish(storage, renderer, 1)
        returned_at = clock.now()
        # A task that was just cancelled or only just made shows what becomes of it.
        await clock.settle()
        backups = storage.spans()
        begun_in_time = sum(backup.start < returned_at for backup in backups)
        message = "never-started" if storage.created() else "not-made"
        expect(begun_in_time >= 1, message, begun_in_time, 1)
        expect(begun_in_time == 1, "made-again", begun_in_time, 1)
        backup = backups[0]
        lasted = (returned_at if backup.end is None else backup.end) - backup.start
        expect(backup.outcome is not Outcome.RUNNING, "left-behind", seconds(BACKUP - lasted), seconds(0))
        expect(backup.outcome is Outcome.DONE, "stopped-halfway", seconds(lasted), seconds(BACKUP))

    async def test_the_page_is_returned(self):
        for page, expected in [(1, "<h1>one</h1>"), (2, "<h1>two</h1>")]:
            storage, renderer = services(BACKUP, RENDERING)
            returned = await publish(storage, renderer, page)
            expect(same(returned, expected), "other-page", repr(returned), repr(expected))
