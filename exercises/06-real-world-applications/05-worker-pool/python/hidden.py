import asyncio

import pytest
from harness import Cores, Library, Raised, caught, expect, listed, same
from solution import Pool

THREADS = 4
# How long calls are kept inside to see whether one too many comes.
LOOK = 0.25
# How long calls are kept inside so that all that may come are there; no right answer needs it.
PATIENCE = 2.0


def pool_of(library):
    return Pool(library, THREADS, Cores())


async def call_all(pool, ids):
    """Makes the calls of `ids` all at once."""
    return await asyncio.gather(*(pool.call(id) for id in ids))


@pytest.mark.asyncio
class TestNoBlocking:
    async def test_the_loop_stays_free(self):
        library = Library()
        pool = pool_of(library)
        for id in range(3):
            answer = await caught(pool.call(id))
            if isinstance(answer, Raised):
                called = isinstance(answer.error, TypeError) and "not callable" in str(answer.error)
                expect(not called, "answer-handed-over", answer, f"'answer {id}'")
                answer.again()
        on_loop = [call for call in library.calls() if call.on_loop]
        in_tasks = bool(on_loop) and all(call.in_task for call in on_loop)
        message = "called-in-a-task" if in_tasks else "called-direct"
        expect(not on_loop, message, len(on_loop), 0)

    async def test_never_more_threads_than_the_pool_has(self):
        library = Library().crowd(THREADS + 1, LOOK)
        await call_all(pool_of(library), range(12))
        expect(library.max_inside() <= THREADS, "unbounded", library.max_inside(), THREADS)

    async def test_all_its_threads_work(self):
        library = Library().crowd(THREADS, PATIENCE)
        await call_all(pool_of(library), range(12))
        expect(library.max_inside() >= THREADS, "too-few-threads", library.max_inside(), THREADS)

    async def test_a_cancelled_caller_keeps_its_place_until_the_thread_is_free(self):
        library = Library().crowd(THREADS + 1, PATIENCE)
        pool = pool_of(library)
        callers = [asyncio.create_task(pool.call(id)) for id in range(THREADS)]
        await library.until_inside(THREADS)
        for caller in callers:
            caller.cancel()
        await asyncio.wait(callers)
        library.crowd(THREADS + 1, LOOK)
        await call_all(pool, [10, 11])
        expect(library.max_inside() <= THREADS, "place-given-back-early", library.max_inside(), THREADS)

    async def test_computing_goes_to_the_cores(self):
        library = Library()
        await pool_of(library).compute(7)
        elsewhere = [call for call in library.calls() if not call.on_cores]
        message = "computed-on-the-loop" if any(call.on_loop for call in elsewhere) else "computed-on-threads"
        expect(not elsewhere, message, len(elsewhere), 0)

    async def test_everybody_gets_their_own_answer(self):
        pool = pool_of(Library().takes(0))
        ids = [3, 1, 4, 1, 5, 9]
        answers = await call_all(pool, ids)
        expected = [f"answer {id}" for id in ids]
        expect(same(answers, expected), "other-answers", listed(answers), listed(expected))
        total = await pool.compute(7)
        expect(same(total, "sum 7"), "other-answers", total, "sum 7")
