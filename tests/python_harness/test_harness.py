"""Tests of the harness that Python's hidden tests build on, by plain pytest."""

import asyncio
import gc
import threading
import time

import pytest
from harness import (
    Api,
    ApiError,
    Counter,
    Deadlock,
    Outcome,
    Raised,
    Resource,
    Server,
    cancel,
    caught,
    caught_in,
    clock,
    expectation,
    expect,
    listed,
    polls,
    program,
    same,
    seconds,
    thread_time,
    timeline,
)

virtual = pytest.mark.virtual_time


@pytest.mark.asyncio
class TestVirtualTime:
    @virtual
    async def test_an_hour_takes_no_time_and_is_exact(self):
        start = time.perf_counter()
        _, took = await clock.took(asyncio.sleep(3600))
        assert took == 3600
        assert time.perf_counter() - start < 60

    @virtual
    async def test_tenths_add_up(self):
        for _ in range(10):
            await asyncio.sleep(0.1)
        assert clock.now() == 0  # Counted from the first use, which is here.
        _, took = await clock.took(asyncio.gather(*(asyncio.sleep(tenths / 10) for tenths in range(8))))
        assert took == 0.7

    @virtual
    async def test_settling_lets_a_cancelled_task_end(self):
        task = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel()
        await clock.settle()
        assert task.done()

    @virtual
    async def test_a_job_of_an_executor_is_waited_for_without_moving_the_clock(self):
        def job():
            time.sleep(0.02)
            return "done"

        sleeping = asyncio.create_task(asyncio.sleep(5))
        assert await asyncio.to_thread(job) == "done"
        assert asyncio.get_running_loop().time() == 0
        sleeping.cancel()

    @virtual
    async def test_a_wait_with_a_limit_ends_at_its_limit(self):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(30):
                await asyncio.Event().wait()
        assert asyncio.get_running_loop().time() == 30


class TestProgram:
    def test_the_end_of_the_program_cuts_off_what_still_runs(self):
        async def background():
            with timeline.begin("background"):
                await asyncio.sleep(2)

        async def main():
            task = asyncio.create_task(background())
            await asyncio.sleep(1)
            return 7, task

        output, _ = program.run(main())
        (span,) = timeline.spans()
        assert (output, span.outcome, span.end, span.task) == (7, Outcome.CANCELLED, 1.0, "1")

    def test_waiting_for_ever_ends_at_once(self):
        async def main():
            await asyncio.Event().wait()

        with pytest.raises(Deadlock):
            program.run(main())

    def test_polling_for_ever_ends_too(self):
        async def main():
            while True:
                await asyncio.sleep(3600)

        with pytest.raises(Deadlock):
            program.run(main())


class TestExpectation:
    def test_what_holds_passes_and_leaves_nothing(self):
        expect(True, "never-said", 1, 2)
        assert expectation.take_failure() is None

    def test_a_failure_carries_key_figures_and_place_and_the_first_explains_the_rest(self):
        for message in ("cause", "consequence"):
            with pytest.raises(AssertionError, match="did: 5.0 s"):
                expect(False, message, seconds(5), seconds(1))
        failure = expectation.take_failure()
        assert failure[:3] == ("cause", "5.0 s", "1.0 s")
        assert failure.location.startswith("test_harness.py:")

    def test_only_true_holds(self):
        class Agreeable:
            def __bool__(self):
                return True

        with pytest.raises(AssertionError):
            expect(Agreeable(), "agreeable", 1, 2)

    def test_same_is_not_fooled(self):
        class Same:
            def __eq__(self, other):
                return True

        class Text(str):
            def __eq__(self, other):
                return True

            __hash__ = str.__hash__

        assert same(["a", (1, {"x": 2.0})], ["a", (1, {"x": 2.0})])
        for value in (Same(), [Same()], Text("b"), [Text("b")], ("a",), ["a", "a"], None):
            assert not same(value, ["a"])
        assert not same(1, True) and not same(Text("a"), "a")

    def test_figures_read_the_same_in_every_language(self):
        assert [seconds(0), seconds(0.04), seconds(1.25)] == ["0.0 s", "40 ms", "1.2 s"]
        assert [listed(["a", "b"]), listed([]), listed(None)] == ["[a, b]", "[]", "None"]


