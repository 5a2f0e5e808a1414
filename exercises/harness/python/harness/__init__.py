"""What hidden tests and stubs build on: fakes that record, virtual time, a timeline, oracles, and an assertion that says
"you did X; Y was expected".

For instructors. A hidden test is an ordinary pytest-asyncio test that imports what the learner wrote from the module
`solution` and everything else from here. One that copies well::

    import pytest
    from harness import Api, clock, expect, same, seconds
    from solution import fetch_all

    pytestmark = pytest.mark.virtual_time


    @pytest.mark.asyncio
    class TestPatterns:
        async def test_takes_as_long_as_the_longest(self):
            api = Api().latency(1).latency_of(2, 3)
            replies, took = await clock.took(fetch_all(api, [1, 2, 3]))
            expect(took <= 3, "one-after-another", seconds(took), seconds(3))
            assert len(replies) == 3

- The class's name is the criterion the tests are evidence for (`TestPatterns`, `TestNoBlocking`, `TestErrors`, ...). The
  runner knows tests by their place: classes at the left margin, `def test_...` or `async def test_...` in them.
- `"one-after-another"` is a key of `[messages.*]` in the exercise's `exercise.toml`: the sentence is there, in every
  language of the course; here are only the two figures that it quotes.
- `virtual_time` makes time virtual: a sleep costs nothing, and a test that would wait for ever ends at once. Never sleep
  real time, and judge what the code did (`Api.max_in_flight`, `timeline.spans`, `clock.took`), never how it is spelt.
- Compare what the learner returned with `same`, which an object that claims to equal everything does not fool.
- Times are seconds, rounded to the microsecond, so that they can be compared with the figures one writes down.
- The names are those of the Rust harness. Where Rust drops a future, Python cancels a task: a bar then ends as cancelled.

| question | ask |
|---|---|
| sequential or concurrent? | `clock.took`, `Api.max_in_flight` |
| how many at once, how many a second? | `Counter` |
| does it block or hog the thread? | `polls.watch` |
| on which threads does a blocking library run, and on how many? | `Library` |
| does it clean up wherever it is cancelled? | `cancel.at_every_await` with `Resource` |
| what is left running? | `clock.settle`, `Api.in_flight`, `Outcome` |
| does background work survive the end of the program? | `program.run` |
| does it raise, and what? | `caught`, `caught_in` |
"""

from . import cancel, clock, polls, program, timeline
from .api import Api, ApiError
from .counter import Counter
from .deadlock import Deadlock
from .expectation import Failure, expect, listed, same, seconds
from .library import Cores, Library, LibraryCall
from .polls import Polls
from .raised import Raised, caught, caught_in
from .resource import Opened, Resource
from .server import Connection, Server
from .timeline import Outcome, Span, SpanRecord, Timeline

__all__ = [
    "Api",
    "ApiError",
    "Connection",
    "Cores",
    "Counter",
    "Deadlock",
    "Failure",
    "Library",
    "LibraryCall",
    "Opened",
    "Outcome",
    "Polls",
    "Raised",
    "Resource",
    "Server",
    "Span",
    "SpanRecord",
    "Timeline",
    "cancel",
    "caught",
    "caught_in",
    "clock",
    "expect",
    "listed",
    "polls",
    "program",
    "same",
    "seconds",
    "timeline",
]
