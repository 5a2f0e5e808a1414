import asyncio

import pytest
from harness import Api, Raised, caught, clock, expect, listed, seconds
from solution import check_reminders, copy, tally

pytestmark = pytest.mark.virtual_time

# By then everything is written, and whoever still waits, waits for ever.
NIGHT = 24 * 60 * 60


async def copied(lists, writers):
    """Copies; returns the target, and whether it came to its end."""
    source, target = Api().named("read"), Api().named("write").latency(3)
    try:
        async with asyncio.timeout(NIGHT):
            await copy(source, target, lists, writers)
        return target, True
    except TimeoutError:
        return target, False


@pytest.mark.asyncio
class TestPatterns:
    async def test_many_to_one_loses_nothing(self):
        target, _ = await copied([[1], [2, 3], [4, 5, 6]], 1)
        await asyncio.sleep(NIGHT)
        written = len(target.answered())
        expect(written == 6, "items-lost", written, 6)

    async def test_one_to_many_comes_to_its_end(self):
        _, ended = await copied([[1, 2, 3, 4]], 3)
        expect(ended, "never-ends", seconds(NIGHT), "7.0 s")

    async def test_readers_and_writers_work_together(self):
        target, _ = await copied([[1, 2, 3, 4], [5, 6], [7]], 2)
        expect(target.max_in_flight() == 2, "not-together", target.max_in_flight(), 2)
        written = len(target.answered())
        expect(written == 7, "items-lost", written, 7)


def tasks():
    """Tasks that end in every way: two replies, one of them empty, two refusals, and five that were cancelled: so the count of
    what arrived tells what was counted."""
    api = Api().reply(2, "").fails(3, "503").fails(4, "404")
    made = [asyncio.create_task(api.fetch(id)) for id in range(1, 10)]
    for task in made[4:]:
        task.cancel()
    return made


def broken():
    """A task that breaks."""

    async def broken_on_purpose():
        raise ValueError("broken on purpose")

    return asyncio.create_task(broken_on_purpose())


@pytest.mark.asyncio
class TestErrors:
    async def test_what_arrived_is_counted(self):
        arrived = (await tally(tasks())).arrived
        refused = "refusal-counted-as-arrived"
        message = {1: "empty-reply-dropped", 3: refused, 4: refused}.get(arrived, "cancelled-counted-as-arrived")
        expect(arrived == 2, message, arrived, 2)

    async def test_a_broken_task_is_a_failure(self):
        counted = await caught(tally([broken()]))
        expect(not isinstance(counted, Raised), "broken-task-ends-all", counted, 1)
        expect(counted.arrived == 0, "broken-counted-as-arrived", counted.arrived, 0)

    async def test_what_failed_is_counted(self):
        counted = await caught(tally([*tasks(), broken()]))
        failed = 0 if isinstance(counted, Raised) else counted.failed
        expect(failed == 3, "other-failures", failed, 3)

    async def test_what_was_cancelled_is_counted(self):
        cancelled = (await tally(tasks())).cancelled
        expect(cancelled == 5, "other-cancellations", cancelled, 5)


async def complaint(remind):
    """What the learner's test says of a program: its complaint, or None."""
    judged = await caught(check_reminders(remind))
    await clock.settle()
    return str(judged) if isinstance(judged, Raised) else None


async def must_complain(to, message):
    """The learner's test must complain of a program that writes to these."""

    async def remind(mail, _members):
        for member in to:
            await mail.fetch(member)

    said = await complaint(remind)
    expect(said is not None, message, listed(to), "[7, 9]")


@pytest.mark.asyncio
class TestTestsPass:
    async def test_right_programs_pass(self):
        async def in_a_row(mail, members):
            for member in members:
                await mail.fetch(member)

        async def last_first(mail, members):
            await asyncio.gather(*(mail.fetch(member) for member in reversed(members)))

        for remind in (in_a_row, last_first):
            said = await complaint(remind)
            expect(said is None, "right-one-rejected", said, "pass")

    async def test_a_forgotten_member_is_caught(self):
        await must_complain([7], "forgotten-missed")
        await must_complain([], "forgotten-missed")

    async def test_the_same_member_twice_is_caught(self):
        await must_complain([7, 7], "double-missed")

    async def test_a_letter_too_many_is_caught(self):
        await must_complain([7, 9, 9], "extra-missed")
        await must_complain([7, 9, 1], "extra-missed")

    async def test_letters_that_are_never_sent_are_caught(self):
        async def remind(mail, members):
            for member in members:
                mail.fetch(member).close()

        said = await complaint(remind)
        expect(said is not None, "unawaited-missed", "[]", "[7, 9]")