@virtual
@pytest.mark.asyncio
class TestApi:
    async def test_answers_after_its_latency_and_counts(self):
        api = Api().latency_of(2, 3).reply(2, "two")
        replies, took = await clock.took(asyncio.gather(api.fetch(2), api.fetch(5)))
        assert (replies, took) == (["two", "item 5"], 3)
        assert (api.calls(), api.in_flight(), api.max_in_flight()) == (2, 0, 2)
        assert (api.asked(), api.answered()) == ([2, 5], [5, 2])
        assert api.counter().busiest_window(1) == 2

    async def test_failures_come_as_errors_as_often_as_told(self):
        api = Api().fails_times(1, 2, "503")
        for _ in range(2):
            with pytest.raises(ApiError, match="request 1 failed: 503"):
                await api.fetch(1)
        assert await api.fetch(1) == "item 1"
        assert api.spans()[0].outcome is Outcome.FAILED and api.spans()[0].text == "request 1 failed: 503"

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    async def test_a_coroutine_that_nobody_awaits_makes_no_request(self):
        api = Api()
        api.fetch(1)
        assert (api.calls(), api.unawaited()) == (0, 1)
        kept = api.fetch(1)
        await asyncio.sleep(1)
        await kept
        assert (api.calls(), api.unawaited()) == (1, 1)
        assert (api.created(), api.counter().arrivals()) == ([0, 0], [1])

    async def test_a_cancelled_request_is_no_longer_in_flight(self):
        api = Api().named("load")
        task = asyncio.create_task(api.fetch(1))
        await clock.settle()
        assert api.in_flight() == 1
        task.cancel()
        await clock.settle()
        assert (api.in_flight(), api.answered()) == (0, [])
        (span,) = api.spans()
        assert (span.label, span.outcome, span.task) == ("load 1", Outcome.CANCELLED, "1")

    async def test_a_caller_that_nobody_refers_to_is_collected(self):
        api = Api().kept_by_its_caller_only()
        asyncio.create_task(api.fetch(1))
        kept = asyncio.create_task(api.fetch(2))
        await clock.settle()
        gc.collect()
        assert await kept == "item 2"
        assert [span.outcome for span in api.spans()] == [Outcome.CANCELLED, Outcome.DONE]


@virtual
@pytest.mark.asyncio
class TestOracles:
    async def test_the_window_slides_over_virtual_time(self):
        async def busiest(*at):
            counter, start = Counter(), asyncio.get_running_loop().time()
            for moment in at:
                await asyncio.sleep(start + moment - asyncio.get_running_loop().time())
                with counter.enter():
                    pass
            return counter.busiest_window(1)

        assert await busiest() == 0
        assert await busiest(0, 1, 2) == 1
        assert await busiest(0, 0.5, 1) == 2
        assert await busiest(0, 0.9, 0.95, 1.0, 1.05, 3) == 4

    async def test_a_sleeping_thread_is_blocked_wherever_it_sleeps(self):
        async def sleeps():
            time.sleep(0.05)

        async def in_a_task():
            await asyncio.create_task(sleeps())

        for blocking in (sleeps, in_a_task):
            _, watched = await polls.watch(blocking())
            assert watched.longest_blocked > 0.04

    async def test_a_computing_thread_is_busy_and_not_blocked(self):
        async def computes():
            start = time.thread_time()
            while time.thread_time() - start < 0.05:
                pass

        _, watched = await polls.watch(computes())
        assert watched.longest_busy > 0.04 and watched.longest_blocked < 0.02

    async def test_another_threads_wait_for_a_core_is_nobodys_fault_and_its_idleness_excuses_nothing(self, monkeypatch):
        async def sleeps():
            time.sleep(0.05)

        ends = threading.Event()
        idle = threading.Thread(target=ends.wait)
        idle.start()
        try:
            _, watched = await polls.watch(sleeps())
        finally:
            ends.set()
            idle.join()
        assert watched.longest_blocked > 0.04
        # Of two threads that are there at the end, one was there at the start; together they waited 45 ms.
        readings = [{"7": 10_000_000}, {"7": 25_000_000, "8": 30_000_000}]
        monkeypatch.setattr(thread_time, "_queues_of_others", lambda: readings.pop(0) if readings[1:] else readings[0])
        before = thread_time.Reading()
        time.sleep(0.05)
        assert before.spent().blocked < 0.02

    async def test_virtual_sleep_is_neither(self):
        _, watched = await polls.watch(asyncio.sleep(3600))
        assert watched.longest_blocked < 0.02 and watched.longest_busy < 0.02

    async def test_every_await_is_met_once_and_then_the_end(self):
        async def three_awaits():
            with timeline.begin("three awaits"):
                for _ in range(3):
                    await asyncio.sleep(1)

        endings = []
        assert await cancel.at_every_await(three_awaits, endings.append) == 3
        assert endings == [*map(cancel.Cancelled, (1, 2, 3)), cancel.Completed(4)]
        ends = [span.outcome for span in timeline.spans()]
        assert ends == [Outcome.CANCELLED] * 3 + [Outcome.DONE]

    async def test_a_swallowed_cancellation_is_told(self):
        async def stubborn():
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                pass

        endings = []
        await cancel.at_every_await(stubborn, endings.append)
        assert type(endings[0]) is cancel.Swallowed

    async def test_a_resource_closed_on_success_only_is_found(self):
        files = Resource("file")

        async def closes_at_the_end():
            file = await files.open()
            await file.work()
            await file.close()

        leaks = []
        await cancel.at_every_await(closes_at_the_end, lambda _: leaks.append(files.leaked()))
        assert leaks == [0, 1, 2, 2]  # Opening, working, closing, the end.

    async def test_an_exception_becomes_a_value_and_a_failed_expectation_does_not(self):
        async def fails():
            raise ValueError("boom\nand more")

        raised = await caught(fails())
        assert isinstance(raised, Raised) and str(raised) == "ValueError: boom" and raised.says("and more")

        async def nested():
            coroutine = asyncio.sleep(0)
            try:
                asyncio.run(coroutine)
            finally:
                coroutine.close()

        assert (await caught(nested())).is_nested_run()
        with pytest.raises(AssertionError):
            caught_in(lambda: expect(False, "inside", 1, 2))


class TestServer:
    def test_one_loop_serves_many_questions(self):
        timeline.by_steps()
        server = Server().answers("name", "Ada")

        async def main():
            connection = await server.connect()
            return await connection.ask("name"), await connection.ask("age")

        assert asyncio.run(main()) == ("Ada", "?")
        assert (server.loops(), server.connections(), server.polled_outside(), server.left_open()) == (1, 1, 0, 0)
        assert server.asked() == ["name", "age"]

    def test_a_connection_dies_with_its_loop(self):
        server = Server()
        connection = asyncio.run(server.connect())
        raised = caught_in(lambda: asyncio.run(connection.ask("name")))
        assert raised.says("connection lost") and server.loops() == 2

    def test_no_loop_is_noticed(self):
        server = Server()
        connecting = server.connect()
        assert caught_in(lambda: connecting.send(None)).says("no running event loop")
        assert (server.loops(), server.polled_outside()) == (0, 1)


class TestTimeline:
    def test_a_flood_is_cut_and_every_span_that_began_still_ends(self):
        for _ in range(timeline.MAX_EVENTS):
            timeline.begin("again").done()
            timeline.mark("again")
        spans = timeline.spans()
        assert len(spans) * 2 + len(timeline.marks()) == timeline.MAX_EVENTS
        assert all(span.outcome is Outcome.DONE for span in spans)

    def test_starting_afresh_forgets_what_was(self):
        timeline.mark("old")
        timeline.start()
        assert timeline.marks() == []
